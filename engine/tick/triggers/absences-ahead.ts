import sql, { empty, type Sql } from 'sql-template-tag';
import type { CompiledMatch, Query, Scalar } from '../../program/program.ts';
import { holdsAnywhere } from '../../program/query.ts';
import { ident } from '../../store/dialect.ts';
import { asOf } from '../../store/moments.ts';
import { ask } from '../../store/query-sql.ts';
import { temporary } from '../../store/statements.ts';
import { eventTable } from '../../store/tables.ts';
import { queryContext, type Tick, type Version } from '../tick.ts';
import { tickOf } from '../tick-of.ts';
import type { Active } from './trigger.ts';

/** The kinds of nodes whose value depends on the event alone and never changes. */
const ofEvents: ReadonlySet<Scalar['kind']> = new Set([
  'literal',
  'field',
  'items',
  'compare',
  'and',
  'or',
  'not',
  'missing',
  'in',
  'text',
  'arithmetic',
] as const);

/** Returns the campaigns whose clocks depend on nothing but events, so that those of the future are known where these are. */
export function foreseenAbsences(open: Version[]): Set<string> {
  return new Set(
    open.flatMap(({ definition: { name, trigger } }) =>
      trigger.kind === 'absence' && asksEventsAlone(trigger.since.when) && asksEventsAlone(trigger.absent?.when)
        ? [name]
        : [],
    ),
  );
}

/** Returns true if a condition depends on its event alone. */
export function asksEventsAlone(when: Query | undefined): boolean {
  return (
    !when ||
    !holdsAnywhere(when, (node) => !ofEvents.has(node.kind) || (node.kind === 'items' && node.of === 'customer'))
  );
}

/**
 * Replaces the clocks of a campaign that run at the instant of the last tick by those that end until `until`, and those that run then,
 * by the rule of `keepWatch`: the tick of a clock's end has collected no later event that the time is counted from, and no event
 * that must not happen since the clock's start.
 */
export async function foreseeClocks(tick: Tick, { name, trigger }: Active<'absence'>, until: number): Promise<void> {
  const { db, instant, program } = tick;
  const { since, absent, ms } = trigger;
  const context = queryContext({ ...tick, moments: asOf(until) });
  const matching = ({ event, when }: CompiledMatch) =>
    sql`FROM ${ident(eventTable(event))} t WHERE t.at <= ${until}::bigint${when ? sql` AND ${ask(when, context).where}` : empty}`;
  const tickAt = (at: Sql) => tickOf(db, program, at);
  const end = tickAt(sql`a.at + ${ms}::bigint`);
  const starts = sql`
    SELECT w.customer, w.id, w.event_seq AS seq, w.due_at - ${ms}::bigint AS "at" FROM watch w WHERE w.campaign = ${name}
    UNION ALL SELECT t.customer, t.id, t.seq, t.at ${matching(since)} AND t.at > ${instant}::bigint`;
  const stopped = absent
    ? sql` AND NOT EXISTS (
      SELECT 1 FROM (SELECT t.customer, t.at ${matching(absent)}) b
      WHERE b.customer = a.customer AND b.at >= a.at AND ${tickAt(sql`b.at`)} <= ${end})`
    : empty;
  const clocks = sql`
    SELECT a.customer, a.id, a.seq, a.at + ${ms}::bigint AS due_at FROM (
      SELECT s.*, lead(s.at) OVER (PARTITION BY s.customer ORDER BY s.at, s.seq) AS later FROM (${starts}) s) a
    WHERE (a.later IS NULL OR ${tickAt(sql`a.later`)} > ${end})${stopped}`;
  await temporary(db, 'clock_ahead', clocks);
  await db.run(sql`DELETE FROM watch WHERE campaign = ${name}`);
  await db.run(sql`
    INSERT INTO watch (campaign, customer, id, event_seq, due_at)
    SELECT ${name}::text, customer, id, seq, due_at FROM clock_ahead`);
}
