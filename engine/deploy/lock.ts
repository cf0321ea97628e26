import sql from 'sql-template-tag';
import type { Database } from '../store/database.ts';

/**
 * Until the transaction ends, no other apply to the same store gets past this call. DuckDB needs nothing: its writers
 * take turns, and one process owns the file.
 */
export async function takeApplyLock(tx: Database): Promise<void> {
  if (tx.dialect.name !== 'postgres') return;
  await tx.query(sql`
    SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtextextended('kaskad apply ' || current_schema(), 0))`);
}
