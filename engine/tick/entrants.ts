import sql, { empty, type Sql } from 'sql-template-tag';
import type { CompiledTrigger } from '../program/program.ts';
import { ident } from '../store/dialect.ts';
import { ask } from '../store/query-sql.ts';
import { eventTable } from '../store/tables.ts';
import { byAbsence } from './absence.ts';
import { byDate, bySchedule } from './clock-triggers.ts';
import { asking, isFirst, type Tick, type Version } from './tick.ts';

type Of<Kind> = Extract<CompiledTrigger, { kind: Kind }>;

/** Campaigns for which there is something, by what their trigger looks at. */
export interface Come {
  /** On an absence: somebody's time is over. */
  absent: ReadonlySet<string>;
  /** By the clock: it has come round somewhere. */
  fired: ReadonlySet<string>;
}

/** Columns customer, occurrence, event_seq, started_at; several rows of a customer with several events. Undefined: nothing can have come. */
export function entrantsOf(tick: Tick, version: Version, { absent, fired }: Come): Sql | undefined {
  const { trigger } = version.definition;
  switch (trigger.kind) {
    case 'event':
      return byEvent(tick, version, trigger);
    case 'segment':
      return bySegment(tick, version, trigger);
    case 'leaving':
      return byLeaving(tick, version, trigger);
    case 'date':
      return fired.has(version.definition.name) ? byDate(tick, version, trigger) : undefined;
    case 'absence':
      return absent.has(version.definition.name) ? byAbsence(tick, version) : undefined;
    case 'schedule':
      return fired.has(version.definition.name) ? bySchedule(tick, version, trigger) : undefined;
    case 'manual':
      return byLaunch(tick, version);
  }
}

/** An event from before the campaign was applied is history: it enrols nobody. */
function byEvent(tick: Tick, version: Version, trigger: Of<'event'>): Sql | undefined {
  const from = version.missed?.seq ?? tick.fresh.get(trigger.event);
  if (from === undefined) return undefined;
  const table = ident(eventTable(trigger.event));
  const fresh = sql`t.seq >= ${from}::bigint AND t.at >= ${version.activeFrom}::bigint`;
  const among = sql`(SELECT t.customer FROM ${table} t WHERE ${fresh}) fresh`;
  const question = trigger.when ? ask(trigger.when, asking(tick, among)) : undefined;
  return sql`
    SELECT t.customer, t.id AS occurrence, t.seq AS event_seq, t.at AS started_at
    FROM ${table} t ${question ? sql`JOIN customer c ON c.customer = t.customer ${question.joins}` : empty}
    WHERE ${fresh}${question ? sql` AND ${question.where}` : empty}`;
}

/** With the campaign's first tick, those who are members already enter only where the trigger says so, and start then. */
function bySegment(tick: Tick, version: Version, trigger: Of<'segment'>): Sql | undefined {
  const first = isFirst(tick, version);
  const { missed } = version;
  if (first ? !trigger.existing : !missed && !tick.refreshed.has(trigger.segment)) return undefined;
  const since = missed ? sql`m.since > ${missed.until}::bigint` : sql`m.since = ${tick.now}::bigint`;
  return sql`
    SELECT m.customer, concat('since ', m.since) AS occurrence, NULL::bigint AS event_seq,
      ${tick.now}::bigint AS started_at
    FROM membership m WHERE m.segment = ${trigger.segment} AND ${first ? sql`TRUE` : since}`;
}

function byLeaving(tick: Tick, version: Version, { segment }: Of<'leaving'>): Sql | undefined {
  const { missed } = version;
  if (isFirst(tick, version) || !(missed || tick.refreshed.has(segment))) return undefined;
  const left = missed ? sql`l.at > ${missed.until}::bigint` : sql`l.at = ${tick.now}::bigint`;
  return sql`
    SELECT l.customer, concat('left ', l.at) AS occurrence, NULL::bigint AS event_seq, l.at AS started_at
    FROM leaver l WHERE l.segment = ${segment} AND ${left}`;
}

/** The latest of several launches that are due at once counts. */
function byLaunch({ launches }: Tick, { definition }: Version): Sql | undefined {
  const launch = launches.get(definition.name);
  if (!launch) return undefined;
  return sql`
    SELECT c.customer, ${`launch ${launch.launch}`}::text AS occurrence, NULL::bigint AS event_seq,
      ${launch.at}::bigint AS started_at
    FROM customer c`;
}
