import sql, { type Sql } from 'sql-template-tag';
import { tallyRows } from '../dry-run/sample/tallies.ts';
import type { Database } from '../store/database.ts';
import { messageStatus } from '../store/outcome-sql.ts';

/** Half-open, epoch milliseconds. */
export interface Window {
  from: number;
  to: number;
}

/** The figures beside messages and entries; the keys are the figures of a sample. */
export type Counted = 'recipients' | 'several' | 'leaving' | 'exits' | 'refusals' | 'overlaps';

/** A number of customers or messages. `one` and `other`: what the count is of, as a campaign and a reason. */
export interface Count {
  one: string;
  other: string;
  channel: string;
  n: number;
}

export type Counts = Record<Counted, Count[]>;

/** Returns queries (one, other, channel, customer) with a row for each that is counted. */
function counted({ from, to }: Window): Record<Counted, Sql> {
  const decided = sql`m.decided_at >= ${from}::bigint AND m.decided_at < ${to}::bigint`;
  const ended = sql`e.ended_at >= ${from}::bigint AND e.ended_at < ${to}::bigint`;
  const got = sql`SELECT DISTINCT m.customer, m.campaign FROM message m WHERE m.status = ${messageStatus.sent} AND ${decided}`;
  return {
    recipients: sql`SELECT '' AS one, '' AS other, '' AS channel, g.customer FROM (${got}) g GROUP BY g.customer`,
    several: sql`SELECT '' AS one, '' AS other, '' AS channel, g.customer FROM (${got}) g GROUP BY g.customer HAVING count(*) > 1`,
    leaving: sql`SELECT e.campaign AS one, '' AS other, '' AS channel, e.customer FROM enrolment e WHERE ${ended}`,
    exits: sql`
      SELECT e.campaign AS one, coalesce(e.reason, '') AS other, '' AS channel, e.customer FROM enrolment e WHERE ${ended}`,
    refusals: sql`
      SELECT m.campaign AS one, coalesce(m.reason, '') AS other, m.channel, m.customer FROM message m
      WHERE m.status IN (${messageStatus.suppressed}, ${messageStatus.expired}) AND ${decided}`,
    overlaps: sql`
      SELECT a.campaign AS one, b.campaign AS other, '' AS channel, a.customer FROM (${got}) a
      JOIN (${got}) b ON b.customer = a.customer AND b.campaign > a.campaign`,
  };
}

/** Counts in a store that a simulation leaves behind. */
export async function counts(db: Database, window: Window): Promise<Counts> {
  const found: Partial<Counts> = {};
  for (const [figure, rows] of Object.entries(counted(window)))
    found[figure as Counted] = await db.query<Count & { [key: string]: string | number }>(sql`
      SELECT r.one, r.other, r.channel, count(*) AS n FROM (${rows}) r GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`);
  return found as Counts;
}

/** Adds the same to the tally of a sample. */
export async function tallyCounts(db: Database, window: Window): Promise<void> {
  for (const [figure, rows] of Object.entries(counted(window)))
    await tallyRows(
      db,
      figure,
      sql`SELECT ${nameSql(sql`r.one`, sql`r.other`)} AS name, r.channel, r.customer, 1 AS amount FROM (${rows}) r`,
    );
}

function nameSql(one: Sql, other: Sql): Sql {
  return sql`concat(${one}, chr(10), ${other})`;
}

/** The name under which the tally of a sample has a count. */
export function tallied({ one, other }: Pick<Count, 'one' | 'other'>): string {
  return `${one}\n${other}`;
}

/** Adds the messages of each step, and their cost, to the tally of a sample. */
export async function tallySteps(db: Database, { from, to }: Window, count: string, cost: string): Promise<void> {
  const rows = (amount: Sql) => sql`
    SELECT ${nameSql(sql`m.campaign`, sql`s.id`)} AS name, m.channel, m.customer, ${amount} AS amount
    FROM message m JOIN step s ON s.step = m.step
    WHERE m.status = ${messageStatus.sent} AND m.decided_at >= ${from}::bigint AND m.decided_at < ${to}::bigint`;
  await tallyRows(db, count, rows(sql`1`));
  await tallyRows(db, cost, rows(sql`m.price`));
}

/** A number of messages of one day or hour, counted from 0. */
export interface Slot {
  campaign: string;
  channel: string;
  slot: number;
  n: number;
}

/** Counts the messages sent in each slot of `ms` from `start` on; what a first tick before it sends is in the first. `by`: for each channel, or each campaign and channel. */
export function slots(
  db: Database,
  { from, to }: Window,
  { start, ms, by }: { start: number; ms: number; by: 'campaign' | 'channel' },
): Promise<Slot[]> {
  const campaign = by === 'campaign' ? sql`m.campaign` : sql`''`;
  return db.query<{ [K in keyof Slot]: Slot[K] }>(sql`
    SELECT ${campaign} AS campaign, m.channel, greatest(0, floor((m.decided_at - ${start}::bigint)::double / ${ms}::bigint)) AS slot, count(*) AS n
    FROM message m WHERE m.status = ${messageStatus.sent} AND m.decided_at >= ${from}::bigint AND m.decided_at < ${to}::bigint
    GROUP BY 1, 2, 3`);
}
