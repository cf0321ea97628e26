import sql from 'sql-template-tag';
import type { Outcome } from '../channels/carrier.ts';
import type { Database } from '../store/database.ts';
import { retryAt } from './backoff.ts';
import { ids } from './list.ts';

export interface Attempt {
  message: string;
  attempts: number;
  expires_at: number;
  templateHash: string | null;
  outcome: Outcome;
}

interface Entry {
  status: 'sent' | 'failed' | 'unknown' | 'expired' | 'decided';
  reason: string | null;
  detail: string | null;
  template: string | null;
  sendAt: number | null;
}

/** Writes down what became of messages that `worker` handed over; one transaction. Returns the new states in order. */
export async function record(
  db: Database,
  worker: string,
  now: number,
  attempts: Attempt[],
): Promise<Entry['status'][]> {
  const entries = attempts.map((attempt) => entry(attempt, now));
  const alike = new Map<string, { entry: Entry; messages: string[] }>();
  entries.forEach((each, i) => {
    const key = JSON.stringify(each);
    const group = alike.get(key) ?? { entry: each, messages: [] };
    group.messages.push(attempts[i]?.message ?? '');
    alike.set(key, group);
  });
  const bounced = attempts.filter((a) => a.outcome.status === 'failed' && a.outcome.bounce).map((a) => a.message);
  const lost = attempts.filter((_, i) => entries[i]?.status === 'failed' || entries[i]?.status === 'expired');
  await db.transaction(async (tx) => {
    for (const group of alike.values()) await settle(tx, worker, now, group.entry, group.messages);
    await suppress(tx, now, bounced);
    await handOver(
      tx,
      now,
      lost.map((a) => a.message),
    );
  });
  return entries.map((each) => each.status);
}

function entry({ message, attempts, expires_at, templateHash, outcome }: Attempt, now: number): Entry {
  const detail = outcome.detail ?? null;
  const plain = { detail, template: null, sendAt: null };
  if (outcome.status === 'sent') return { ...plain, status: 'sent', reason: null, template: templateHash };
  if (outcome.status === 'unknown')
    return { ...plain, status: 'unknown', reason: outcome.reason, template: templateHash };
  if (outcome.status === 'failed') return { ...plain, status: 'failed', reason: outcome.reason };
  const sendAt = retryAt(message, attempts, now, outcome.afterMs);
  if (sendAt >= expires_at) return { ...plain, status: 'expired', reason: 'late' };
  return { ...plain, status: 'decided', reason: outcome.reason, sendAt };
}

/** A lease that ran out meanwhile is no reason to forget the truth, as long as nobody else has taken the message. */
async function settle(tx: Database, worker: string, now: number, entry: Entry, messages: string[]): Promise<void> {
  const over = entry.status !== 'decided';
  await tx.run(sql`
    UPDATE message SET status = ${entry.status}::text, reason = ${entry.reason}::text, detail = ${entry.detail}::text,
      template_hash = ${entry.template}::text, send_at = coalesce(${entry.sendAt}::bigint, send_at),
      lease_until = NULL, finished_at = ${over ? now : null}::bigint
    WHERE message IN ${ids(messages)} AND claimed_by = ${worker}::text
      AND status IN ('claimed', 'unknown', 'decided')`);
}

/**
 * A bounce is feedback, and the next tick takes it in as such; the suppression cannot wait for it, because more messages
 * to the same address may be due. It has the id that the tick would give it, so that it stays one.
 */
async function suppress(tx: Database, now: number, messages: string[]): Promise<void> {
  if (messages.length === 0) return;
  const of = sql`FROM message m WHERE m.message IN ${ids(messages)}`;
  await tx.run(sql`
    INSERT INTO inbox_feedback (id, message, kind, "at")
    SELECT concat('dispatch/', m.message), m.message, 'bounced', ${now}::bigint ${of}`);
  await tx.run(sql`
    INSERT INTO suppression (id, customer, channel, reason, "at")
    SELECT concat('bounced/dispatch/', m.message), m.customer, m.channel, 'bounced', ${now}::bigint ${of}
      AND NOT EXISTS (SELECT 1 FROM suppression x WHERE x.id = concat('bounced/dispatch/', m.message))`);
}

/** A message that will not reach anybody ends its cascade stage's waiting: the next tick goes on to the next channel. */
export async function handOver(tx: Database, now: number, messages: string[]): Promise<void> {
  if (messages.length === 0) return;
  await tx.run(sql`
    UPDATE enrolment SET due_at = ${now}::bigint FROM message m, step s
    WHERE m.message IN ${ids(messages)} AND enrolment.enrolment = m.enrolment AND enrolment.step = m.step
      AND s.step = m.step AND s.kind = 'send'
      AND enrolment.status = 'active' AND enrolment.phase = 1 AND enrolment.due_at > ${now}::bigint`);
}
