import { DateTime } from 'luxon';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { CompiledTrigger, Program } from '../compile/program.ts';
import type { Column, Database, Value } from '../store/database.ts';
import { name } from '../store/dialect.ts';
import { runAll } from '../store/statements.ts';
import { knownZones } from '../store/zones.ts';
import { firings, latestFiring, nextFiring } from './schedule.ts';
import type { Tick, Version } from './tick.ts';
import { zoneAttribute } from './zones-in-use.ts';

type Of<Kind> = Extract<CompiledTrigger, { kind: Kind }>;

/**
 * Of instants missed in an outage, only the latest counts. The occurrence is the local date and time, so a customer who
 * changes zones does not get it twice.
 */
export async function bySchedule(tick: Tick, version: Version, trigger: Of<'schedule'>): Promise<Sql | undefined> {
  const { db, now, program } = tick;
  const seen = seenUntil(tick, version);
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
  await fill(db, rows, []);
  return sql`
    SELECT c.customer, f.occurrence, NULL::bigint AS event_seq, f.at AS started_at
    FROM customer c JOIN firing f ON f.zone = coalesce(c.${name(zone)}, ${home})`;
}

/**
 * Every day on which a date may be kept has a row for each zone in which it is that time of day now. The occurrence is
 * the local date kept, so a change of zone cannot repeat one. After an outage the days missed are made up for.
 */
export async function byDate(tick: Tick, version: Version, trigger: Of<'date'>): Promise<Sql | undefined> {
  const { db, now, program } = tick;
  const seen = seenUntil(tick, version);
  const home = program.project.timezone;
  const zone = zoneAttribute(program);
  const rows = (zone ? await knownZones(db) : [home]).flatMap((zone) =>
    firings(daily(trigger), zone, seen, now).flatMap((at): Value[][] => {
      const kept = DateTime.fromMillis(at, { zone }).minus({ days: trigger.days });
      const day = kept.toISODate() ?? '';
      return marks(kept, trigger.yearly?.leapDay).map((mark) => [zone, at, day, day, mark]);
    }),
  );
  if (rows.length === 0) return undefined;
  await fill(db, rows, [
    { name: 'day', type: 'date' },
    { name: 'mark', type: 'integer' },
  ]);
  const date = sql`c.${name(trigger.attribute)}`;
  const mark = sql`(extract(month FROM ${date}) * 100 + extract(day FROM ${date}))::integer`;
  const kept = trigger.yearly ? sql`f.mark = ${mark} AND f.day > ${date}` : sql`f.day = ${date}`;
  const here = zone ? sql`f.zone = coalesce(c.${name(zone)}, ${home})` : sql`TRUE`;
  return sql`
    SELECT customer, occurrence, event_seq, started_at FROM (
      SELECT c.customer, f.occurrence, NULL::bigint AS event_seq, f.at AS started_at,
        row_number() OVER (PARTITION BY c.customer ORDER BY f.at DESC) AS nth
      FROM customer c JOIN firing f ON ${here} AND ${kept}) kept
    WHERE nth = 1`;
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

/** When the clock next triggers a campaign; undefined: never again, or there is none that it triggers. */
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

function seenUntil({ previous }: Tick, { activeFrom }: Version): number {
  return Math.max(previous ?? 0, activeFrom);
}

/** Fills `firing` with rows zone, at, occurrence, and these more. */
async function fill(db: Database, rows: Value[][], more: Column[]): Promise<void> {
  const columns: Column[] = [
    { name: 'zone', type: 'text' },
    { name: 'at', type: 'bigint' },
    { name: 'occurrence', type: 'text' },
    ...more,
  ];
  const blank = columns.map(({ name: column, type }) => sql`NULL::${raw(db.dialect.types[type])} AS ${name(column)}`);
  await runAll(db, db.dialect.temporary('firing', sql`SELECT ${join(blank)} WHERE FALSE`));
  await db.load('firing', columns, rows);
}
