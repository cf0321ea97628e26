import sql from 'sql-template-tag';
import type { Database } from '../store/database.ts';
import { messageStatus } from '../store/outcome-sql.ts';

/** The numbers of messages that a tick refused or dropped as too late, also from the outbox. */
export interface Refused {
  suppressed: number;
  expired: number;
}

/** Returns the numbers for the tick at an instant; must be called before anything is sent. */
export async function refusedAt(db: Database, at: number): Promise<Refused> {
  const [row] = await db.query<{ suppressed: number; expired: number }>(sql`
    SELECT count(*) FILTER (WHERE status = ${messageStatus.suppressed}) AS suppressed, count(*) FILTER (WHERE status = ${messageStatus.expired}) AS expired
    FROM message WHERE finished_at = ${at}::bigint`);
  return row ?? { suppressed: 0, expired: 0 };
}
