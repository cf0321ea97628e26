import sql from 'sql-template-tag';
import type { Database } from '../store/database.ts';
import { messageReason, messageStatus } from '../store/outcome-sql.ts';

/** The customers who were inside a campaign when it was removed. */
export interface Returning {
  campaign: string;
  customers: number;
  /** Cancelled by the removal, and not expired. */
  messages: number;
  /** They can be taken up again before this instant, epoch milliseconds. */
  until: number;
}

/** The customers whom removed campaigns would take up again if they were put back, or no longer can. `at`: messages expire by then. */
export async function returning(db: Database, at: number): Promise<Returning[]> {
  const known = await db.query(sql`
    SELECT 1 AS found FROM information_schema.columns WHERE table_name = 'campaign' AND column_name = 'removed_at'`);
  if (known.length === 0) return [];
  const rows = await db.query<{ campaign: string; customers: number; messages: number; until: number }>(sql`
    SELECT k.campaign, k.resume_until AS "until",
      (SELECT count(*) FROM enrolment e WHERE e.campaign = k.campaign AND e.removed_from IS NOT NULL
        AND e.ended_at = k.removed_at AND e.goal_at IS NULL) AS customers,
      (SELECT count(*) FROM message m WHERE m.campaign = k.campaign AND m.status = ${messageStatus.suppressed} AND m.reason = ${messageReason.removed}
        AND m.finished_at >= k.removed_at AND m.expires_at > ${at}::bigint) AS messages
    FROM (SELECT campaign, max(removed_at) AS removed_at, max(resume_until) AS resume_until FROM campaign
      WHERE removed_at IS NOT NULL GROUP BY campaign
      HAVING NOT bool_or(is_current)) k
    ORDER BY k.campaign`);
  return rows.filter(({ customers, messages }) => customers + messages > 0);
}
