import { Cron } from 'croner';
import { DateTime } from 'luxon';
import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { zoneAttribute } from '../../program/facts.ts';
import type { Program } from '../../program/program.ts';
import type { Column, Database, NewRow } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import { temporary } from '../../store/statements.ts';
import { knownZones } from '../../store/zones.ts';
import { clockFrom, type Tick, type Version } from '../tick.ts';

/** An instant at which the clock triggers a campaign, in a zone. */
export interface Firing {
  at: number;
  occurrence: string;
  /** The date for which it fires. */
  day?: string;
  /** The month and day of that date as 229. */
  mark?: number;
}

/** `tick`: the grid instant at which it is looked at, of a firing of the future. */
const columns: Column[] = [
  { name: 'tick', type: 'bigint' },
  { name: 'campaign', type: 'text' },
  { name: 'zone', type: 'text' },
  { name: 'at', type: 'bigint' },
  { name: 'occurrence', type: 'text' },
  { name: 'day', type: 'date' },
  { name: 'mark', type: 'integer' },
];

/** A campaign that the clock triggers. `inZones`: at the local time of each customer, else of the project. */
export interface Timed {
  name: string;
  version: Version;
  inZones: boolean;
  /** The pattern of all its firings. */
  cron: string;
  /** The firings in (after, until] that count at `until`. */
  firings(zone: string, after: number, until: number): Firing[];
}

/** Fills a table with the instants since the tick before, in each zone. Returns the campaigns that have any. */
export async function fire(tick: Tick, table: string, campaigns: Timed[]): Promise<Set<string>> {
  const { db, program, instant, moments } = tick;
  if (moments.each) {
    const found = await db.query<{ campaign: string }>(sql`
      SELECT DISTINCT f.campaign FROM ${ident(table)} f JOIN (SELECT DISTINCT ${moments.now} AS now FROM moment) moment ON moment.now = f.tick`);
    return new Set(found.map(({ campaign }) => campaign));
  }
  const zonesOf = await readZones(db, program, campaigns);
  const rows: NewRow[] = [];
  for (const { name, version, inZones, firings } of campaigns)
    for (const zone of zonesOf(inZones))
      for (const { at, occurrence, day, mark } of firings(zone, clockFrom(tick, version), instant))
        rows.push({ campaign: name, zone, at, occurrence, day, mark });
  if (rows.length === 0) return new Set();
  await fill(db, table, rows);
  return new Set(rows.map(({ campaign }) => String(campaign)));
}

/** Fills a table with all instants in (after, until], each with the tick that looks at it. */
export async function foresee(tick: Tick, table: string, campaigns: Timed[], until: number): Promise<void> {
  const { db, program, instant } = tick;
  const { tick: grid } = program.project;
  const zonesOf = await readZones(db, program, campaigns);
  const rows: NewRow[] = [];
  for (const { name, inZones, firings, cron } of campaigns)
    for (const zone of zonesOf(inZones)) {
      const ticks = new Set(allFirings(cron, zone, instant, until).map((at) => Math.ceil(at / grid) * grid));
      for (const at of ticks)
        for (const firing of firings(zone, at - grid, at)) rows.push({ tick: at, campaign: name, zone, ...firing });
    }
  await fill(db, table, rows);
}

async function fill(db: Database, table: string, rows: NewRow[]): Promise<void> {
  const blank = columns.map((one) => sql`NULL::${raw(db.dialect.types[one.type])} AS ${ident(one.name)}`);
  await temporary(db, table, sql`SELECT ${join(blank)} WHERE FALSE`);
  await db.load(table, columns, rows);
}

/** The condition (` AND …`) that a firing `f` is looked at in this tick. */
export function inThis({ moments }: Tick): Sql {
  return moments.each ? sql` AND f.tick = ${moments.now}` : empty;
}

/** Reads the customers' zones, at most once. Returns the zones in which a campaign's clock runs. */
async function readZones(
  db: Database,
  program: Program,
  timed: { inZones: boolean }[],
): Promise<(inZones: boolean) => string[]> {
  const home = [program.project.timezone];
  const reads = zoneAttribute(program) && timed.some(({ inZones }) => inZones);
  const all = reads ? await knownZones(db) : home;
  return (inZones) => (inZones ? all : home);
}

/** Returns the first instant after `now` of any of these patterns; undefined: never again. */
export async function nextOf(
  db: Database,
  program: Program,
  now: number,
  timed: { cron: string; inZones: boolean }[],
): Promise<number | undefined> {
  const zonesOf = await readZones(db, program, timed);
  const times: number[] = [];
  for (const { cron, inZones } of timed)
    for (const zone of zonesOf(inZones)) times.push(nextFiring(cron, zone, now) ?? Number.POSITIVE_INFINITY);
  const next = Math.min(...times);
  return Number.isFinite(next) ? next : undefined;
}

/** The condition that a firing `f` is of the zone of a customer `c`. */
export function inZoneOf(program: Program): Sql {
  const zone = zoneAttribute(program);
  return zone ? sql`f.zone = coalesce(c.${ident(zone)}, ${program.project.timezone})` : sql`TRUE`;
}

export function local(at: number, zone: string): DateTime {
  return DateTime.fromMillis(at, { zone });
}

/** Returns the latest instant of a five-field cron pattern in (after, until], on the clock of `zone`; croner decides gaps and repeats. */
export function latestFiring(cron: string, zone: string, after: number, until: number): number | undefined {
  const pattern = new Cron(cron, { timezone: zone, paused: true });
  let found: number | undefined;
  // Looking back in growing steps finds the last of many missed instants without visiting each.
  for (let span = 60_000; ; span *= 4) {
    const from = Math.max(after, until - span);
    let next = pattern.nextRun(new Date(from));
    while (next && next.getTime() <= until) {
      found = next.getTime();
      next = pattern.nextRun(next);
    }
    if (found !== undefined || from === after) return found;
  }
}

/** Returns all instants in (after, until]. */
export function allFirings(cron: string, zone: string, after: number, until: number): number[] {
  const pattern = new Cron(cron, { timezone: zone, paused: true });
  const found: number[] = [];
  let next = pattern.nextRun(new Date(after));
  for (; next && next.getTime() <= until; next = pattern.nextRun(next)) found.push(next.getTime());
  return found;
}

/** Returns the first instant after `after`; undefined where the pattern never matches again. */
export function nextFiring(cron: string, zone: string, after: number): number | undefined {
  return new Cron(cron, { timezone: zone, paused: true }).nextRun(new Date(after))?.getTime();
}
