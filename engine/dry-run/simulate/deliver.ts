import sql, { join, raw, type Sql } from 'sql-template-tag';
import { expirePaused } from '../../delivery/expire-paused.ts';
import { toCustomers } from '../../program/facts.ts';
import type { Program } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import { messageStatus } from '../../store/outcome-sql.ts';
import { unpaused } from '../../store/pauses.ts';

/** Per channel: the chance (0 to 1) that a sent message is opened, and that it is clicked. */
export type Engagement = Record<string, { open: number; click: number }>;

/** Returns the engagement of the channels that reach customers: webhooks and tasks are never opened or clicked. */
export function ofCustomers({ channels }: Program, engagement: Engagement): Engagement {
  const others = new Set(channels.filter((channel) => !toCustomers(channel)).map((channel) => channel.name));
  return Object.fromEntries(Object.entries(engagement).filter(([channel]) => !others.has(channel)));
}

export interface Delivery {
  now: number;
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
export async function deliver(db: Database, { now, seed, engagement }: Delivery): Promise<void> {
  await expirePaused(db, now);
  const sent = await db.run(sql`
    UPDATE message SET status = ${messageStatus.sent}, finished_at = ${now}::bigint, attempts = 1
    WHERE status = ${messageStatus.decided} AND send_at <= ${now}::bigint AND ${unpaused}`);
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
  await db.run(sql`
    INSERT INTO inbox_feedback (id, message, kind, "at")
    WITH drawn AS (
      SELECT m.message, ${chance('reacts')} AS reacts, ${chance('opens after')} AS opens, ${chance('clicks after')} AS clicks,
        r.open_rate, r.click_rate
      FROM message m JOIN (VALUES ${rates}) r (channel, open_rate, click_rate) ON r.channel = m.channel
      WHERE m.status = ${messageStatus.sent} AND m.finished_at = ${now}::bigint)
    SELECT concat('opened/', d.message), d.message, 'opened', ${now}::bigint + ${delay(raw('d.opens'))}
    FROM drawn d WHERE d.reacts < d.open_rate
    UNION ALL
    SELECT concat('clicked/', d.message), d.message, 'clicked',
      ${now}::bigint + ${delay(raw('d.opens'))} + ${delay(raw('d.clicks'))}
    FROM drawn d WHERE d.reacts < d.click_rate`);
}
