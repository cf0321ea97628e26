import sql from 'sql-template-tag';
import type { Database } from '../store/database.ts';
import { messageStatus } from '../store/outcome-sql.ts';
import type { Window } from './counts.ts';

/** A message that the planned program would send. It names a customer, so it is never part of a plan. */
export type Recipient = {
  /** Epoch milliseconds. */
  at: number;
  /** The shop's own id. */
  customer: string;
  campaign: string;
  step: string;
  channel: string;
  template: string;
};

const page = 50_000;

/** Tells the messages of a simulation in their order, page by page. */
export async function tellRecipients(
  db: Database,
  { from, to }: Window,
  tell: (recipients: Recipient[]) => void,
): Promise<void> {
  for (let told = 0; ; told += page) {
    const rows = await db.query<Recipient>(sql`
      SELECT m.decided_at AS "at", i.id AS customer, m.campaign, s.id AS step, m.channel, coalesce(m.template, '') AS template
      FROM message m JOIN step s ON s.step = m.step JOIN customer i ON i.customer = m.customer
      WHERE m.status = ${messageStatus.sent} AND m.decided_at >= ${from}::bigint AND m.decided_at < ${to}::bigint
      ORDER BY m.decided_at, m.campaign, s.id, i.id, m.message LIMIT ${page}::bigint OFFSET ${told}::bigint`);
    if (rows.length > 0) tell(rows);
    if (rows.length < page) return;
  }
}
