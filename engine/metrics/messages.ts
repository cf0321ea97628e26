import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { type MessageStatus, messageStatuses } from '../../spec/model/outcomes.ts';
import type { Database } from '../store/database.ts';
import { messageReason, messageStatus } from '../store/outcome-sql.ts';
import { dayText, localDay } from './local-day.ts';
import { type Window, within } from './window.ts';

/**
 * `decided`: candidates that reached the gates; each is in exactly one of the next five. The six kinds of feedback count messages, each once,
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
  /** Opened and clicked ones are delivered, and clicked ones are opened. */
  delivered: number;
  opened: number;
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
  feedback: number;
  n: number;
  cost: number;
}

/** A bit for each kind of feedback, with those of the kinds that it implies, as in cascades. */
const bits = { delivered: 1, opened: 3, clicked: 7, bounced: 8, complained: 16, unsubscribed: 32 } as const;
const kinds = Object.entries(bits) as [keyof typeof bits, number][];

/** The statuses of messages that were sent, or may have been. */
const away = join([messageStatus.sent, messageStatus.unknown]);

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
  const [number] = await db.query<{ all: number; mine: number }>(
    sql`SELECT count(*) AS "all", count(*) FILTER (WHERE ${chosen}) AS mine FROM message m`,
  );
  const few = number !== undefined && number.mine < number.all * FEW;
  const groups = await db.query<Group>(sql`
    SELECT g.*, s.id AS step, s.step AS nth FROM (
      SELECT m.campaign, m.version, m.step AS place, m.arm, m.channel, ${localDay(db, timezone, sql`m.decided_at`, window)} AS "day",
        m.status, m.reason, ${heard} AS feedback, count(*) AS n, sum(m.price::${raw(db.dialect.types.decimal)}) AS cost
      FROM message m LEFT JOIN (${feedbackOf(few ? chosen : undefined)}) f ON f.message = m.message
      WHERE ${chosen}
      GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9) g
    JOIN step s ON s.step = g.place`);
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

/** The share of all messages up to which feedback is looked up by message; for more, adding up all feedback is faster. */
const FEW = 0.5;

/** Selects the feedback of messages (message, heard). `chosen`: the condition on messages `m`. */
function feedbackOf(chosen: Sql | undefined): Sql {
  const heard = join(
    kinds.map(([kind, bit]) => sql`WHEN ${raw(`'${kind}'`)} THEN ${raw(String(bit))}`),
    ' ',
  );
  const only = chosen ? sql`WHERE e.message IN (SELECT m.message FROM message m WHERE ${chosen})` : empty;
  return sql`SELECT e.message, bit_or(CASE e.kind ${heard} ELSE 0 END) AS heard FROM message_event e ${only} GROUP BY e.message`;
}

const heard = sql`CASE WHEN m.status IN (${away}) THEN coalesce(f.heard, 0)
  WHEN m.status = ${messageStatus.failed} AND m.reason = ${messageReason.bounced} THEN ${raw(String(bits.bounced))} ELSE 0 END`;

export function noMessages(): MessageCounts {
  return {
    ...{ decided: 0, sent: 0, failed: 0, unknown: 0, waiting: 0, refused: 0, reasons: {} },
    ...{ delivered: 0, opened: 0, clicked: 0, bounced: 0, complained: 0, unsubscribed: 0, cost: 0 },
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
  return {
    ...noMessages(),
    decided: n,
    [fate]: n,
    ...(fate === 'refused' && { reasons: { [reason ?? status]: n } }),
    ...Object.fromEntries(kinds.map(([kind, bit]) => [kind, (feedback & bit) === bit ? n : 0])),
    cost: fate === 'sent' || fate === 'unknown' ? cost : 0,
  };
}

/** Returns an amount in whole ten-thousandths. */
export function toMoney(amount: number): number {
  return Math.round(amount * 10_000) / 10_000;
}

export function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
