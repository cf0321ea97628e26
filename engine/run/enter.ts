import { DateTime } from 'luxon';
import sql, { empty, type Sql } from 'sql-template-tag';
import type { Reentry } from '../../spec/model/campaign.ts';
import type { CompiledCampaign, CompiledTrigger } from '../compile/program.ts';
import type { Value } from '../store/database.ts';
import { name } from '../store/dialect.ts';
import { type Asking, ask } from '../store/query-sql.ts';
import { runAll } from '../store/statements.ts';
import { eventTable } from '../store/tables.ts';
import { knownZones } from '../store/zones.ts';
import { latestFiring } from './schedule.ts';
import type { Tick, Version } from './tick.ts';
import { zoneAttribute } from './zones-in-use.ts';

/**
 * Phase 3: each trigger's new (customer, occurrence) pairs become enrolments where audience and re-entry allow.
 * One active enrolment per campaign and customer, by construction. Returns the campaigns that somebody entered late: with
 * a start before the tick before, so that what ends it may have been collected already.
 */
export async function enter(tick: Tick): Promise<Set<string>> {
  let entered = 0;
  for (const version of tick.versions) {
    if (!version.current) continue;
    const entrants = await entrantsOf(tick, version);
    if (entrants) entered += await enrol(tick, version.definition, entrants);
  }
  if (entered === 0) return new Set();
  const late = await tick.db.query<{ campaign: string }>(sql`
    SELECT DISTINCT campaign FROM enrolment
    WHERE entered_at = ${tick.now}::bigint AND started_at <= ${tick.previous ?? tick.now}::bigint`);
  return new Set(late.map((row) => row.campaign));
}

/** Columns customer, occurrence, event_seq, started_at; at most one row a customer. Undefined: nothing can have come. */
async function entrantsOf(tick: Tick, version: Version): Promise<Sql | undefined> {
  const { trigger } = version.definition;
  switch (trigger.kind) {
    case 'event':
      return byEvent(tick, version, trigger);
    case 'segment':
      return bySegment(tick, version, trigger);
    case 'schedule':
      return bySchedule(tick, version, trigger);
  }
}

/** An event from before the campaign was applied is history: it enrols nobody. */
function byEvent(tick: Tick, version: Version, trigger: Extract<CompiledTrigger, { kind: 'event' }>): Sql | undefined {
  const from = tick.fresh.get(trigger.event);
  if (from === undefined) return undefined;
  const table = name(eventTable(trigger.event));
  const fresh = sql`t.seq >= ${from}::bigint AND t.at >= ${version.activeFrom}::bigint`;
  const among = sql`(SELECT t.customer FROM ${table} t WHERE ${fresh}) fresh`;
  const question = trigger.when ? ask(trigger.when, asking(tick, among)) : undefined;
  return sql`
    SELECT customer, occurrence, event_seq, started_at FROM (
      SELECT t.customer, t.id AS occurrence, t.seq AS event_seq, t.at AS started_at,
        row_number() OVER (PARTITION BY t.customer ORDER BY t.at, t.seq) AS nth
      FROM ${table} t JOIN customer c ON c.customer = t.customer ${question?.joins ?? empty}
      WHERE ${fresh}${question ? sql` AND ${question.where}` : empty}) firsts
    WHERE nth = 1`;
}

/** With the campaign's first tick, those who are members already come in only where the trigger says so. */
function bySegment(
  tick: Tick,
  version: Version,
  trigger: Extract<CompiledTrigger, { kind: 'segment' }>,
): Sql | undefined {
  const first = isFirst(tick, version);
  if (first ? !trigger.existing : !tick.refreshed.has(trigger.segment)) return undefined;
  return sql`
    SELECT m.customer, concat('since ', m.since) AS occurrence, NULL::bigint AS event_seq, m.since AS started_at
    FROM membership m WHERE m.segment = ${trigger.segment} AND ${first ? sql`TRUE` : sql`m.since = ${tick.now}::bigint`}`;
}

/** Whether this is the first tick since the campaign was applied. */
function isFirst({ previous }: Tick, { activeFrom }: Version): boolean {
  return previous === undefined || previous < activeFrom;
}

/**
 * Of instants missed in an outage, only the latest counts. The occurrence is the local date and time, so a customer who
 * changes zones does not get it twice.
 */
async function bySchedule(
  { db, now, previous, program }: Tick,
  { activeFrom }: Version,
  trigger: Extract<CompiledTrigger, { kind: 'schedule' }>,
): Promise<Sql | undefined> {
  const seen = Math.max(previous ?? 0, activeFrom);
  const home = program.project.timezone;
  const firing = (zone: string): [number, string] | undefined => {
    const at = latestFiring(trigger.cron, zone, seen, now);
    return at === undefined ? undefined : [at, DateTime.fromMillis(at, { zone }).toFormat("yyyy-MM-dd'T'HH:mm")];
  };
  const zone = zoneAttribute(program);
  if (trigger.zone === 'project' || !zone) {
    const fired = firing(home);
    return (
      fired &&
      sql`
      SELECT c.customer, ${fired[1]}::text AS occurrence, NULL::bigint AS event_seq, ${fired[0]}::bigint AS started_at
      FROM customer c`
    );
  }
  const rows = (await knownZones(db)).flatMap((zone): Value[][] => {
    const fired = firing(zone);
    return fired ? [[zone, ...fired]] : [];
  });
  if (rows.length === 0) return undefined;
  await runAll(
    db,
    db.dialect.temporary('firing', sql`SELECT zone, from_at AS at, zone AS occurrence FROM tz_offset WHERE FALSE`),
  );
  await db.load(
    'firing',
    [
      { name: 'zone', type: 'text' },
      { name: 'at', type: 'bigint' },
      { name: 'occurrence', type: 'text' },
    ],
    rows,
  );
  return sql`
    SELECT c.customer, f.occurrence, NULL::bigint AS event_seq, f.at AS started_at
    FROM customer c JOIN firing f ON f.zone = coalesce(c.${name(zone)}, ${home})`;
}

async function enrol(tick: Tick, campaign: CompiledCampaign, entrants: Sql): Promise<number> {
  const { db, now } = tick;
  if ((await runAll(db, db.dialect.temporary('entrant', entrants))) === 0) return 0;
  const question = campaign.audience ? ask(campaign.audience, asking(tick, sql`entrant`)) : undefined;
  const first = sql`(SELECT step FROM step WHERE campaign = ${campaign.name} AND version = ${campaign.hash} AND id = ${campaign.first})`;
  const [status, reason, ended] = campaign.first === null ? ['ended', 'completed', now] : ['active', null, null];
  return db.run(sql`
    INSERT INTO enrolment (enrolment, customer, campaign, version, occurrence, event_seq, started_at, entered_at,
      step, phase, due_at, status, reason, ended_at)
    SELECT (SELECT coalesce(max(enrolment), 0) FROM enrolment) + row_number() OVER (ORDER BY n.customer),
      n.customer, ${campaign.name}, ${campaign.hash}, n.occurrence, n.event_seq, n.started_at, ${now}::bigint,
      ${first}, 0, ${now}::bigint, ${status}, ${reason}, ${ended}::bigint
    FROM entrant n JOIN customer c ON c.customer = n.customer ${question?.joins ?? empty}
    WHERE ${question?.where ?? sql`TRUE`} AND NOT EXISTS (
      SELECT 1 FROM enrolment p
      WHERE p.customer = n.customer AND p.campaign = ${campaign.name}
        AND (p.status = 'active' OR p.occurrence = n.occurrence${again(campaign.reenter, now)}))`);
}

/** Which earlier enrolment keeps a customer out; the interval counts from entry to entry. */
function again(reenter: Reentry, now: number): Sql {
  if (reenter.kind === 'never') return sql` OR TRUE`;
  return reenter.kind === 'always' ? empty : sql` OR p.entered_at > ${now - reenter.ms}::bigint`;
}

function asking({ db, program, now }: Tick, among: Sql): Asking {
  return { dialect: db.dialect, program, now, among };
}
