import sql from 'sql-template-tag';
import type { Database } from '../store/database.ts';
import { noteDelays } from '../store/delays.ts';
import { enrolmentStatus, exitReason, messageReason, messageStatus } from '../store/outcome-sql.ts';
import { phase } from '../store/phase.ts';

/**
 * Restores the customers of campaigns that were removed and put back in time: they are inside again at their steps, on their
 * own versions and with their due times, and their messages are in the outbox again if they have not expired. The rest of
 * the tick then ends the enrolments whose exit event or goal has happened meanwhile. Returns the campaigns.
 */
export async function restoreCampaigns(db: Database, now: number): Promise<Set<string>> {
  const back = await db.query<{ campaign: string; since: number }>(sql`
    SELECT campaign, max(removed_at) AS since FROM campaign
    WHERE removed_at IS NOT NULL AND campaign IN (SELECT campaign FROM campaign WHERE is_current)
    GROUP BY campaign`);
  if (back.length === 0) return new Set();
  const returned = sql`k.removed_at IS NOT NULL AND k.campaign IN (SELECT campaign FROM campaign WHERE is_current)`;
  await db.run(sql`
    UPDATE enrolment SET status = ${enrolmentStatus.active}, reason = NULL, ended_at = NULL, step = removed_from, removed_from = NULL,
      resumed_at = ${now}::bigint
    FROM campaign k WHERE k.campaign = enrolment.campaign AND k.version = enrolment.version AND ${returned}
      AND enrolment.status = ${enrolmentStatus.ended} AND enrolment.removed_from IS NOT NULL AND enrolment.ended_at = k.removed_at`);
  await db.run(sql`
    UPDATE message SET status = ${messageStatus.decided}, reason = NULL, finished_at = NULL
    FROM campaign k WHERE k.campaign = message.campaign AND k.version = message.version AND ${returned}
      AND message.status = ${messageStatus.suppressed} AND message.reason = ${messageReason.removed} AND message.finished_at >= k.removed_at
      AND message.expires_at > ${now}::bigint`);
  // A cascade does not wait for an answer to a message that will not leave.
  await db.run(sql`
    UPDATE enrolment SET due_at = ${now}::bigint FROM message m
    WHERE enrolment.resumed_at = ${now}::bigint AND enrolment.phase = ${phase.waiting} AND enrolment.due_at > ${now}::bigint
      AND m.enrolment = enrolment.enrolment AND m.step = enrolment.step
      AND m.reason = ${messageReason.removed}`);
  const reached = sql`SELECT enrolment FROM enrolment WHERE resumed_at = ${now}::bigint AND goal_at IS NOT NULL`;
  await db.run(sql`
    UPDATE message SET status = ${messageStatus.suppressed}, reason = ${messageReason.goal}, finished_at = ${now}::bigint
    WHERE status = ${messageStatus.decided} AND enrolment IN (${reached})`);
  await db.run(sql`
    UPDATE enrolment SET status = ${enrolmentStatus.ended}, reason = ${exitReason.goal}, ended_at = ${now}::bigint, step = NULL, due_at = NULL
    WHERE enrolment IN (${reached})`);
  await noteDelays(
    db,
    back.map(({ campaign, since }) => ({ kind: 'removal', name: campaign, path: '', since, until: now })),
  );
  await db.run(sql`
    UPDATE campaign SET removed_at = NULL, resume_until = NULL
    WHERE removed_at IS NOT NULL AND campaign IN (SELECT campaign FROM campaign WHERE is_current)`);
  return new Set(back.map(({ campaign }) => campaign));
}
