import sql from 'sql-template-tag';
import type { Database } from '../store/database.ts';
import { enrolmentStatus, exitReason, messageReason, messageStatus } from '../store/outcome-sql.ts';

/**
 * Ends the enrolments of campaigns that are not `wanted` any more, and cancels their messages that have not left. The step
 * of each customer is kept, so that a campaign put back in time restores them there.
 */
export async function retire(db: Database, at: number): Promise<void> {
  const gone = sql`(SELECT campaign FROM campaign WHERE is_current AND campaign NOT IN (SELECT campaign FROM wanted))`;
  await db.run(sql`
    UPDATE enrolment SET status = ${enrolmentStatus.ended}, reason = ${exitReason.removed}, ended_at = ${at}::bigint, removed_from = step, step = NULL
    WHERE status = ${enrolmentStatus.active} AND campaign IN ${gone}`);
  await db.run(sql`
    UPDATE message SET status = ${messageStatus.suppressed}, reason = ${messageReason.removed}, finished_at = ${at}::bigint
    WHERE status = ${messageStatus.decided} AND campaign IN ${gone}`);
  await db.run(sql`DELETE FROM watch WHERE campaign IN ${gone}`);
  // A campaign that was put back and has not ticked since is still empty: its first removal counts.
  await db.run(sql`
    UPDATE campaign SET removed_at = ${at}::bigint, resume_until = ${at}::bigint + coalesce(c.resume_within, 0)
    FROM (SELECT campaign, resume_within FROM campaign WHERE is_current) c
    WHERE c.campaign = campaign.campaign AND campaign.removed_at IS NULL
      AND campaign.campaign NOT IN (SELECT campaign FROM wanted)`);
}

/** Forgets the removal of campaigns that are put back too late to be restored. */
export async function giveUp(db: Database, at: number): Promise<void> {
  await db.run(sql`
    UPDATE campaign SET removed_at = NULL, resume_until = NULL
    WHERE resume_until <= ${at}::bigint AND campaign IN (SELECT campaign FROM wanted)`);
}

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
