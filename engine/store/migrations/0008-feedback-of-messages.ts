import sql from 'sql-template-tag';
import { addColumns, columns } from '../columns.ts';
import type { Migration } from './migrations.ts';

/** The feedback about a message is noted at the message, as bits. */
export const feedbackOfMessages: Migration = {
  number: 8,
  async run(db) {
    await addColumns(db, 'message', columns('feedback integer'));
    await db.run(sql`
      UPDATE message SET feedback = n.heard FROM (
        SELECT e.message, bit_or(CASE e.kind WHEN 'delivered' THEN 1 WHEN 'opened' THEN 3 WHEN 'clicked' THEN 7 WHEN 'bounced' THEN 8
          WHEN 'complained' THEN 16 WHEN 'unsubscribed' THEN 32 ELSE 0 END) AS heard
        FROM message_event e GROUP BY e.message) n
      WHERE message.message = n.message`);
  },
};
