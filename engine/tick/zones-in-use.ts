import sql from 'sql-template-tag';
import { zoneAttribute } from '../program/facts.ts';
import { ident } from '../store/dialect.ts';
import { ensureZones, zonesBasis } from '../store/zones.ts';
import type { Tick } from './tick.ts';

/** The rules of every customer's zone, and of the project's, are in the store before anything asks for a local time. */
export async function prepareZones(tick: Tick): Promise<void> {
  if ((await zonesBasis(tick.db)) !== basis(tick)) await refreshZones(tick);
}

/** Must be called when customers have changed. */
export async function refreshZones(tick: Tick): Promise<void> {
  const { db, program } = tick;
  const attribute = zoneAttribute(program);
  const rows = attribute
    ? await db.query<{ zone: string }>(sql`
        SELECT DISTINCT ${ident(attribute)} AS zone FROM customer WHERE ${ident(attribute)} IS NOT NULL`)
    : [];
  await ensureZones(db, [program.project.timezone, ...rows.map((row) => row.zone)], basis(tick));
  tick.clocks = false;
}

function basis({ program, tz }: Tick): string {
  return [tz, program.project.timezone, zoneAttribute(program) ?? ''].join(' ');
}
