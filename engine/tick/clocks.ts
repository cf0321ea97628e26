import sql, { type Sql } from 'sql-template-tag';
import { runAll } from '../store/statements.ts';
import type { Tick } from './tick.ts';

/** Fills `clock` (zone, day_from, break_from, break_to, allowed_at), once a tick. */
export async function ensureClocks(tick: Tick): Promise<void> {
  if (tick.clocks) return;
  await runAll(tick.db, tick.db.dialect.temporary('clock', clocks(tick)));
  tick.clocks = true;
}

/**
 * Per zone: when its local day began, the break in it (where clocks set back lead from the next day into this one again),
 * and, inside quiet hours, the first instant after them.
 */
function clocks({ now, program }: Tick): Sql {
  const day = 86_400_000;
  const quiet = program.policies.quietHours;
  const here = sql`
    SELECT n.zone, n.shift, n.midnight, n.clock, p.day_from, p.break_from, p.break_to
    FROM (SELECT zone, shift, ${now}::bigint + shift - (${now}::bigint + shift) % ${day}::bigint AS midnight,
        (${now}::bigint + shift) % ${day}::bigint AS clock
      FROM tz_offset WHERE from_at <= ${now}::bigint AND ${now}::bigint < to_at) n
    JOIN (${localDays(now, day)}) p ON p.zone = n.zone`;
  if (!quiet) return here;
  const from = sql`${quiet.from * 60_000}::bigint`;
  const to = sql`${quiet.to * 60_000}::bigint`;
  const crosses = quiet.from > quiet.to;
  const inside = crosses ? sql`(h.clock >= ${from} OR h.clock < ${to})` : sql`(h.clock >= ${from} AND h.clock < ${to})`;
  const end = crosses
    ? sql`h.midnight + ${to} + CASE WHEN h.clock >= ${from} THEN ${day}::bigint ELSE 0 END`
    : sql`h.midnight + ${to}`;
  const first = sql`coalesce(l.gap_at, h.until - l.shift)`;
  // In the second pass of a repeated hour the end has occurred once already, and occurs again by the present clock.
  return sql`
    SELECT h.zone, h.day_from, h.break_from, h.break_to,
      CASE WHEN h.inside THEN CASE WHEN ${first} > ${now}::bigint THEN ${first} ELSE h.until - h.shift END END AS allowed_at
    FROM (SELECT h.*, ${inside} AS inside, ${end} AS until FROM (${here}) h) h
    JOIN tz_offset l ON l.zone = h.zone AND l.local_from <= h.until AND h.until < l.local_to`;
}

/** A local day lies in as many pieces as periods of constant shift share in it: from the first piece to the last there may be a break. */
function localDays(now: number, day: number): Sql {
  const today = sql`SELECT zone, ${now}::bigint + shift - (${now}::bigint + shift) % ${day}::bigint AS midnight
    FROM tz_offset WHERE from_at <= ${now}::bigint AND ${now}::bigint < to_at`;
  return sql`
    SELECT t.zone, min(greatest(o.from_at, t.midnight - o.shift)) AS day_from,
      min(least(o.to_at, t.midnight + ${day}::bigint - o.shift)) AS break_from,
      max(greatest(o.from_at, t.midnight - o.shift)) AS break_to
    FROM (${today}) t JOIN tz_offset o ON o.zone = t.zone AND o.gap_at IS NULL AND o.from_at <= ${now}::bigint
      AND o.from_at + o.shift < t.midnight + ${day}::bigint AND o.to_at + o.shift > t.midnight
    GROUP BY t.zone`;
}
