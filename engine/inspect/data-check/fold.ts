import sql, { type Sql } from 'sql-template-tag';
import { ARRIVAL, SOURCE } from '../../data/files/shape.ts';
import type { Cause } from '../../report/causes.ts';
import type { Database } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';

/** The facts that every check needs. */
export interface Checking {
  db: Database;
  /** Now, epoch milliseconds. */
  at: number;
  /** The most places of a cause. */
  most: number;
}

/** Columns for the place of a row `n` of an inbox: its file and line. Its source is `s`. */
export const placed = sql`s.path, n.${ident(ARRIVAL)} - s.base AS line`;

/** Joins the source `s` of a row `n`. */
export const sourced = sql`JOIN source s ON s.number = n.${ident(SOURCE)}`;

/** Returns a cause where the query (path, line) finds rows. */
export async function folded(
  { db, most }: Checking,
  about: Pick<Cause, 'level' | 'code' | 'field'> & { of?: number },
  rows: Sql,
): Promise<Cause[]> {
  const found = await db.query<{ path: string; line: number; n: number }>(sql`
    WITH row_found AS (${rows})
    SELECT path, line, (SELECT count(*) FROM row_found) AS n FROM row_found ORDER BY path, line LIMIT ${most}::bigint`);
  const [first] = found;
  if (!first) return [];
  return [{ ...about, count: first.n, places: found.map(({ path, line }) => ({ path, line })) }];
}
