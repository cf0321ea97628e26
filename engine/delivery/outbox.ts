import sql, { empty, type Sql } from 'sql-template-tag';
import type { Category } from '../../spec/model/campaign.ts';
import type { Database, Row } from '../store/database.ts';
import { messageStatus } from '../store/outcome-sql.ts';
import { unpaused } from '../store/pauses.ts';
import { ids } from './list.ts';

/** A message that this worker has claimed. */
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
  /** The number of times that it has been handed to a carrier. */
  attempts: number;
}

/**
 * Takes up to `limit` due messages of a channel: transactional ones first, then the oldest, but none that a pause holds. No two workers ever get the
 * same. The messages themselves stay as they are, so that a tick may cancel them meanwhile.
 */
export function claim(
  lane: Database,
  channel: string,
  worker: string,
  now: number,
  limit: number,
  only?: Category,
): Promise<Claimed[]> {
  return lane.transaction(async (tx) => {
    // The claims of one embedded store take turns anyway.
    if (tx.dialect.name === 'postgres')
      await tx.query(sql`SELECT pg_advisory_xact_lock(hashtext(${`claim ${channel}`}))`);
    const rows = await tx.query<Claimed>(sql`
      SELECT message, customer, enrolment, step, campaign, version, template, category, decided_at, expires_at, attempts
      FROM message
      WHERE status = ${messageStatus.decided} AND channel = ${channel}::text AND send_at <= ${now}::bigint AND ${unpaused}
        AND message NOT IN (SELECT message FROM claim)${only ? sql` AND category = ${only}::text` : empty}
      ORDER BY category DESC, decided_at, message LIMIT ${limit}::bigint`);
    if (rows.length > 0)
      await tx.run(sql`
        INSERT INTO claim (message, worker) SELECT x, ${worker}::text FROM ${ids(rows.map((row) => row.message))} AS t(x)`);
    return rows;
  });
}

/** Returns true if a channel has due messages; pauses and claims are not considered. */
export async function anyDue(db: Database, channel: string, now: number): Promise<boolean> {
  const [some] = await db.query(sql`
    SELECT message FROM message WHERE status = ${messageStatus.decided} AND channel = ${channel}::text AND send_at <= ${now}::bigint LIMIT 1`);
  return some !== undefined;
}

/** A condition on rows of `message`: those of these messages that the worker still has claimed and that nobody has cancelled or paused. */
export function stillMine(worker: string, messages: string[]): Sql {
  return sql`message IN ${ids(messages)} AND status = ${messageStatus.decided} AND ${unpaused}
    AND message IN (SELECT message FROM claim WHERE worker = ${worker}::text)`;
}

/** Gives claims back untried. */
export async function release(lane: Database, worker: string, messages: string[]): Promise<void> {
  if (messages.length === 0) return;
  await lane.run(sql`DELETE FROM claim WHERE worker = ${worker}::text AND message IN ${ids(messages)}`);
}
