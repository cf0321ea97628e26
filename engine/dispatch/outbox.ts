import sql, { empty } from 'sql-template-tag';
import type { Category } from '../../spec/model/campaign.ts';
import { unpaused } from '../pause/pauses.ts';
import type { Database, Row } from '../store/database.ts';
import { ids } from './list.ts';

/** A message in this worker's hands. */
export interface Claimed extends Row {
  message: string;
  customer: number;
  enrolment: number;
  step: number;
  campaign: string;
  version: string;
  template: string;
  category: Category;
  decided_at: number;
  expires_at: number;
  /** How often it has been handed to a carrier. */
  attempts: number;
}

export interface Lease {
  /** Unique to a process's life: a restarted worker is another one. */
  worker: string;
  now: number;
  leaseMs: number;
}

const returned = sql`message.message, message.customer, message.enrolment, message.step, message.campaign, message.version,
  message.template, message.category, message.decided_at, message.expires_at, message.attempts`;

/**
 * Takes up to `limit` due messages of a channel, oldest first, but none that a pause holds. No two workers ever get the same. They are only
 * `reserved`: after a crash it is certain that they did not leave.
 */
export async function claim(db: Database, channel: string, lease: Lease, limit: number): Promise<Claimed[]> {
  const lock = db.dialect.name === 'postgres' ? sql` FOR UPDATE SKIP LOCKED` : empty;
  const statement = sql`
    WITH due AS (
      SELECT message FROM message
      WHERE status = 'decided' AND channel = ${channel}::text AND send_at <= ${lease.now}::bigint AND ${unpaused}
      ORDER BY decided_at, message LIMIT ${limit}::bigint${lock})
    UPDATE message SET status = 'claimed', reason = 'reserved', claimed_by = ${lease.worker}::text,
      lease_until = ${lease.now + lease.leaseMs}::bigint
    FROM due WHERE message.message = due.message RETURNING ${returned}`;
  const rows = await db.transaction((tx) => tx.query<Claimed>(statement));
  return rows.sort((a, b) => a.decided_at - b.decided_at || (a.message < b.message ? -1 : 1));
}

/**
 * Marks claims as being handed to a carrier and renews their lease: from here until its outcome is recorded, a crash
 * leaves a message's fate unknown. Returns those that are still this worker's, with their attempts counted.
 */
export async function begin(tx: Database, lease: Lease, messages: string[]): Promise<Map<string, Claimed>> {
  const rows = await tx.query<Claimed>(sql`
    UPDATE message SET reason = NULL, lease_until = ${lease.now + lease.leaseMs}::bigint,
      attempts = attempts + CASE WHEN reason = 'reserved' THEN 1 ELSE 0 END
    WHERE message IN ${ids(messages)} AND status = 'claimed' AND claimed_by = ${lease.worker}::text
      AND lease_until > ${lease.now}::bigint AND ${unpaused}
    RETURNING ${returned}`);
  return new Map(rows.map((row) => [row.message, row]));
}

/** Gives claims back untried, for now or, with `until`, for then. `reason`: what holds them. */
export async function release(
  db: Database,
  worker: string,
  messages: string[],
  hold: { reason: string; until: number } | undefined = undefined,
): Promise<void> {
  if (messages.length === 0) return;
  await db.run(sql`
    UPDATE message SET status = 'decided', reason = ${hold?.reason ?? null}::text, claimed_by = NULL, lease_until = NULL,
      send_at = coalesce(${hold?.until ?? null}::bigint, send_at)
    WHERE message IN ${ids(messages)} AND status = 'claimed' AND claimed_by = ${worker}::text`);
}

/** Ends messages that may not leave. */
export async function refuse(
  tx: Database,
  now: number,
  status: 'suppressed' | 'expired',
  reason: string,
  messages: string[],
): Promise<void> {
  await tx.run(sql`
    UPDATE message SET status = ${status}::text, reason = ${reason}::text, claimed_by = NULL, lease_until = NULL,
      finished_at = ${now}::bigint
    WHERE message IN ${ids(messages)}`);
}
