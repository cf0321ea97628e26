import sql from 'sql-template-tag';
import type { Database } from '../store/database.ts';

/** Per channel: the chance (0 to 1) that a sent message is opened, and that it is clicked. */
export type Engagement = Record<string, { open: number; click: number }>;

export interface Delivery {
  now: number;
  seed: string;
  engagement: Engagement;
}

/** Reactions come within this time of the sending; sooner ones are likelier. */
const slowest = 12 * 3_600_000;
const soonest = 60_000;

/**
 * Stands in for the carriers: everything in the outbox is sent at once. Whether and when a message is opened and clicked
 * follows from the seed and its id alone, so the rest of the run cannot change it. A click implies an open.
 */
export async function deliver(db: Database, { now, seed, engagement }: Delivery): Promise<void> {
  const sent = await db.run(sql`
    UPDATE message SET status = 'sent', finished_at = ${now}::bigint, attempts = 1
    WHERE status = 'decided' AND send_at <= ${now}::bigint`);
  if (sent === 0) return;
  for (const [channel, { open, click }] of Object.entries(engagement)) {
    const chance = (salt: string) => db.dialect.bucket(sql`concat(${seed}::text, ${`/${salt}/`}::text, m.message)`);
    const delay = (salt: string) => sql`(${soonest}::bigint
      + (${chance(salt)} * ${chance(salt)} * ${chance(salt)} * ${slowest}::bigint)::bigint)`;
    const mine = sql`FROM message m WHERE m.channel = ${channel} AND m.status = 'sent' AND m.finished_at = ${now}::bigint`;
    await db.run(sql`
      INSERT INTO inbox_feedback (id, message, kind, "at")
      SELECT concat('opened/', m.message), m.message, 'opened', ${now}::bigint + ${delay('opens after')}
      ${mine} AND ${chance('reacts')} < ${Math.max(open, click)}`);
    await db.run(sql`
      INSERT INTO inbox_feedback (id, message, kind, "at")
      SELECT concat('clicked/', m.message), m.message, 'clicked',
        ${now}::bigint + ${delay('opens after')} + ${delay('clicks after')}
      ${mine} AND ${chance('reacts')} < ${click}`);
  }
}
