import sql from 'sql-template-tag';
import type { CompiledCampaign, Program } from '../compile/program.ts';
import { moveCursor, readCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { ensureZones } from '../store/zones.ts';
import { advance, react } from './advance.ts';
import { collect, nextArrival } from './collect.ts';
import { enter } from './enter.ts';
import { leave } from './leave.ts';
import { nextFiring } from './schedule.ts';
import { nextRefresh, refreshSegments } from './segments.ts';
import type { Tick, Version } from './tick.ts';

/** The grid instant at or before `at`. */
export function gridInstant(program: Program, at: number): number {
  return at - (at % program.project.tick);
}

/**
 * One tick: a pure function of the tables and `now` (a grid instant), in one transaction. Running it twice at the same
 * instant changes nothing. `before`: work that belongs to the same transaction, such as reading sources into the inboxes.
 * Returns false where this instant, or a later one, has been ticked already.
 */
export async function runTick(
  store: Database,
  program: Program,
  now: number,
  tz: string,
  before?: (tx: Database) => Promise<void>,
): Promise<boolean> {
  return store.transaction(async (db) => {
    const last = await readCursor(db, 'tick');
    if (last !== undefined && last >= now) return false;
    await before?.(db);
    await ensureZones(db, [program.project.timezone], tz);
    const tick: Tick = { db, program, now, tz, versions: await versions(db), fresh: new Map() };
    await collect(tick);
    await refreshSegments(tick);
    const entered = await enter(tick);
    await leave(tick, entered);
    await react(tick);
    await advance(tick);
    await moveCursor(db, 'tick', now);
    return true;
  });
}

/** Current versions, and older ones that someone is still inside or that a message still waits for. */
async function versions(db: Database): Promise<Version[]> {
  const rows = await db.query<{ definition: string; is_current: boolean; active_from: number }>(sql`
    SELECT definition, is_current, active_from FROM campaign k
    WHERE is_current
      OR EXISTS (SELECT 1 FROM enrolment e WHERE e.campaign = k.campaign AND e.version = k.version AND e.status = 'active')
      OR EXISTS (SELECT 1 FROM message m WHERE m.campaign = k.campaign AND m.version = k.version AND m.status = 'decided')
    ORDER BY campaign, version`);
  return rows.map((row) => ({
    definition: JSON.parse(row.definition) as CompiledCampaign,
    current: row.is_current,
    activeFrom: row.active_from,
  }));
}

/**
 * The first grid instant after `now` at which something is due, arrives, is refreshed or fires; undefined: never again.
 * Only these need visiting: a tick at any other changes nothing.
 */
export async function nextInstant(db: Database, program: Program, now: number): Promise<number | undefined> {
  const [due] = await db.query<{ at: number | null }>(
    sql`SELECT min(due_at) AS "at" FROM enrolment WHERE status = 'active'`,
  );
  const times = [due?.at ?? undefined, await nextArrival(db, program.data), nextRefresh(program, now)];
  for (const { trigger } of program.campaigns) {
    if (trigger.kind !== 'schedule') continue;
    for (const zone of await firingZones(db, program, trigger.zone)) times.push(nextFiring(trigger.cron, zone, now));
  }
  const known = times.filter((at) => at !== undefined).map((at) => Math.max(at, now + 1));
  if (known.length === 0) return undefined;
  const { tick } = program.project;
  return Math.ceil(Math.min(...known) / tick) * tick;
}

async function firingZones(db: Database, program: Program, zone: 'project' | 'customer'): Promise<string[]> {
  if (zone === 'project') return [program.project.timezone];
  const rows = await db.query<{ zone: string }>(sql`SELECT DISTINCT zone FROM tz_offset`);
  return rows.map((row) => row.zone);
}
