import { DateTime } from 'luxon';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import { zoneAttribute } from '../program/facts.ts';
import type { CompiledTrigger, Program } from '../program/program.ts';
import type { Column, Database, Value } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { runAll } from '../store/statements.ts';
import { knownZones } from '../store/zones.ts';
import { firings, latestFiring, nextFiring } from './schedule.ts';
import { seenUntil, type Tick, type Version } from './tick.ts';

type Of<Kind> = Extract<CompiledTrigger, { kind: Kind }>;

/**
 * Fills `firing` with when and for whom the clock has come round since the tick before: for a schedule in each zone, for a
 * date also with every day that may be somebody's. Returns the campaigns for which it has.
 */
export async function fireClocks(tick: Tick, current: Version[]): Promise<Set<string>> {
  const { db, program } = tick;
  const timed = current.filter(({ definition: { trigger } }) => trigger.kind === 'schedule' || trigger.kind === 'date');
  if (timed.length === 0) return new Set();
  const home = [program.project.timezone];
  const everywhere = zoneAttribute(program) ? await knownZones(db) : home;
  const rows = timed.flatMap((version): Value[][] => {
    const { name: campaign, trigger } = version.definition;
    if (trigger.kind === 'date') return dates(trigger, everywhere, tick, version).map((row) => [campaign, ...row]);
    if (trigger.kind !== 'schedule') return [];
    const zones = trigger.zone === 'project' ? home : everywhere;
    return scheduled(trigger, zones, tick, version).map((row) => [campaign, ...row]);
  });
  if (rows.length === 0) return new Set();
  const blank = firing.map((one) => sql`NULL::${raw(db.dialect.types[one.type])} AS ${ident(one.name)}`);
  await runAll(db, db.dialect.temporary('firing', sql`SELECT ${join(blank)} WHERE FALSE`));
  await db.load('firing', firing, rows);
  return new Set(rows.map(([campaign]) => String(campaign)));
}

/** `day`: the date that is kept; `mark`: its month and day as 229. */
const firing: Column[] = [
  { name: 'campaign', type: 'text' },
  { name: 'zone', type: 'text' },
  { name: 'at', type: 'bigint' },
  { name: 'occurrence', type: 'text' },
  { name: 'day', type: 'date' },
  { name: 'mark', type: 'integer' },
];

/**
 * Only the latest of the instants missed in an outage counts. The occurrence is the local date and time, so a customer who
 * changes zones does not get it twice.
 */
function scheduled({ cron }: Of<'schedule'>, zones: string[], tick: Tick, version: Version): Value[][] {
  return zones.flatMap((zone): Value[][] => {
    const at = latestFiring(cron, zone, seenUntil(tick, version), tick.now);
    return at === undefined ? [] : [[zone, at, local(at, zone).toFormat("yyyy-MM-dd'T'HH:mm"), null, null]];
  });
}

/**
 * Every day on which a date may be kept. The occurrence is the local date, so a change of zone cannot repeat one. After an
 * outage the days missed are made up for.
 */
function dates(trigger: Of<'date'>, zones: string[], tick: Tick, version: Version): Value[][] {
  return zones.flatMap((zone) =>
    firings(daily(trigger), zone, seenUntil(tick, version), tick.now).flatMap((at): Value[][] => {
      const kept = local(at, zone).minus({ days: trigger.days });
      const day = kept.toISODate() ?? '';
      return marks(kept, trigger.yearly?.leapDay).map((mark) => [zone, at, day, day, mark]);
    }),
  );
}

function local(at: number, zone: string): DateTime {
  return DateTime.fromMillis(at, { zone });
}

export function bySchedule({ program }: Tick, { definition }: Version, trigger: Of<'schedule'>): Sql {
  const own = trigger.zone === 'customer';
  return sql`
    SELECT c.customer, f.occurrence, NULL::bigint AS event_seq, f.at AS started_at
    FROM customer c JOIN firing f ON f.campaign = ${definition.name} AND ${own ? inZone(program) : sql`TRUE`}`;
}

export function byDate({ program }: Tick, { definition }: Version, trigger: Of<'date'>): Sql {
  const date = sql`c.${ident(trigger.attribute)}`;
  const mark = sql`(extract(month FROM ${date}) * 100 + extract(day FROM ${date}))::integer`;
  const kept = trigger.yearly ? sql`f.mark = ${mark} AND f.day > ${date}` : sql`f.day = ${date}`;
  return sql`
    SELECT customer, occurrence, event_seq, started_at FROM (
      SELECT c.customer, f.occurrence, NULL::bigint AS event_seq, f.at AS started_at,
        row_number() OVER (PARTITION BY c.customer ORDER BY f.at DESC) AS nth
      FROM customer c JOIN firing f ON f.campaign = ${definition.name} AND ${inZone(program)} AND ${kept}) kept
    WHERE nth = 1`;
}

function inZone(program: Program): Sql {
  const zone = zoneAttribute(program);
  return zone ? sql`f.zone = coalesce(c.${ident(zone)}, ${program.project.timezone})` : sql`TRUE`;
}

/** Month and day as 229; in a year without 29 February also that, on the day it is kept. */
function marks(day: DateTime, leapDay: 'february 28' | 'march 1' | undefined): number[] {
  const own = day.month * 100 + day.day;
  const stands = leapDay === 'february 28' ? 228 : 301;
  return leapDay && !day.isInLeapYear && own === stands ? [own, 229] : [own];
}

function daily({ minuteOfDay }: Of<'date'>): string {
  return `${minuteOfDay % 60} ${Math.floor(minuteOfDay / 60)} * * *`;
}

/** Returns the instant at which the clock next triggers a campaign; undefined: never again, or there is none that it triggers. */
export async function nextOnClock(db: Database, program: Program, now: number): Promise<number | undefined> {
  let zones: string[] | undefined;
  const times: number[] = [];
  for (const { trigger } of program.campaigns) {
    if (trigger.kind !== 'schedule' && trigger.kind !== 'date') continue;
    const everywhere = trigger.kind === 'date' || trigger.zone === 'customer';
    if (everywhere) zones ??= await knownZones(db);
    const cron = trigger.kind === 'date' ? daily(trigger) : trigger.cron;
    for (const zone of everywhere && zones ? zones : [program.project.timezone])
      times.push(nextFiring(cron, zone, now) ?? Number.POSITIVE_INFINITY);
  }
  const next = Math.min(...times);
  return Number.isFinite(next) ? next : undefined;
}
