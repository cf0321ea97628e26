import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Database } from './database.ts';

/**
 * A bit for each kind of feedback, together with those of the kinds that it implies, as in cascades. Stores have these numbers in
 * `message.feedback`, so none is ever changed. `prefetched`: opened by a machine.
 */
export const feedbackBits = {
  delivered: 1,
  opened: 3,
  clicked: 7,
  bounced: 8,
  complained: 16,
  unsubscribed: 32,
  prefetched: 65,
} as const;

export type Feedback = keyof typeof feedbackBits;

const bits = join(
  Object.entries(feedbackBits).map(([kind, bit]) => sql`WHEN ${raw(`'${kind}'`)} THEN ${raw(String(bit))}`),
  ' ',
);

/** The condition that the bits of a message (null: none) have a kind of feedback. */
export function hasFeedback(bits: Sql, kind: Feedback): Sql {
  const bit = raw(String(feedbackBits[kind]));
  return sql`(coalesce(${bits}, 0) & ${bit}) = ${bit}`;
}

/** Notes at the messages what the feedback from the number `from` on says about them. It may be noted twice. */
export async function noteFeedback(db: Database, from: number): Promise<void> {
  await db.run(sql`
    UPDATE message SET feedback = coalesce(message.feedback, 0) | n.heard FROM (
      SELECT e.customer, e.message, bit_or(CASE e.kind ${bits} ELSE 0 END) AS heard FROM message_event e
      WHERE e.seq >= ${from}::bigint GROUP BY e.customer, e.message) n
    WHERE message.customer = n.customer AND message.message = n.message`);
}
