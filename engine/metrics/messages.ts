import sql, { empty, raw } from 'sql-template-tag';
import { type MessageStatus, messageStatuses } from '../../spec/model/outcomes.ts';
import type { Database } from '../store/database.ts';
import { type Feedback, feedbackBits } from '../store/feedback.ts';
import { dayText, localDay } from './local-day.ts';
import { type Window, within } from './window.ts';

/**
 * `decided`: candidates that reached the gates; each is in exactly one of the next five. The kinds of feedback count messages, each once,
 * among those that were sent or may have been (`unknown`); `bounced` also has those that failed for it.
 */
export interface MessageCounts {
  decided: number;
  sent: number;
  failed: number;
  unknown: number;
  waiting: number;
  refused: number;
  /** The number of refused messages by reason. */
  reasons: Record<string, number>;
  /** Those that were opened or clicked, or that a machine opened, are delivered, and clicked ones are opened. */
  delivered: number;
  opened: number;
  /** Those that a machine opened, whether somebody did or not. */
  prefetched: number;
  clicked: number;
  bounced: number;
  complained: number;
  unsubscribed: number;
  /** The cost of what was sent, or may have been (`unknown`). */
  cost: number;
}

/** The fates of the messages decided at one step on one local day of the project. */
export interface MessageRow extends MessageCounts {
  campaign: string;
  version: string;
  step: string;
  /** Null before any split; nested ones are joined by `/`. */
  arm: string | null;
  channel: string;
  /** `YYYY-MM-DD` */
  day: string;
}

interface Group extends Record<string, string | number | null> {
  campaign: string;
  version: string;
  step: string;
  nth: number;
  arm: string | null;
  channel: string;
  day: number;
  status: MessageStatus;
  reason: string | null;
  feedback: number | null;
  n: number;
  cost: number;
}

const kinds = Object.entries(feedbackBits) as [Feedback, number][];

/**
 * Counts messages by campaign, version, step (in the journey's order), arm, channel and the project's local day of the decision. What comes
 * later, such as feedback, counts on that day too. `campaign`: only those of this one.
 */
export async function messageRows(
  db: Database,
  timezone: string,
  window: Window,
  campaign?: string,
): Promise<MessageRow[]> {
  const chosen = sql`${within(sql`m.decided_at`, window)}${campaign === undefined ? empty : sql` AND m.campaign = ${campaign}`}`;
  const groups = await db.query<Group>(sql`
    SELECT s.campaign, s.version, s.id AS step, g.* FROM (
      SELECT m.step AS nth, m.arm, m.channel, ${localDay(db, timezone, sql`m.decided_at`, window)} AS "day", m.status,
        m.reason, m.feedback, count(*) AS n, sum(m.price::${raw(db.dialect.types.decimal)}) AS cost
      FROM message m WHERE ${chosen} GROUP BY 1, 2, 3, 4, 5, 6, 7) g
    JOIN step s ON s.step = g.nth`);
  const order = new Map<string, number>();
  for (const { campaign, step, nth } of groups) {
    const id = `${campaign}\n${step}`;
    order.set(id, Math.min(nth, order.get(id) ?? nth));
  }
  const place = (row: MessageRow) => order.get(`${row.campaign}\n${row.step}`) ?? 0;
  const rows = new Map<string, MessageRow>();
  for (const group of groups) {
    const { campaign, version, step, arm, channel } = group;
    const day = dayText(group.day);
    const id = [campaign, version, step, arm, channel, day].join('\n');
    rows.set(id, {
      ...(rows.get(id) ?? { campaign, version, step, arm, channel, day, ...noMessages() }),
      ...addMessages(rows.get(id) ?? noMessages(), counts(group)),
    });
  }
  return [...rows.values()].sort(
    (a, b) =>
      compare(a.campaign, b.campaign) ||
      place(a) - place(b) ||
      compare(a.arm ?? '', b.arm ?? '') ||
      compare(a.channel, b.channel) ||
      compare(a.day, b.day) ||
      compare(a.version, b.version),
  );
}

/** Returns the kinds of feedback that have ever come about messages of each channel, as bits. */
export async function heardBy(db: Database): Promise<Map<string, number>> {
  const rows = await db.query<{ channel: string; heard: number }>(
    sql`SELECT channel, bit_or(feedback) AS heard FROM message WHERE feedback IS NOT NULL GROUP BY channel`,
  );
  return new Map(rows.map(({ channel, heard }) => [channel, heard]));
}

export function noMessages(): MessageCounts {
  return {
    ...{ decided: 0, sent: 0, failed: 0, unknown: 0, waiting: 0, refused: 0, reasons: {} },
    ...{ delivered: 0, opened: 0, prefetched: 0, clicked: 0, bounced: 0, complained: 0, unsubscribed: 0, cost: 0 },
  };
}

/** Adds counts: reasons in alphabetical order, costs in whole ten-thousandths. */
export function addMessages(a: MessageCounts, b: MessageCounts): MessageCounts {
  const reasons = new Map(Object.entries(a.reasons));
  for (const [reason, n] of Object.entries(b.reasons)) reasons.set(reason, (reasons.get(reason) ?? 0) + n);
  return {
    decided: a.decided + b.decided,
    sent: a.sent + b.sent,
    failed: a.failed + b.failed,
    unknown: a.unknown + b.unknown,
    waiting: a.waiting + b.waiting,
    refused: a.refused + b.refused,
    reasons: Object.fromEntries([...reasons].sort(([x], [y]) => compare(x, y))),
    delivered: a.delivered + b.delivered,
    opened: a.opened + b.opened,
    prefetched: a.prefetched + b.prefetched,
    clicked: a.clicked + b.clicked,
    bounced: a.bounced + b.bounced,
    complained: a.complained + b.complained,
    unsubscribed: a.unsubscribed + b.unsubscribed,
    cost: toMoney(a.cost + b.cost),
  };
}

function counts({ status, reason, feedback, n, cost }: Group): MessageCounts {
  if (!Object.hasOwn(messageStatuses, status)) throw new Error(`no such status of a message: ${status}`);
  const { fate } = messageStatuses[status];
  const away = fate === 'sent' || fate === 'unknown';
  const cameBack = fate === 'failed' && reason === 'bounced' ? feedbackBits.bounced : 0;
  const heard = away ? (feedback ?? 0) : cameBack;
  return {
    ...noMessages(),
    decided: n,
    [fate]: n,
    ...(fate === 'refused' && { reasons: { [reason ?? status]: n } }),
    ...Object.fromEntries(kinds.map(([kind, bit]) => [kind, (heard & bit) === bit ? n : 0])),
    cost: away ? cost : 0,
  };
}

/** Returns an amount in whole ten-thousandths. */
export function toMoney(amount: number): number {
  return Math.round(amount * 10_000) / 10_000;
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
