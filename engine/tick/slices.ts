import sql from 'sql-template-tag';
import { ARRIVAL } from '../data/files/shape.ts';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';

/** The rows that are put in order at once: 2 million of orders would take 250 MB. */
const MOST = 250_000;
/** One row in so many is sampled to see how the times are spread. */
const SAMPLE = 997;

/** A part of an inbox: the rows after one instant, and up to another. */
export interface Slice {
  after: number | null;
  to: number;
}

/**
 * Divides the `rows` rows of an inbox that are due by `now` into parts that follow one another in time, of a size that can be put in order at once. Rows
 * of one instant stay together, so that a part may be larger.
 */
export async function slices(db: Database, inbox: string, rows: number, now: number): Promise<Slice[]> {
  const parts = Math.ceil(rows / MOST);
  if (parts < 2) return [{ after: null, to: now }];
  const found = await db.query<{ at: number }>(sql`
    SELECT "at" FROM ${ident(inbox)} WHERE "at" <= ${now}::bigint AND ${ident(ARRIVAL)} % ${SAMPLE}::bigint = 0`);
  const times = found.map(({ at }) => at).sort((a, b) => a - b);
  const ends = Array.from({ length: parts - 1 }, (_, i) => times[Math.floor(((i + 1) * times.length) / parts)] ?? now);
  const all = [...new Set([...ends, now])];
  return all.map((to, i) => ({ after: all[i - 1] ?? null, to }));
}
