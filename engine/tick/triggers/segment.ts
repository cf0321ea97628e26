import sql, { join, type Sql } from 'sql-template-tag';
import type { Program } from '../../program/program.ts';
import { members, type QueryContext } from '../../store/query-sql.ts';
import { refreshAfter } from '../refresh-instants.ts';
import { isFirst, type Tick } from '../tick.ts';
import { type Active, each, type TriggerKind } from './trigger.ts';

/** `flip`: the refreshes ahead at which a customer's membership changes, or may. */
async function foresee(_: Tick, campaigns: Active<'segment' | 'leaving'>[]): Promise<Sql[]> {
  const segments = join([...new Set(campaigns.map(({ trigger }) => trigger.segment))]);
  return [
    sql`SELECT moment.customer, f.at FROM moment JOIN flip f ON f.customer = moment.customer AND f.at > moment.now
      WHERE f.segment IN (${segments})`,
  ];
}

export const segment: TriggerKind<'segment'> = {
  compile: (on) => on,
  entrants: (tick, campaigns) => each(campaigns, (campaign) => joined(tick, campaign)),
  recurs: true,
  foresee,
  coming: (tick, campaign) => flipped(tick, campaign, sql`concat('since ', f.at)`, sql`f.inside`),
  next: nextRefresh,
  eligible: isMember,
};

export const leaving: TriggerKind<'leaving'> = {
  compile: (on) => on,
  entrants: (tick, campaigns) => each(campaigns, (campaign) => left(tick, campaign)),
  recurs: true,
  foresee,
  coming: (tick, campaign) => flipped(tick, campaign, sql`concat('left ', f.at)`, sql`NOT f.inside`),
  next: nextRefresh,
  notesLeavers: true,
  // They are members until they leave.
  eligible: isMember,
};

/** With the campaign's first tick, those who are members already enter only where the trigger says so, and start then. */
function joined(tick: Tick, { version, trigger }: Active<'segment'>): Sql | undefined {
  const { now } = tick.moments;
  const first = isFirst(tick, version);
  const { missed } = version;
  if (first ? !trigger.existing : !missed && !tick.refreshed.has(trigger.segment)) return undefined;
  const since = missed ? sql`m.since > ${missed.until}::bigint` : sql`m.since = ${now}`;
  return sql`
    SELECT m.customer, concat('since ', m.since) AS occurrence, NULL::bigint AS event_seq,
      ${now} AS started_at
    FROM membership m${tick.moments.join(sql`m.customer`)} WHERE m.segment = ${trigger.segment} AND ${first ? sql`TRUE` : since}`;
}

function left(tick: Tick, { version, trigger }: Active<'leaving'>): Sql | undefined {
  const { missed } = version;
  if (isFirst(tick, version) || !(missed || tick.refreshed.has(trigger.segment))) return undefined;
  const since = missed ? sql`l.at > ${missed.until}::bigint` : sql`l.at = ${tick.moments.now}`;
  return sql`
    SELECT l.customer, concat('left ', l.at) AS occurrence, NULL::bigint AS event_seq, l.at AS started_at
    FROM leaver l${tick.moments.join(sql`l.customer`)} WHERE l.segment = ${trigger.segment} AND ${since}`;
}

async function flipped(
  { turning }: Tick,
  { trigger: { segment } }: Active<'segment' | 'leaving'>,
  occurrence: Sql,
  when: Sql,
): Promise<Sql[] | undefined> {
  if (!turning?.has(segment)) return undefined;
  const rows = sql`
    SELECT f.customer, f.at AS now, ${occurrence} AS occurrence, NULL::bigint AS event_seq, f.at AS started_at
    FROM flip f WHERE f.segment = ${segment} AND ${when}`;
  return [rows];
}

/** Returns the first instant after `now` at which segments are evaluated. */
async function nextRefresh(_: unknown, { project }: Program, now: number): Promise<number | undefined> {
  return refreshAfter(project, now);
}

function isMember({ segment: name }: { segment: string }, context: QueryContext): Sql {
  const found = context.program.segments.find((one) => one.name === name);
  if (!found) throw new Error(`segment "${name}" is not linked`);
  return sql`c.customer IN (${members(found.query, context)})`;
}
