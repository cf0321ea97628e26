import { IANAZone } from 'luxon';
import sql, { type Sql } from 'sql-template-tag';
import { zoneAttribute } from '../program/facts.ts';
import type { Program } from '../program/program.ts';
import type { Database } from './database.ts';
import { ident } from './dialect.ts';
import { setMeta } from './meta.ts';

/** One row of `tz_offset`. A row with `gapAt` is about local times that do not exist: they mean that instant. */
export interface ZonePeriod {
  zone: string;
  from: number;
  to: number;
  /** Local minus UTC, milliseconds. */
  shift: number;
  localFrom: number;
  localTo: number;
  gapAt: number | null;
}

const minute = 60_000;
/** Shorter than any period there has been: the briefest are Morocco's weeks of Ramadan. */
const probe = 14 * 24 * 60 * minute;
/** Journeys live within these years; the ends are open, so an instant outside has the nearest period's shift. */
const first = Date.UTC(1990, 0, 1);
const last = Date.UTC(2050, 0, 1);
const beforeAll = -8_640_000_000_000_000;
const afterAll = 8_640_000_000_000_000;

/** The periods of each zone, computed once in a process: a zone takes thousands of look-ups. */
const looked = new Map<string, ZonePeriod[]>();

export function zonePeriods(zone: string): ZonePeriod[] {
  const periods = looked.get(zone) ?? lookUp(zone);
  looked.set(zone, periods);
  return periods;
}

/**
 * The periods of constant shift of an IANA zone, by this runtime's tz database. On the local line a repeated hour
 * belongs to its first time, and a skipped one leads to the first instant after it.
 */
function lookUp(zone: string): ZonePeriod[] {
  const rules = IANAZone.create(zone);
  const shiftAt = (at: number) => Math.round(rules.offset(at)) * minute;
  const changes: { at: number; shift: number }[] = [{ at: beforeAll, shift: shiftAt(first) }];
  let before = shiftAt(first);
  for (let at = first; at < last; at += probe) {
    let low = at;
    let high = Math.min(at + probe, last);
    const after = shiftAt(high);
    if (before === after) continue;
    while (high - low > minute) {
      const middle = low + Math.floor((high - low) / 2 / minute) * minute;
      if (shiftAt(middle) === before) low = middle;
      else high = middle;
    }
    changes.push({ at: high, shift: after });
    before = after;
  }
  return changes.flatMap(({ at, shift }, i): ZonePeriod[] => {
    const to = changes[i + 1]?.at ?? afterAll;
    const before = changes[i - 1]?.shift ?? shift;
    const period = {
      zone,
      from: at,
      to,
      shift,
      localFrom: at + Math.max(shift, before),
      localTo: to + shift,
      gapAt: null,
    };
    const gap = { zone, from: 0, to: 0, shift, localFrom: at + before, localTo: at + shift, gapAt: at };
    return shift > before ? [gap, period] : [period];
  });
}

const columns = (['from_at', 'to_at', 'shift', 'local_from', 'local_to', 'gap_at'] as const).map((name) => ({
  name,
  type: 'bigint' as const,
}));

/**
 * Makes sure that `tz_offset` knows these zones. `basis` names the origin of the rows (the version of the tz database
 * is part of it): rows of another basis are replaced.
 */
export async function ensureZones(db: Database, zones: Iterable<string>, basis: string): Promise<void> {
  const wanted = new Set(zones);
  const same = (await zonesBasis(db)) === basis;
  if (same && wanted.isSubsetOf(new Set(await knownZones(db)))) return;
  // Workers that do this at once take turns here; the later ones find the rows of the first.
  await setMeta(db, 'zones', basis);
  if (!same) await db.run(sql`DELETE FROM tz_offset`);
  const known = new Set(await knownZones(db));
  const rows = [...wanted.difference(known)].flatMap((zone) =>
    zonePeriods(zone).map((p) => ({
      zone,
      from_at: p.from,
      to_at: p.to,
      shift: p.shift,
      local_from: p.localFrom,
      local_to: p.localTo,
      gap_at: p.gapAt,
    })),
  );
  await db.load('tz_offset', [{ name: 'zone', type: 'text' }, ...columns], rows);
}

export async function zonesBasis(db: Database): Promise<string | undefined> {
  const [row] = await db.query<{ value: string }>(sql`SELECT value FROM meta WHERE name = 'zones'`);
  return row?.value;
}

export async function knownZones(db: Database): Promise<string[]> {
  const rows = await db.query<{ zone: string }>(sql`SELECT DISTINCT zone FROM tz_offset`);
  return rows.map((row) => row.zone);
}

/** Returns the zone of a customer `c`. */
export function zoneOf(program: Program): Sql {
  const attribute = zoneAttribute(program);
  const home = program.project.timezone;
  return attribute ? sql`coalesce(c.${ident(attribute)}, ${home})` : sql`${home}`;
}
