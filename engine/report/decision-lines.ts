import sql, { type Sql } from 'sql-template-tag';
import { type Window, within } from '../metrics/window.ts';
import type { Database } from '../store/database.ts';

/** `at` is ISO 8601 in UTC; `customer` the shop's own id. The order of the members is part of the format. */
export type DecisionLine =
  | { type: 'entry'; at: string; customer: string; campaign: string }
  | {
      type: 'decision';
      at: string;
      customer: string;
      campaign: string;
      step: string;
      channel: string;
      status: string;
      reason: string | null;
    }
  | { type: 'exit'; at: string; customer: string; campaign: string; reason: string | null };

interface Line extends Record<string, string | number | null> {
  at: number;
  customer: string;
  campaign: string;
  /** 0 entry, 1 decision, 2 exit: the order in which they happen within one instant. */
  rank: number;
  /** Within one instant: the steps in the journey's order. */
  nth: number;
  /** Orders lines that are otherwise alike. */
  tie: string;
  step: string | null;
  channel: string | null;
  status: string | null;
  reason: string | null;
}

/**
 * Every entry, decision and exit of the window, ordered by instant, customer, campaign and kind: the same tables give
 * the same lines. `page`: how many are in memory at once.
 */
export async function* decisionLines(db: Database, window: Window, page = 20_000): AsyncGenerator<DecisionLine> {
  let last: Line | undefined;
  do {
    const lines: Line[] = await db.query<Line>(pageAfter(last, window, page));
    for (const line of lines) yield shown(line);
    last = lines.length < page ? undefined : lines.at(-1);
  } while (last);
}

function pageAfter(last: Line | undefined, { from, to }: Window, page: number): Sql {
  const rest = { from: last?.at ?? from, to };
  const beyond = last
    ? sql`("at", customer, campaign, rank, nth, tie) > (${last.at}::bigint, ${last.customer}::text, ${last.campaign}::text,
        ${last.rank}::integer, ${last.nth}::integer, ${last.tie}::text)`
    : sql`TRUE`;
  const enrolment = sql`e.campaign, c.id AS customer, concat(e.enrolment, '') AS tie, e.reason
    FROM enrolment e JOIN customer c ON c.customer = e.customer`;
  return sql`
    SELECT "at", customer, campaign, rank, nth, tie, step, channel, status, reason FROM (
      SELECT e.entered_at AS "at", 0 AS rank, 0 AS nth, NULL::text AS step, NULL::text AS channel, NULL::text AS status,
        ${enrolment} WHERE ${within(sql`e.entered_at`, rest)}
      UNION ALL
      SELECT e.ended_at AS "at", 2 AS rank, 0 AS nth, NULL::text AS step, NULL::text AS channel, NULL::text AS status,
        ${enrolment} WHERE ${within(sql`e.ended_at`, rest)}
      UNION ALL
      SELECT m.decided_at AS "at", 1 AS rank, s.step AS nth, s.id AS step, m.channel, m.status,
        m.campaign, c.id AS customer, m.message AS tie, m.reason
      FROM message m JOIN step s ON s.step = m.step JOIN customer c ON c.customer = m.customer
      WHERE ${within(sql`m.decided_at`, rest)}) lines
    WHERE ${beyond}
    ORDER BY "at", customer, campaign, rank, nth, tie LIMIT ${page}::integer`;
}

function shown({ at, customer, campaign, rank, step, channel, status, reason }: Line): DecisionLine {
  const common = { at: new Date(at).toISOString(), customer, campaign };
  if (rank === 0) return { type: 'entry', ...common };
  if (rank === 2) return { type: 'exit', ...common, reason };
  return { type: 'decision', ...common, step: step ?? '', channel: channel ?? '', status: status ?? '', reason };
}
