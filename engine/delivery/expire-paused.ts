import sql from 'sql-template-tag';
import type { Database } from '../store/database.ts';
import { messageReason, messageStatus } from '../store/outcome-sql.ts';
import { unpaused } from '../store/pauses.ts';
import { handOver } from './record.ts';

/** Time counts during a pause: messages that it holds expire as others do, and cascades go on without them. */
export async function expirePaused(store: Database, now: number): Promise<void> {
  const paused = await store.query(sql`SELECT 1 AS found FROM pause LIMIT 1`);
  if (paused.length === 0) return;
  await store.transaction(async (db) => {
    const late = await db.query<{ message: string }>(sql`
      UPDATE message SET status = ${messageStatus.expired}, reason = ${messageReason['late:paused']}, finished_at = ${now}::bigint
      WHERE status = ${messageStatus.decided} AND expires_at <= ${now}::bigint AND NOT ${unpaused} RETURNING message`);
    await handOver(
      db,
      now,
      late.map(({ message }) => message),
    );
  });
}

/** Returns the first instant after `now` at which a message expires that a pause holds. */
export async function nextExpiry(db: Database, now: number): Promise<number | undefined> {
  const [row] = await db.query<{ at: number | null }>(sql`
    SELECT min(expires_at) AS "at" FROM message
    WHERE status = ${messageStatus.decided} AND expires_at > ${now}::bigint AND NOT ${unpaused}`);
  return row?.at ?? undefined;
}
