import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { goesToCustomers } from '../program/facts.ts';
import type { CompiledCampaign, Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { messageStatus } from '../store/outcome-sql.ts';
import { value } from '../store/query-sql.ts';
import { contextOutside } from '../store/scales.ts';
import { eventTable } from '../store/tables.ts';
import { toMoney } from './messages.ts';
import { type Window, within } from './window.ts';

const DAY = 86_400_000;

/** The time before an event in which a message is a touch, milliseconds. */
export const touchWithin = 30 * DAY;
/** The time in which a touch loses half of its weight in `decay`, milliseconds. */
export const halfLife = 7 * DAY;

/** The ways to share out an event among the messages before it; in each of them an event counts as one. */
export const models = ['last', 'first', 'linear', 'decay'] as const;
export type AttributionModel = (typeof models)[number];

/** Events of one kind that is a goal, shared out among the messages that the customers were sent before. */
export interface Attribution {
  event: string;
  /** The campaign whose goal says what an event is worth; null where none does. */
  valuedBy: string | null;
  /** All events of the time, and what they are worth. */
  events: number;
  revenue: number;
  /** The events without a touch. */
  unattributed: { events: number; revenue: number };
  /** Ordered by campaign, step and channel. Their events and revenue, together with `unattributed`, are those of all events. */
  credits: Credit[];
}

export interface Credit {
  campaign: string;
  step: string;
  channel: string;
  /** Parts of events by model. */
  events: Record<AttributionModel, number>;
  revenue: Record<AttributionModel, number>;
}

/** The parts of the events of one kind that are attributed to a message. */
export interface Earned extends Pick<Credit, 'events' | 'revenue'> {
  event: string;
  /** True if a goal gives the events a value. */
  valued: boolean;
}

/** Shares out the events that the goals of the applied campaigns name, by their own instants. `now`: epoch milliseconds. */
export async function attributions(
  db: Database,
  program: Program,
  window: Window,
  now: number,
): Promise<Attribution[]> {
  const found: Attribution[] = [];
  for (const goal of goalEvents(program)) found.push(await attribution(db, program, window, now, goal));
  return found;
}

/** Returns what each message to a customer earned, by its id: the events of all time are shared out, like those of a report. */
export async function earnedBy(
  db: Database,
  program: Program,
  customer: number,
  now: number,
): Promise<Map<string, Earned[]>> {
  const found = new Map<string, Earned[]>();
  for (const goal of goalEvents(program)) {
    const events = await worthOf(db, program, sql`t.customer = ${customer}::bigint`, now, goal);
    const rows = await db.query<Parts & { message: string }>(sql`
      SELECT w.message, ${parts(db)} FROM (${touches(db, program, events, sql`, m.message`)}) w GROUP BY w.message`);
    for (const { message, ...row } of rows) {
      const earned = { event: goal.event, valued: goal.valued !== undefined, ...partsOf(row) };
      found.set(message, [...(found.get(message) ?? []), earned]);
    }
  }
  return found;
}

/** An event that is a goal; `valued`: the first campaign that says what it is worth. */
export interface GoalEvent {
  event: string;
  valued: CompiledCampaign | undefined;
}

export function goalEvents({ campaigns }: Program): GoalEvent[] {
  const aiming = campaigns.filter(({ goal }) => goal);
  const events = [...new Set(aiming.map(({ goal }) => goal?.event ?? ''))].sort();
  return events.map((event) => ({
    event,
    valued: aiming.find(({ goal }) => goal?.event === event && goal.value),
  }));
}

async function attribution(
  db: Database,
  program: Program,
  window: Window,
  now: number,
  goal: GoalEvent,
): Promise<Attribution> {
  const events = await worthOf(db, program, within(sql`t.at`, window), now, goal);
  const [sums] = await db.query<{ events: number; revenue: number }>(
    sql`SELECT count(*) AS events, coalesce(sum(worth), 0) AS revenue FROM (${events}) c`,
  );
  const rows = await db.query<CreditRow>(sql`
    SELECT g.*, s.id AS step FROM (
      SELECT s.campaign, s.id AS id, min(w.step) AS place, w.channel, ${allParts}
      FROM (SELECT w.step, w.channel, ${parts(db)} FROM (${touches(db, program, events, sql`, m.channel`)}) w GROUP BY w.step, w.channel) w
      JOIN step s ON s.step = w.step GROUP BY s.campaign, s.id, w.channel) g
    JOIN step s ON s.step = g.place ORDER BY g.campaign, g.place, g.channel`);
  const credits = rows.map(
    ({ campaign, step, channel, ...row }): Credit => ({ campaign, step, channel, ...partsOf(row) }),
  );
  const credited = (of: (credit: Credit) => Record<AttributionModel, number>) =>
    credits.reduce((sum, credit) => sum + of(credit).last, 0);
  const { events: all = 0, revenue = 0 } = sums ?? {};
  return {
    event: goal.event,
    valuedBy: goal.valued?.name ?? null,
    events: all,
    revenue: toMoney(revenue),
    unattributed: {
      events: all - credited((credit) => credit.events),
      revenue: toMoney(revenue - credited((credit) => credit.revenue)),
    },
    credits,
  };
}

/**
 * Selects the messages before each of the events, with what the models need: their order and number, and weights. `more`: further columns of a
 * message `m`. The ids of messages are not asked for, because reading them takes longer than all else.
 */
function touches(db: Database, program: Program, events: Sql, more = empty): Sql {
  const { double } = db.dialect.types;
  return sql`
    SELECT t.*, count(*) OVER (PARTITION BY t.seq) AS touches, sum(t.weight) OVER (PARTITION BY t.seq) AS weights,
      row_number() OVER (PARTITION BY t.seq ORDER BY t.finished_at, t.enrolment, t.step) AS nth
    FROM (
      SELECT c.seq, c.worth, m.step, m.finished_at, m.enrolment${more},
        power(0.5::${raw(double)}, (c.at - m.finished_at)::${raw(double)} / ${halfLife}::${raw(double)}) AS weight
      FROM (${events}) c JOIN message m ON m.customer = c.customer AND m.finished_at <= c.at
        AND m.finished_at > c.at - ${touchWithin}::bigint
      WHERE m.status IN (${join([messageStatus.sent, messageStatus.unknown])}) AND m.category = 'marketing'
        AND ${goesToCustomers(program, sql`m.channel`)}) t`;
}

/** Selects the sums of what touches `w` get in each model. */
function parts(db: Database): Sql {
  const double = raw(db.dialect.types.double);
  const of: Record<AttributionModel, Sql> = {
    last: sql`CASE WHEN w.nth = w.touches THEN 1 ELSE 0 END`,
    first: sql`CASE WHEN w.nth = 1 THEN 1 ELSE 0 END`,
    linear: sql`1.0::${double} / w.touches`,
    decay: sql`w.weight / w.weights`,
  };
  return join(
    models.flatMap((model) => [
      sql`sum(${of[model]}) AS ${ident(`${model}_events`)}`,
      sql`sum(${of[model]} * w.worth::${double}) AS ${ident(`${model}_revenue`)}`,
    ]),
  );
}

const allParts = join(
  models
    .flatMap((model) => [ident(`${model}_events`), ident(`${model}_revenue`)])
    .map((part) => sql`sum(w.${part}) AS ${part}`),
);

/** Selects the events (seq, customer, at, worth). `chosen`: the condition on an event `t`. */
export async function worthOf(
  db: Database,
  program: Program,
  chosen: Sql,
  now: number,
  { event, valued }: GoalEvent,
): Promise<Sql> {
  const table = ident(eventTable(event));
  if (!valued?.goal?.value)
    return sql`SELECT t.seq, t.customer, t.at, 0::${raw(db.dialect.types.decimal)} AS worth FROM ${table} t WHERE ${chosen}`;
  const among = sql`(SELECT t.customer FROM ${table} t WHERE ${chosen}) inside`;
  const { joins, value: amount } = value(valued.goal.value, { ...(await contextOutside(db, program, now)), among });
  return sql`
    SELECT t.seq, t.customer, t.at, coalesce((${amount})::${raw(db.dialect.types.decimal)}, 0) AS worth
    FROM ${table} t JOIN customer c ON c.customer = t.customer ${joins} WHERE ${chosen}`;
}

type Parts = Record<`${AttributionModel}_${'events' | 'revenue'}`, number>;
type CreditRow = Record<'campaign' | 'step' | 'channel', string> & Parts;

function partsOf(row: Parts): Pick<Credit, 'events' | 'revenue'> {
  const of = (what: 'events' | 'revenue', digits: (n: number) => number) =>
    Object.fromEntries(models.map((model) => [model, digits(row[`${model}_${what}`])])) as Credit['events'];
  return { events: of('events', (n) => Math.round(n * 1e6) / 1e6), revenue: of('revenue', toMoney) };
}
