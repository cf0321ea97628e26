import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { Category } from '../../spec/model/campaign.ts';
import type { Program } from '../compile/program.ts';
import type { Database, Row } from '../store/database.ts';
import { judged, verdict } from './dispatch-gates.ts';
import { handOver } from './dispatch-record.ts';

/** A message in this worker's hands. */
export interface Claimed extends Row {
  message: string;
  customer: number;
  enrolment: number;
  campaign: string;
  version: string;
  template: string;
  category: Category;
  decided_at: number;
  expires_at: number;
  /** How often it has been handed to a carrier. */
  attempts: number;
}

export interface Admission {
  claimed: Claimed[];
  /** Of the messages looked at, by what became of those that may not leave now. */
  refused: { suppressed: number; expired: number; held: number };
}

export interface Claiming {
  program: Program;
  channel: string;
  /** Unique to a process's life: a restarted worker is another one. */
  worker: string;
  now: number;
  leaseMs: number;
}

/** A message claimed but not yet handed to a carrier: after a crash it is certain that it did not leave. */
const reserved = 'reserved';

/** Takes up to `limit` due messages of a channel, oldest first. No two workers ever get the same. */
export function claim(db: Database, claiming: Claiming, limit: number): Promise<Admission> {
  const lock = db.dialect.name === 'postgres' ? sql` FOR UPDATE SKIP LOCKED` : empty;
  const chosen = sql`
    SELECT message, customer, enrolment, step, category, expires_at FROM message
    WHERE status = 'decided' AND channel = ${claiming.channel}::text AND send_at <= ${claiming.now}::bigint
    ORDER BY decided_at, message LIMIT ${limit}::bigint${lock}`;
  return admit(db, claiming, chosen, sql`${reserved}::text`, sql`attempts`);
}

/**
 * The last look before the wire: of these claims, those that still hold and may still leave, their lease renewed. From
 * here until its outcome is recorded, a crash leaves a message's fate unknown.
 */
export function start(db: Database, claiming: Claiming, messages: string[]): Promise<Admission> {
  const lock = db.dialect.name === 'postgres' ? sql` FOR UPDATE` : empty;
  const chosen = sql`
    SELECT message, customer, enrolment, step, category, expires_at FROM message
    WHERE message IN (${join(messages)}) AND status = 'claimed' AND claimed_by = ${claiming.worker}::text
      AND lease_until > ${claiming.now}::bigint${lock}`;
  return admit(db, claiming, chosen, sql`NULL::text`, sql`attempts + 1`);
}

/** Gives claims back untried: they never left. */
export async function release(db: Database, worker: string, messages: string[]): Promise<void> {
  if (messages.length === 0) return;
  await db.run(sql`
    UPDATE message SET status = 'decided', reason = NULL, claimed_by = NULL, lease_until = NULL
    WHERE message IN (${join(messages)}) AND status = 'claimed' AND claimed_by = ${worker}::text`);
}

async function admit(
  db: Database,
  { program, channel, worker, now, leaseMs }: Claiming,
  chosen: Sql,
  passing: Sql,
  attempts: Sql,
): Promise<Admission> {
  const { status, reason } = verdict(program);
  const passes = sql`j.refusal IS NULL AND j.hold_until IS NULL`;
  const statement = sql`
    WITH chosen AS (${chosen}), j AS (${judged({ program, channel, now, chosen: sql`SELECT * FROM chosen` })})
    UPDATE message SET status = ${status},
      reason = CASE WHEN ${passes} THEN ${passing} ELSE ${reason} END,
      claimed_by = CASE WHEN ${passes} THEN ${worker}::text END,
      lease_until = CASE WHEN ${passes} THEN ${now + leaseMs}::bigint END,
      attempts = CASE WHEN ${passes} THEN ${attempts} ELSE attempts END,
      send_at = coalesce(j.hold_until, send_at),
      finished_at = CASE WHEN ${status} IN ('suppressed', 'expired') THEN ${now}::bigint END
    FROM j WHERE message.message = j.message
    RETURNING message.message, message.customer, message.enrolment, message.campaign, message.version,
      message.template, message.category, message.status, message.decided_at, message.expires_at, message.attempts`;
  const rows = await db.transaction(async (tx) => {
    const updated = await tx.query<Claimed & { status: string }>(statement);
    const refused = updated.filter((row) => row.status === 'suppressed' || row.status === 'expired');
    await handOver(
      tx,
      now,
      refused.map((row) => row.message),
    );
    return updated;
  });
  const count = (wanted: string) => rows.filter((row) => row.status === wanted).length;
  return {
    claimed: rows.filter((row) => row.status === 'claimed').sort(byAge),
    refused: { suppressed: count('suppressed'), expired: count('expired'), held: count('decided') },
  };
}

function byAge(a: Claimed, b: Claimed): number {
  return a.decided_at - b.decided_at || (a.message < b.message ? -1 : 1);
}
