import sql from 'sql-template-tag';
import { later } from '../../spec/words/t.ts';
import { ARRIVAL, SOURCE } from '../data/files/shape.ts';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import type { Walk } from './tick.ts';

type Moment = Pick<Walk, 'db' | 'now'>;

/** The time that feedback waits for the message that it names, milliseconds. */
const KEPT = 7 * 86_400_000;

const source = ident(SOURCE);
const line = sql`n.${ident(ARRIVAL)} - s.base`;

/** Feedback that has waited for its message goes back into the inbox when there is one. */
export async function requeueStrays({ db, now }: Moment): Promise<void> {
  if ((await db.query(sql`SELECT 1 AS n FROM stray LIMIT 1`)).length === 0) return;
  const found = await db.run(sql`
    INSERT INTO inbox_feedback (id, message, kind, "at", ${source})
    SELECT n.id, n.message, n.kind, n.at, n.${source} FROM stray n JOIN message m ON m.message = n.message`);
  if (found > 0) {
    await db.run(sql`
      DELETE FROM quarantine WHERE code = 'unknown-message' AND (path, line) IN (
        SELECT s.path, n.line FROM stray n JOIN source s ON s.number = n.${source} JOIN message m ON m.message = n.message)`);
    await db.run(sql`DELETE FROM stray WHERE message IN (SELECT message FROM message)`);
  }
  await db.run(sql`DELETE FROM stray WHERE read_at <= ${now - KEPT}::bigint`);
}

/** Puts all feedback that waits for its message into the inbox, from which rounds take it when there is one. */
export async function releaseStrays(db: Database): Promise<void> {
  await db.run(sql`
    INSERT INTO inbox_feedback (id, message, kind, "at", ${source})
    SELECT id, message, kind, "at", ${source} FROM stray`);
  await db.run(sql`DELETE FROM stray`);
}

/** Selects the instants (at) of the feedback that the next tick takes from those that waited. */
export const strayInstants = sql`SELECT min(n.at) AS "at" FROM stray n JOIN message m ON m.message = n.message`;

/** Keeps and reports the feedback that is due and names an unknown message. */
export async function keepStrays({ db, now }: Moment): Promise<void> {
  const unknown = sql`n.at <= ${now}::bigint AND NOT EXISTS (SELECT 1 FROM message m WHERE m.message = n.message)`;
  const strays = await db.run(sql`
    INSERT INTO stray (id, message, kind, "at", read_at, ${source}, line)
    SELECT n.id, n.message, n.kind, n.at, ${now}::bigint, n.${source}, ${line}
    FROM inbox_feedback n LEFT JOIN source s ON s.number = n.${source}
    WHERE ${unknown} AND NOT EXISTS (SELECT 1 FROM stray k WHERE k.id = n.id)`);
  if (strays === 0) return;
  await db.run(sql`
    INSERT INTO quarantine (path, line, field, code, message, "at", refusal)
    SELECT s.path, ${line}, 'message', 'unknown-message', ${UNKNOWN}, ${now}::bigint,
      n.kind IN ('bounced', 'complained', 'unsubscribed')
    FROM inbox_feedback n JOIN source s ON s.number = n.${source} WHERE ${unknown}`);
}

const UNKNOWN = later`No message has this id. The row waits 7 days for one. Write the id as it is after "?m=" or before the "@" of the Message-ID.`;
