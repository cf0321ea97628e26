import sql, { empty, type Sql } from 'sql-template-tag';
import { compileMatch } from '../../program/query.ts';
import { ident } from '../../store/dialect.ts';
import { asOf } from '../../store/moments.ts';
import { ask } from '../../store/query-sql.ts';
import { eventTable } from '../../store/tables.ts';
import { queryContext, type Tick } from '../tick.ts';
import { tickOf } from '../tick-of.ts';
import { asksEventsAlone } from './absences-ahead.ts';
import { type Active, each, type TriggerKind } from './trigger.ts';

export const event: TriggerKind<'event'> = {
  compile: (on, segments) => ({
    kind: 'event',
    ...compileMatch(on, segments),
    ...(on.restart && { restart: true }),
  }),
  entrants: (tick, campaigns) => each(campaigns, (campaign) => entrants(tick, campaign)),
  coming,
  newEvents: (trigger) => trigger.event,
  restarts: (trigger) => trigger.restart === true,
};

/** An event from before the campaign was applied is history: it enrols nobody. */
function entrants(tick: Tick, { version, trigger }: Active<'event'>): Sql | undefined {
  const from = version.missed?.seq;
  const isNew = from === undefined ? tick.fresh.get(trigger.event) : (t: Sql) => sql`${t}.seq >= ${from}::bigint`;
  if (!isNew) return undefined;
  const events = sql`${ident(eventTable(trigger.event))} t${tick.moments.join(sql`t.customer`)}`;
  const fresh = sql`${isNew(sql`t`)} AND t.at >= ${version.activeFrom}::bigint`;
  const among = sql`(SELECT t.customer FROM ${events} WHERE ${fresh}) fresh`;
  const question = trigger.when ? ask(trigger.when, queryContext(tick, among)) : undefined;
  return sql`
    SELECT t.customer, t.id AS occurrence, t.seq AS event_seq, t.at AS started_at
    FROM ${events} ${question ? sql`JOIN customer c ON c.customer = t.customer ${question.joins}` : empty}
    WHERE ${fresh}${question ? sql` AND ${question.where}` : empty}`;
}

async function coming(tick: Tick, { version, trigger }: Active<'event'>, until: number): Promise<Sql[] | undefined> {
  const { db, instant, program } = tick;
  const { event, when } = trigger;
  if (!asksEventsAlone(when)) return undefined;
  const from = Math.max(instant + 1, version.activeFrom);
  const rows = sql`
    SELECT t.customer, ${tickOf(db, program, sql`t.at`)} AS now, t.id AS occurrence, t.seq AS event_seq, t.at AS started_at
    FROM ${ident(eventTable(event))} t WHERE t.at >= ${from}::bigint AND t.at <= ${until}::bigint
      ${when ? sql`AND ${ask(when, queryContext({ ...tick, moments: asOf(until) })).where}` : empty}`;
  return [rows];
}
