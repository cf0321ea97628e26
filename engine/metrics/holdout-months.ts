import { DateTime } from 'luxon';
import sql from 'sql-template-tag';
import { canonical } from '../program/hash.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';

/** A month of the project's zone, or the part of it in which a hold-out was the same. Half-open, epoch milliseconds. */
export interface Month {
  /** `YYYY-MM` */
  month: string;
  from: number;
  to: number;
}

/** Returns since when a hold-out of the applied program has been the same without a gap, epoch milliseconds: the apply that brought it. */
export async function unchangedSince(db: Database, holdout: Program['holdouts'][number]): Promise<number | undefined> {
  const [row] = await db.query<{ at: number | null }>(sql`
    SELECT min(d.applied_at) AS "at" FROM deployment d WHERE d.serial > (
      SELECT coalesce(max(o.serial), 0) FROM deployment o WHERE strpos(o.program, ${canonical(holdout)}) = 0)`);
  return row?.at ?? undefined;
}

/** Returns the months from one instant to another, the first and the last as far as they lie between. Pure. */
export function monthsBetween(from: number, to: number, zone: string): Month[] {
  const months: Month[] = [];
  for (let at = from; at < to; at = months.at(-1)?.to ?? to) {
    const local = DateTime.fromMillis(at, { zone });
    const next = local.startOf('month').plus({ months: 1 }).toMillis();
    months.push({ month: local.toFormat('yyyy-MM'), from: at, to: Math.min(next, to) });
  }
  return months;
}
