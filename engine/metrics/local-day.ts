import sql, { join, type Sql } from 'sql-template-tag';
import type { Database } from '../store/database.ts';
import { zonePeriods } from '../store/zones.ts';
import type { Window } from './window.ts';

const DAY = 86_400_000;

/** Returns the number of the local day, counted from 1970-01-01, on which an instant of the window lies in the zone (IANA). */
export function localDay(db: Database, zone: string, at: Sql, { from, to }: Window): Sql {
  const periods = zonePeriods(zone).filter((one) => one.gapAt === null && one.from < to && from < one.to);
  const last = periods.at(-1)?.shift ?? 0;
  const earlier = periods.slice(0, -1).map((one) => sql`WHEN ${at} < ${one.to}::bigint THEN ${one.shift}::bigint`);
  const shift = earlier.length > 0 ? sql`CASE ${join(earlier, ' ')} ELSE ${last}::bigint END` : sql`${last}::bigint`;
  return db.dialect.divided(sql`(${at} + ${shift})`, sql`${DAY}::bigint`);
}

/** Returns a day as `YYYY-MM-DD`. */
export function dayText(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}
