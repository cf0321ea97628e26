import sql, { join, raw, type Sql } from 'sql-template-tag';
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
  /** Those without a touch. */
  unattributed: { events: number; revenue: number };
  /** By campaign, then step and channel. What it has of events and revenue adds up, with `unattributed`, to all. */
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

/** Shares out the events that the goals of the applied campaigns name, by their own instants. `now`: epoch milliseconds. */
export async function attributions(
  db: Database,
  program: Program,
  window: Window,
  now: number,
): Promise<Attribution[]> {
  const goals = program.campaigns.flatMap((campaign) => (campaign.goal ? [{ ...campaign, goal: campaign.goal }] : []));
  const found: Attribution[] = [];
  for (const [event, mine] of Map.groupBy(goals, ({ goal }) => goal.event)) {
    const valued = mine.find(({ goal }) => goal.value);
    found.push(await attribution(db, program, window, now, event, valued));
  }
  return found.sort((a, b) => (a.event < b.event ? -1 : 1));
}

async function attribution(
  db: Database,
  program: Program,
  window: Window,
  now: number,
  event: string,
  valued: CompiledCampaign | undefined,
): Promise<Attribution> {
  const events = await worthOf(db, program, window, now, event, valued);
  const [sums] = await db.query<{ events: number; revenue: number }>(
    sql`SELECT count(*) AS events, coalesce(sum(worth), 0) AS revenue FROM (${events}) c`,
  );
  const { double } = db.dialect.types;
  const touches = sql`
    SELECT c.seq, c.worth, m.campaign, m.step, m.channel, count(*) OVER (PARTITION BY c.seq) AS touches,
      row_number() OVER (PARTITION BY c.seq ORDER BY m.finished_at DESC, m.message DESC) AS before_it,
      row_number() OVER (PARTITION BY c.seq ORDER BY m.finished_at, m.message) AS nth,
      power(0.5::${raw(double)}, (c.at - m.finished_at)::${raw(double)} / ${halfLife}::${raw(double)}) AS weight
    FROM (${events}) c JOIN message m ON m.customer = c.customer AND m.finished_at <= c.at
      AND m.finished_at > c.at - ${touchWithin}::bigint
    WHERE m.status IN (${join([messageStatus.sent, messageStatus.unknown])}) AND m.category = 'marketing'
      AND ${goesToCustomers(program, sql`m.channel`)}`;
  const parts: Record<AttributionModel, Sql> = {
    last: sql`CASE WHEN w.before_it = 1 THEN 1 ELSE 0 END`,
    first: sql`CASE WHEN w.nth = 1 THEN 1 ELSE 0 END`,
    linear: sql`1.0::${raw(double)} / w.touches`,
    decay: sql`w.weight / w.weights`,
  };
  const figures = models.flatMap((model) => [
    sql`sum(${parts[model]}) AS ${ident(`${model}_events`)}`,
    sql`sum(${parts[model]} * w.worth::${raw(double)}) AS ${ident(`${model}_revenue`)}`,
  ]);
  const rows = await db.query<CreditRow>(sql`
    SELECT g.*, s.id AS step FROM (
      SELECT w.campaign, s.id AS id, min(w.step) AS place, w.channel, ${join(figures)}
      FROM (SELECT t.*, sum(t.weight) OVER (PARTITION BY t.seq) AS weights FROM (${touches}) t) w
      JOIN step s ON s.step = w.step GROUP BY w.campaign, s.id, w.channel) g
    JOIN step s ON s.step = g.place ORDER BY g.campaign, g.place, g.channel`);
  const credits = rows.map(creditOf);
  const credited = (of: (credit: Credit) => Record<AttributionModel, number>) =>
    credits.reduce((sum, credit) => sum + of(credit).last, 0);
  const { events: all = 0, revenue = 0 } = sums ?? {};
  return {
    event,
    valuedBy: valued?.name ?? null,
    events: all,
    revenue: toMoney(revenue),
    unattributed: {
      events: all - credited((credit) => credit.events),
      revenue: toMoney(revenue - credited((credit) => credit.revenue)),
    },
    credits,
  };
}

/** Selects the events of a kind (seq, customer, at, worth), valued by the goal of a campaign. */
export async function worthOf(
  db: Database,
  program: Program,
  window: Window,
  now: number,
  event: string,
  valued: CompiledCampaign | undefined,
): Promise<Sql> {
  const table = ident(eventTable(event));
  const chosen = sql`WHERE ${within(sql`t.at`, window)}`;
  if (!valued?.goal?.value)
    return sql`SELECT t.seq, t.customer, t.at, 0::${raw(db.dialect.types.decimal)} AS worth FROM ${table} t ${chosen}`;
  const among = sql`(SELECT t.customer FROM ${table} t ${chosen}) inside`;
  const { joins, value: amount } = value(valued.goal.value, { ...(await contextOutside(db, program, now)), among });
  return sql`
    SELECT t.seq, t.customer, t.at, coalesce((${amount})::${raw(db.dialect.types.decimal)}, 0) AS worth
    FROM ${table} t JOIN customer c ON c.customer = t.customer ${joins} ${chosen}`;
}

type CreditRow = Record<'campaign' | 'step' | 'channel', string> &
  Record<`${AttributionModel}_${'events' | 'revenue'}`, number>;

function creditOf(row: CreditRow): Credit {
  const of = (what: 'events' | 'revenue', digits: (n: number) => number) =>
    Object.fromEntries(models.map((model) => [model, digits(row[`${model}_${what}`])])) as Credit['events'];
  const { campaign, step, channel } = row;
  return {
    campaign,
    step,
    channel,
    events: of('events', (n) => Math.round(n * 1e6) / 1e6),
    revenue: of('revenue', toMoney),
  };
}
