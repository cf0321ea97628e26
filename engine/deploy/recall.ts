import sql from 'sql-template-tag';
import type { CompiledCampaign } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { enrolmentStatus, messageReason, messageStatus } from '../store/outcome-sql.ts';
import { phase } from '../store/phase.ts';

/** Returns a campaign that was removed, and since when it had been applied, epoch milliseconds; undefined if there never was one of that name. */
export async function removedCampaign(
  db: Database,
  name: string,
): Promise<{ campaign: CompiledCampaign; activeFrom: number } | undefined> {
  const [row] = await db.query<{ definition: string; activeFrom: number }>(sql`
    SELECT definition, active_from AS "activeFrom" FROM campaign WHERE campaign = ${name}::text ORDER BY active_from DESC, version LIMIT 1`);
  return row && { campaign: JSON.parse(row.definition) as CompiledCampaign, activeFrom: row.activeFrom };
}

/** One message of a campaign that is recalled. */
export interface RecalledMessage {
  channel: string;
  /** The customer's id in the shop's data. */
  customer: string;
  /** `unknown`: in doubt, and perhaps received. `decided`: it waits. */
  status: 'sent' | 'unknown' | 'decided';
  /** The instant at which it was sent, or decided; epoch milliseconds. */
  at: number;
}

/** Returns the messages of a campaign that were sent since an instant, and those that wait, by channel, customer and time. */
export function recalledMessages(db: Database, campaign: string, since: number): Promise<RecalledMessage[]> {
  return db.query<{ [K in keyof RecalledMessage]: RecalledMessage[K] }>(sql`
    SELECT m.channel, c.id AS customer, m.status, coalesce(m.finished_at, m.decided_at) AS "at"
    FROM message m JOIN customer c ON c.customer = m.customer
    WHERE m.campaign = ${campaign}::text AND (m.status = ${messageStatus.decided}
      OR (m.status IN (${messageStatus.sent}, ${messageStatus.unknown}) AND coalesce(m.finished_at, m.decided_at) >= ${since}::bigint))
    ORDER BY m.channel, c.id, 4`);
}

/** Returns how many messages of a campaign a worker has claimed: under a pause they do not leave, unless they are on a connection. */
export async function claimedOf(db: Database, campaign: string): Promise<number> {
  const [row] = await db.query<{ n: number }>(sql`
    SELECT count(*) AS n FROM claim c JOIN message m ON m.message = c.message
    WHERE m.campaign = ${campaign}::text AND m.status = ${messageStatus.decided}`);
  return row?.n ?? 0;
}

/**
 * Cancels the messages of a campaign that wait. Who waits for an answer to one of them goes on when the campaign does, as after any refusal. Returns how many
 * were cancelled. `at`: now, epoch milliseconds.
 */
export async function cancelWaiting(tx: Database, campaign: string, at: number): Promise<number> {
  await tx.run(sql`
    UPDATE enrolment SET due_at = ${at}::bigint FROM message m
    WHERE m.campaign = ${campaign}::text AND m.status = ${messageStatus.decided} AND enrolment.enrolment = m.enrolment
      AND enrolment.step = m.step AND enrolment.status = ${enrolmentStatus.active} AND enrolment.phase = ${phase.waiting}
      AND enrolment.due_at > ${at}::bigint`);
  return tx.run(sql`
    UPDATE message SET status = ${messageStatus.suppressed}, reason = ${messageReason.recalled}, finished_at = ${at}::bigint
    WHERE status = ${messageStatus.decided} AND campaign = ${campaign}::text`);
}
