import sql from 'sql-template-tag';
import type { Database } from '../store/database.ts';
import { enrolmentStatus, exitReason, messageReason, messageStatus } from '../store/outcome-sql.ts';

/**
 * Ends what is inside the campaigns that are not `wanted` any more, and cancels what has not left. Where everybody stood
 * is kept, so that a campaign put back in time takes them up there.
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
  // One that was put back and has not ticked since has nobody inside yet: its first removal counts.
  await db.run(sql`
    UPDATE campaign SET removed_at = ${at}::bigint, resume_until = ${at}::bigint + coalesce(c.resume_within, 0)
    FROM (SELECT campaign, resume_within FROM campaign WHERE is_current) c
    WHERE c.campaign = campaign.campaign AND campaign.removed_at IS NULL
      AND campaign.campaign NOT IN (SELECT campaign FROM wanted)`);
}

/** Campaigns put back too late take nobody up again. */
export async function giveUp(db: Database, at: number): Promise<void> {
  await db.run(sql`
    UPDATE campaign SET removed_at = NULL, resume_until = NULL
    WHERE resume_until <= ${at}::bigint AND campaign IN (SELECT campaign FROM wanted)`);
}
