import sql, { type Sql } from 'sql-template-tag';
import type { Program } from '../program/program.ts';
import type { Moments } from '../store/moments.ts';
import { temporary } from '../store/statements.ts';
import { zoneOf } from '../store/zones.ts';
import type { Tick } from './tick.ts';

/**
 * Fills `clock` (zone, now, place, day_from, break_from, break_to, allowed_at) for the zones and instants of `candidates` (a FROM with
 * customers `c`), or once a tick for all zones: when the local day began, the break in it (where clocks set back lead from the
 * next day into this one again), and, inside quiet hours, the first instant after them.
 */
export async function ensureClocks(tick: Tick, candidates: Sql): Promise<void> {
  const { db, moments, program } = tick;
  if (tick.clocks) return;
  const all = sql`SELECT DISTINCT zone, ${moments.now} AS now FROM tz_offset`;
  const theirs = sql`SELECT DISTINCT ${zoneOf(program)} AS zone, ${moments.now} AS now FROM ${candidates}`;
  await temporary(db, 'clock', clocks(moments.each ? theirs : all, program, moments.offsets));
  tick.clocks = !moments.each;
}

/**
 * The condition that `z` of `clock` is for this zone and the instant of `moments`. Where there are many instants, both are compared as one:
 * DuckDB might compare the zones first, and each fits thousands of rows.
 */
export function isClock({ each, now }: Moments, zone: Sql): Sql {
  return each ? sql`z.place = ${placeOf(zone, now)}` : sql`z.now = ${now} AND z.zone = ${zone}`;
}

/** A zone and an instant as one value. */
export function placeOf(zone: Sql, now: Sql): Sql {
  return sql`concat(${zone}, ' ', ${now})`;
}

const day = sql`86400000::bigint`;

function clocks(of: Sql, { policies: { quietHours: quiet } }: Program, offsets: Sql): Sql {
  const today = sql`
    SELECT n.zone, n.now, z.shift, n.now + z.shift - (n.now + z.shift) % ${day} AS midnight, (n.now + z.shift) % ${day} AS clock
    FROM (${of}) n JOIN ${offsets} z ON z.zone = n.zone AND z.from_at <= n.now AND n.now < z.to_at`;
  const here = sql`
    SELECT n.zone, n.now, ${placeOf(sql`n.zone`, sql`n.now`)} AS place, n.shift, n.midnight, n.clock, p.day_from, p.break_from, p.break_to
    FROM (${today}) n JOIN (${localDays(today, offsets)}) p ON p.zone = n.zone AND p.now = n.now`;
  if (!quiet) return here;
  const from = sql`${quiet.from * 60_000}::bigint`;
  const to = sql`${quiet.to * 60_000}::bigint`;
  const crosses = quiet.from > quiet.to;
  const inside = crosses ? sql`(h.clock >= ${from} OR h.clock < ${to})` : sql`(h.clock >= ${from} AND h.clock < ${to})`;
  const end = crosses
    ? sql`h.midnight + ${to} + CASE WHEN h.clock >= ${from} THEN ${day} ELSE 0 END`
    : sql`h.midnight + ${to}`;
  const first = sql`coalesce(l.gap_at, h.until - l.shift)`;
  // In the second pass of a repeated hour the end has occurred once already, and occurs again by the present clock.
  return sql`
    SELECT h.zone, h.now, h.place, h.day_from, h.break_from, h.break_to,
      CASE WHEN h.inside THEN CASE WHEN ${first} > h.now THEN ${first} ELSE h.until - h.shift END END AS allowed_at
    FROM (SELECT h.*, ${inside} AS inside, ${end} AS until FROM (${here}) h) h
    JOIN ${offsets} l ON l.zone = h.zone AND l.local_from <= h.until AND h.until < l.local_to`;
}

/** A local day lies in as many pieces as periods of constant shift share in it: from the first piece to the last there may be a break. */
function localDays(today: Sql, offsets: Sql): Sql {
  return sql`
    SELECT t.zone, t.now, min(greatest(o.from_at, t.midnight - o.shift)) AS day_from,
      min(least(o.to_at, t.midnight + ${day} - o.shift)) AS break_from,
      max(greatest(o.from_at, t.midnight - o.shift)) AS break_to
    FROM (${today}) t JOIN ${offsets} o ON o.zone = t.zone AND o.gap_at IS NULL AND o.from_at <= t.now
      AND o.from_at + o.shift < t.midnight + ${day} AND o.to_at + o.shift > t.midnight
    GROUP BY t.zone, t.now`;
}
