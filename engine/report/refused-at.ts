import sql from 'sql-template-tag';
import type { Database } from '../store/database.ts';
import { messageStatus } from '../store/outcome-sql.ts';

/** The messages that a tick refused, or dropped as too late, and those that it took out of the outbox again. */
export interface Refused {
  suppressed: number;
  expired: number;
}

/** Returns them by the instant of the tick, to be asked before anything is sent. */
export async function refusedAt(db: Database, at: number): Promise<Refused> {
  const [row] = await db.query<{ suppressed: number; expired: number }>(sql`
    SELECT count(*) FILTER (WHERE status = ${messageStatus.suppressed}) AS suppressed, count(*) FILTER (WHERE status = ${messageStatus.expired}) AS expired
    FROM message WHERE finished_at = ${at}::bigint`);
  return row ?? { suppressed: 0, expired: 0 };
}
