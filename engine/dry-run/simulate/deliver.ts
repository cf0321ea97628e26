import sql, { join, raw, type Sql } from 'sql-template-tag';
import { expirePaused } from '../../delivery/expire-paused.ts';
import { toCustomers } from '../../program/facts.ts';
import type { Program } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import { allAt, eachAt, type Moments } from '../../store/moments.ts';
import { messageStatus } from '../../store/outcome-sql.ts';
import { unpaused } from '../../store/pauses.ts';

/** Per channel: the chance (0 to 1) that a sent message is opened, and that it is clicked. */
export type Engagement = Record<string, { open: number; click: number }>;

/** Returns the engagement of the channels that reach customers: webhooks and tasks are never opened or clicked. */
export function ofCustomers({ channels }: Program, engagement: Engagement): Engagement {
  const others = new Set(channels.filter((channel) => !toCustomers(channel)).map((channel) => channel.name));
  return Object.fromEntries(Object.entries(engagement).filter(([channel]) => !others.has(channel)));
}

export interface Reactions {
  /** Decides who reacts. */
  seed: string;
  engagement: Engagement;
}

/** Reactions happen within this time of the sending; sooner ones are likelier. */
const slowest = 12 * 3_600_000;
const soonest = 60_000;

/**
 * Replaces the carriers: everything in the outbox is sent at once. Whether and when a message is opened and clicked
 * follows from the seed and its id alone, so the rest of the run cannot change it. A click implies an open.
 */
export async function deliver(db: Database, { now, ...reactions }: Reactions & { now: number }): Promise<void> {
  await expirePaused(db, now);
  await send(db, allAt(now), reactions);
}

/** The same for the customers in `moment`, at their instants. Nothing is paused; reactions of the future are known at once. */
export function deliverEach(db: Database, reactions: Reactions): Promise<void> {
  return send(db, eachAt('moment'), reactions);
}

async function send(db: Database, moments: Moments, { seed, engagement }: Reactions): Promise<void> {
  const { now, join: joined, from, is } = moments;
  const sent = await db.run(sql`
    UPDATE message SET status = ${messageStatus.sent}, finished_at = ${now}, attempts = 1${from}
    WHERE message.status = ${messageStatus.decided} AND message.send_at <= ${now}${is(sql`message.customer`)} AND ${unpaused}`);
  const channels = Object.entries(engagement).filter(([, { open, click }]) => open > 0 || click > 0);
  if (sent === 0 || channels.length === 0) return;
  const chance = (salt: string) => db.dialect.bucket(sql`concat(${seed}::text, ${`/${salt}/`}::text, m.message)`);
  const rates = join(
    channels.map(
      ([channel, { open, click }]) =>
        sql`(${channel}::text, ${Math.max(open, click)}::${raw(db.dialect.types.double)}, ${click}::${raw(db.dialect.types.double)})`,
    ),
  );
  const delay = (bucket: Sql) =>
    sql`(${soonest}::bigint + (${bucket} * ${bucket} * ${bucket} * ${slowest}::bigint)::bigint)`;
  const drawn = sql`
    WITH drawn AS (
      SELECT m.message, m.customer, ${now} AS now, ${chance('reacts')} AS reacts, ${chance('opens after')} AS opens, ${chance('clicks after')} AS clicks,
        r.open_rate, r.click_rate
      FROM message m${joined(sql`m.customer`)} JOIN (VALUES ${rates}) r (channel, open_rate, click_rate) ON r.channel = m.channel
      WHERE m.status = ${messageStatus.sent} AND m.finished_at = ${now})
    SELECT concat('opened/', d.message) AS id, d.message, d.customer, 'opened' AS kind, d.now + ${delay(raw('d.opens'))} AS "at"
    FROM drawn d WHERE d.reacts < d.open_rate
    UNION ALL
    SELECT concat('clicked/', d.message), d.message, d.customer, 'clicked', d.now + ${delay(raw('d.opens'))} + ${delay(raw('d.clicks'))}
    FROM drawn d WHERE d.reacts < d.click_rate`;
  await db.run(
    moments.each
      ? sql`
    INSERT INTO message_event (seq, id, message, customer, kind, "at")
    SELECT (SELECT coalesce(max(seq), 0) FROM message_event) + row_number() OVER (ORDER BY n.at, n.id), n.id, n.message, n.customer, n.kind, n.at
    FROM (${drawn}) n`
      : sql`INSERT INTO inbox_feedback (id, message, kind, "at") SELECT n.id, n.message, n.kind, n.at FROM (${drawn}) n`,
  );
}
