import sql, { join, raw } from 'sql-template-tag';
import { type Feedback, hasFeedback } from '../../store/feedback.ts';
import { messageReason, messageStatus } from '../../store/outcome-sql.ts';
import { compare, toMoney } from '../messages.ts';
import { shareInterval } from '../stats/intervals.ts';
import type { Estimate } from '../stats/sample.ts';
import { within } from '../window.ts';
import { type Asked, groupOf, onlyMembers } from './asked.ts';

/** The messages of a channel that were decided within the time and handed over, and what is known of them: each counts once. */
export interface Deliveries {
  /** Sent, or perhaps sent, since nobody knows what a crash hid. */
  sent: number;
  failed: number;
  /** Those that a person or a machine opened are delivered. */
  delivered: number;
  /** Also those that failed for it. */
  bounced: number;
  complained: number;
  unsubscribed: number;
  /** The cost of those sent. */
  cost: number;
}

/** `bounced` is a share of those handed over (sent or failed), the others of those sent. */
export interface ChannelFigures extends Deliveries {
  channel: string;
  rates: Record<'delivered' | 'bounced' | 'complained' | 'unsubscribed', Estimate | null>;
}

export interface DeliveryRow extends Deliveries {
  group: string | null;
  channel: string;
}

/** Counts the messages to the customers by channel, and by the value of an attribute where that is asked for. */
export async function deliveryRows(asked: Asked): Promise<DeliveryRow[]> {
  const { db } = asked;
  const away = sql`m.status IN (${join([messageStatus.sent, messageStatus.unknown])})`;
  const refused = sql`m.status = ${messageStatus.failed} AND m.reason = ${messageReason.bounced}`;
  const heard = (kind: Feedback) => sql`(${away} AND ${hasFeedback(sql`m.feedback`, kind)})`;
  const rows = await db.query<{ [K in keyof DeliveryRow]: DeliveryRow[K] }>(sql`
    SELECT ${groupOf(asked)} AS "group", m.channel, count(*) FILTER (WHERE ${away}) AS sent,
      count(*) FILTER (WHERE m.status = ${messageStatus.failed}) AS failed,
      count(*) FILTER (WHERE ${heard('delivered')}) AS delivered,
      count(*) FILTER (WHERE ${heard('bounced')} OR (${refused})) AS bounced,
      count(*) FILTER (WHERE ${heard('complained')}) AS complained,
      count(*) FILTER (WHERE ${heard('unsubscribed')}) AS unsubscribed,
      coalesce(sum(m.price::${raw(db.dialect.types.decimal)}) FILTER (WHERE ${away}), 0) AS cost
    FROM message m LEFT JOIN customer c ON c.customer = m.customer
    WHERE ${within(sql`m.decided_at`, asked)} AND (${away} OR m.status = ${messageStatus.failed})${onlyMembers(asked, sql`m.customer`)}
    GROUP BY 1, 2`);
  return rows.sort((a, b) => compare(a.channel, b.channel) || compare(a.group ?? '', b.group ?? ''));
}

/** Returns the figures of each channel, by name. */
export function channelFigures(rows: DeliveryRow[]): ChannelFigures[] {
  return [...Map.groupBy(rows, ({ channel }) => channel)].map(([channel, mine]) => {
    const sum = (of: keyof Deliveries) => mine.reduce((all, row) => all + row[of], 0);
    const [sent, failed] = [sum('sent'), sum('failed')];
    const known = { delivered: sum('delivered'), bounced: sum('bounced'), complained: sum('complained') };
    const unsubscribed = sum('unsubscribed');
    const of = (hits: number, n: number) => shareInterval({ hits, n }) ?? null;
    return {
      ...{ channel, sent, failed, ...known, unsubscribed, cost: toMoney(sum('cost')) },
      rates: {
        delivered: of(known.delivered, sent),
        bounced: of(known.bounced, sent + failed),
        complained: of(known.complained, sent),
        unsubscribed: of(unsubscribed, sent),
      },
    };
  });
}
