import sql, { empty, raw } from 'sql-template-tag';
import type { Database } from '../store/database.ts';
import { localDay } from './local-day.ts';
import { type Window, within } from './window.ts';

/**
 * An enrolment or a message that results count, with the names of its cell. It names a customer, so it is never part of a report. `step`, `channel`,
 * `message`, `status`, `reason`, `feedback`: of a message. Instants are epoch milliseconds, money in the project's currency.
 */
export type Counted = {
  /** The shop's own id; null where the customer was erased. */
  customer: string | null;
  campaign: string;
  version: string;
  arm: string | null;
  /** `YYYY-MM-DD` */
  day: string;
  /** The instant at which the customer entered, or the message was decided. */
  at: number;
  step: string | null;
  channel: string | null;
  message: string | null;
  status: string | null;
  reason: string | null;
  /** The kinds, joined by blanks. */
  feedback: string | null;
  goalAt: number | null;
  /** The value of the goal. */
  revenue: number | null;
  price: number | null;
};

const page = 50_000;

/** Reads the rows behind the cells of results, page by page: first the enrolments, then the messages. `campaign`: only its rows. */
export async function tellCounted(
  db: Database,
  timezone: string,
  window: Window,
  campaign: string | undefined,
  tell: (counted: Counted[]) => void,
): Promise<void> {
  const { dialect } = db;
  const { text, bigint, double } = dialect.types;
  const day = (at: 'e.entered_at' | 'm.decided_at') =>
    dialect.msToDate(sql`(${localDay(db, timezone, raw(at), window)} * 86400000::bigint)`);
  const only = (column: 'e.campaign' | 'm.campaign') =>
    campaign === undefined ? empty : sql`AND ${raw(column)} = ${campaign}`;
  const none = (type: string) => raw(`NULL::${type}`);
  const statements = [
    sql`
      SELECT c.id AS customer, e.campaign, e.version, e.arm, ${day('e.entered_at')} AS "day", e.entered_at AS "at",
        ${none(text)} AS step, ${none(text)} AS channel, ${none(text)} AS message, ${none(text)} AS status, ${none(text)} AS reason,
        ${none(text)} AS feedback, e.goal_at AS "goalAt", e.goal_value AS revenue, ${none(double)} AS price
      FROM enrolment e LEFT JOIN customer c ON c.customer = e.customer
      WHERE ${within(sql`e.entered_at`, window)} ${only('e.campaign')} ORDER BY e.entered_at, e.enrolment`,
    sql`
      SELECT c.id AS customer, m.campaign, m.version, m.arm, ${day('m.decided_at')} AS "day", m.decided_at AS "at",
        s.id AS step, m.channel, m.message, m.status, m.reason, f.kinds AS feedback,
        ${none(bigint)} AS "goalAt", ${none(double)} AS revenue, m.price
      FROM message m JOIN step s ON s.step = m.step LEFT JOIN customer c ON c.customer = m.customer
      LEFT JOIN (SELECT message, string_agg(kind, ' ' ORDER BY kind) AS kinds FROM (SELECT DISTINCT message, kind FROM message_event) k GROUP BY message) f
        ON f.message = m.message
      WHERE ${within(sql`m.decided_at`, window)} ${only('m.campaign')} ORDER BY m.decided_at, m.message`,
  ];
  for (const statement of statements)
    for (let told = 0; ; told += page) {
      const rows = await db.query<Counted>(sql`${statement} LIMIT ${page}::bigint OFFSET ${told}::bigint`);
      if (rows.length > 0) tell(rows);
      if (rows.length < page) break;
    }
}
