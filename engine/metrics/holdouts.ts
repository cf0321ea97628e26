import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { eventTable } from '../store/tables.ts';
import { type GoalEvent, goalEvents, worthOf } from './attribution.ts';
import { type Month, monthsBetween, unchangedSince } from './holdout-months.ts';
import { toMoney } from './messages.ts';
import { difference } from './stats/effects.ts';
import { type Estimate, type Sample, sampleOf } from './stats/sample.ts';
import { sequentialInterval } from './stats/sequential.ts';
import { type SampleRatio, sampleRatio } from './stats/srm.ts';
import { within } from './window.ts';

/** Compares the customers whom a hold-out keeps from marketing with all others: the effect of all marketing together. */
export interface HoldoutResults {
  holdout: string;
  /** The share of customers that is held out. */
  share: number;
  /** The campaigns that it is about; null: all marketing. */
  campaigns: string[] | null;
  /** The apply since which it has been the same, epoch milliseconds. */
  began: number;
  /** The check that as many customers are held out as the share says; null where there are none. */
  ratio: SampleRatio | null;
  /** The kinds of events that are goals of applied campaigns. */
  goals: { event: string; valuedBy: string | null; total: Uplift; months: (Month & Uplift)[] }[];
}

/** The customers who were known before the time began, in it. */
export interface Uplift {
  held: Side;
  others: Side;
  /** The events and the revenue that marketing brought; null where the data does not show it, and after a mismatch. */
  events: Incremental | null;
  revenue: Incremental | null;
}

export interface Side {
  customers: number;
  /** Those with an event. */
  reached: number;
  events: number;
  revenue: number;
}

/** Intervals may be looked at every day. */
export interface Incremental {
  /** The difference for one customer. */
  each: Estimate;
  /** The same for all who are not held out. */
  all: Estimate;
  /** As of arms. */
  verdict: 'more' | 'less' | 'open' | 'few';
}

/** As of arms: with fewer customers on a side, or fewer of them with an event, intervals cannot be relied on. */
const leastCustomers = 100;
const leastReached = 10;

/** Compares those held out by each hold-out with the others, from its beginning until an instant (epoch milliseconds), whatever campaign is asked for. */
export async function holdoutResults(db: Database, program: Program, to: number): Promise<HoldoutResults[]> {
  const found: HoldoutResults[] = [];
  for (const holdout of program.holdouts) {
    const began = await unchangedSince(db, holdout);
    if (began === undefined || began >= to) continue;
    const { name, share, campaigns } = holdout;
    const months = monthsBetween(began, to, program.project.timezone);
    const asked = goalEvents(program);
    const sums: Sums[][] = [];
    for (const goal of asked) sums.push(await sumsOf(db, program, holdout, months, goal));
    const [first = []] = sums;
    const sizes = [true, false].map((held) => first.find((row) => row.nth === ALL && row.held === held)?.n ?? 0);
    const [kept = 0, others = 0] = sizes;
    const part = share / 10_000;
    const ratio = sampleRatio([
      { n: kept, weight: part },
      { n: others, weight: 1 - part },
    ]);
    const judged = ratio !== undefined && !ratio.mismatch;
    found.push({
      ...{ holdout: name, share: part, campaigns: campaigns ?? null, began, ratio: ratio ?? null },
      goals: asked.map(({ event, valued }, i) => ({
        event,
        valuedBy: valued?.name ?? null,
        total: uplift(sums[i] ?? [], ALL, judged),
        months: months.map((month, nth) => ({ ...month, ...uplift(sums[i] ?? [], nth, judged) })),
      })),
    });
  }
  return found;
}

/** The number of all months together. */
const ALL = -1;

/** Sums over the customers of a side in a month. */
interface Sums extends Record<string, number | boolean> {
  nth: number;
  held: boolean;
  n: number;
  reached: number;
  events: number;
  eventSquares: number;
  revenue: number;
  revenueSquares: number;
}

/** Adds up the events of a kind by month and side, each customer in the months before which something was known of him. */
async function sumsOf(
  db: Database,
  program: Program,
  holdout: Program['holdouts'][number],
  months: Month[],
  goal: GoalEvent,
): Promise<Sums[]> {
  const { double } = db.dialect.types;
  const [from = 0, to = 0] = [months[0]?.from, months.at(-1)?.to];
  const numbers = months.map((_, nth) => sql`(${nth}::integer)`);
  const events = await worthOf(db, program, within(sql`t.at`, { from, to }), to, goal);
  const sums = sql`count(*) AS reached, sum(x.events) AS events, sum(x.events * x.events) AS "eventSquares",
    sum(x.spent) AS revenue, sum(x.spent * x.spent) AS "revenueSquares"`;
  return db.query<Sums>(sql`
    WITH u AS MATERIALIZED (
        SELECT d.customer, d.held, ${monthsBegun(months, sql`d.known`)} AS first FROM (${drawn(db, program, holdout)}) d),
      x AS MATERIALIZED (
        SELECT t.nth, u.held, u.customer, count(*) AS events, sum(t.worth::${raw(double)}) AS spent
        FROM (SELECT t.customer, t.worth, ${monthsBegun(months, sql`t.at`)} - 1 AS nth FROM (${events}) t) t
        JOIN u ON u.customer = t.customer AND t.nth >= u.first GROUP BY 1, 2, 3),
      c AS MATERIALIZED (SELECT u.first, u.held, count(*) AS n FROM u GROUP BY 1, 2),
      n AS (
        SELECT p.nth, c.held, sum(c.n) AS n FROM c JOIN (VALUES ${join(numbers)}) AS p (nth) ON p.nth >= c.first GROUP BY 1, 2
        UNION ALL SELECT ${ALL}::integer, c.held, sum(c.n) FROM c WHERE c.first < ${months.length}::integer GROUP BY 2),
      s AS (
        SELECT x.nth, x.held, ${sums} FROM x GROUP BY 1, 2
        UNION ALL SELECT ${ALL}::integer, x.held, ${sums} FROM (
          SELECT held, customer, sum(events) AS events, sum(spent) AS spent FROM x GROUP BY 1, 2) x GROUP BY 2)
    SELECT n.nth, n.held, n.n, coalesce(s.reached, 0) AS reached, coalesce(s.events, 0) AS events,
      coalesce(s."eventSquares", 0) AS "eventSquares", coalesce(s.revenue, 0) AS revenue, coalesce(s."revenueSquares", 0) AS "revenueSquares"
    FROM n LEFT JOIN s ON s.nth = n.nth AND s.held = n.held`);
}

/** Returns how many of the months begin at an instant or before it: of an instant within them, the number of its month counted from 1. */
function monthsBegun(months: Month[], at: Sql): Sql {
  const cases = months.map(({ from }, nth) => sql`WHEN ${at} < ${from}::bigint THEN ${nth}::integer`);
  return sql`CASE ${join(cases, ' ')} ELSE ${months.length}::integer END`;
}

/**
 * Selects the customers with what the hold-out has drawn, and since when something is known of them (customer, held, known): an event, or an
 * entry of the ledger of consent. Those who share an address are left out, since one draw is for all of them, on that channel.
 */
function drawn(db: Database, { data }: Program, { salt, share }: Program['holdouts'][number]): Sql {
  const { bucket, types } = db.dialect;
  const known = ['consent', ...data.events.map(({ name }) => eventTable(name))].map(
    (table) => sql`SELECT customer, min("at") AS known FROM ${ident(table)} WHERE customer IS NOT NULL GROUP BY 1`,
  );
  return sql`
    SELECT c.customer, ${bucket(sql`concat('holdout/', ${salt}::text, '/', c.id)`)} < ${share / 10_000}::${raw(types.double)} AS held, k.known
    FROM customer c JOIN (SELECT customer, min(known) AS known FROM (${join(known, ' UNION ALL ')}) k GROUP BY 1) k ON k.customer = c.customer
    WHERE c.customer NOT IN (SELECT b.customer FROM mailbox b WHERE b.first IS NOT NULL)`;
}

function uplift(sums: Sums[], nth: number, judged: boolean): Uplift {
  const of = (held: boolean) => sums.find((row) => row.nth === nth && row.held === held) ?? { ...nobody, held };
  const [kept, others] = [of(true), of(false)];
  const few = Math.min(kept.n, others.n) < leastCustomers || kept.reached + others.reached < leastReached;
  const brought = (sample: (row: Sums) => Sample) => (judged ? incremental(sample(others), sample(kept), few) : null);
  return {
    held: side(kept),
    others: side(others),
    events: brought((row) => sampleOf(row.n, row.events, row.eventSquares)),
    revenue: brought((row) => sampleOf(row.n, row.revenue, row.revenueSquares)),
  };
}

const nobody: Sums = {
  ...{ nth: ALL, held: false, n: 0, reached: 0 },
  ...{ events: 0, eventSquares: 0, revenue: 0, revenueSquares: 0 },
};

const side = ({ n, reached, events, revenue }: Sums): Side => ({
  ...{ customers: n, reached, events },
  revenue: toMoney(revenue),
});

function incremental(others: Sample, held: Sample, few: boolean): Incremental | null {
  const measured = difference(others, held);
  if (!measured) return null;
  const each = sequentialInterval(measured, others.n + held.n);
  const all = { estimate: each.estimate * others.n, low: each.low * others.n, high: each.high * others.n };
  const certain = each.low > 0 ? 'more' : each.high < 0 ? 'less' : 'open';
  return { each, all, verdict: few ? 'few' : certain };
}
