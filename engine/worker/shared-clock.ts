import sql from 'sql-template-tag';
import type { Database } from '../store/database.ts';

/**
 * The clock that all workers of a store share, epoch milliseconds: on PostgreSQL the server's, whose workers may be on machines
 * with clocks of their own; an embedded store has one process.
 */
export function sharedClock(db: Database, now: () => number): () => Promise<number> {
  if (db.dialect.name === 'duckdb') return async () => now();
  return async () => {
    const [row] = await db.query<{ now: number }>(
      sql`SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS now`,
    );
    return row?.now ?? now();
  };
}
