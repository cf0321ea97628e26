import sql, { raw } from 'sql-template-tag';
import { type MessageStatus, messageStatuses } from '../../spec/model/outcomes.ts';
import type { Database } from '../store/database.ts';
import type { Counts, SummaryRow } from './summary.ts';
import { type Window, within } from './window.ts';

interface Group extends Record<string, string | number | null> {
  campaign: string;
  step: string;
  nth: number;
  arm: string | null;
  channel: string;
  day: string;
  status: MessageStatus;
  reason: string | null;
  n: number;
  cost: number;
}

/** Counts messages by campaign, step (in the journey's order), arm, channel and the project's local day of the decision. */
export async function messageRows(db: Database, timezone: string, window: Window): Promise<SummaryRow[]> {
  const local = db.dialect.msToDate(sql`(m.decided_at + z.shift)`);
  const groups = await db.query<Group>(sql`
    SELECT m.campaign, s.id AS step, min(s.step) AS nth, m.arm, m.channel, ${local} AS "day", m.status, m.reason,
      count(*) AS n, sum(m.price::${raw(db.dialect.types.decimal)}) AS cost
    FROM message m JOIN step s ON s.step = m.step
    JOIN tz_offset z ON z.zone = ${timezone} AND z.from_at <= m.decided_at AND m.decided_at < z.to_at
    WHERE ${within(sql`m.decided_at`, window)}
    GROUP BY 1, 2, 4, 5, 6, 7, 8`);
  const order = new Map<string, number>();
  for (const { campaign, step, nth } of groups) {
    const id = `${campaign}\n${step}`;
    order.set(id, Math.min(nth, order.get(id) ?? nth));
  }
  const place = (row: SummaryRow) => order.get(`${row.campaign}\n${row.step}`) ?? 0;
  const rows = new Map<string, SummaryRow>();
  for (const group of groups) {
    const { campaign, step, arm, channel, day } = group;
    const id = [campaign, step, arm, channel, day].join('\n');
    rows.set(id, {
      ...(rows.get(id) ?? { campaign, step, arm, channel, day, ...nothing() }),
      ...add(rows.get(id) ?? nothing(), counts(group)),
    });
  }
  return [...rows.values()].sort(
    (a, b) =>
      compare(a.campaign, b.campaign) ||
      place(a) - place(b) ||
      compare(a.arm ?? '', b.arm ?? '') ||
      compare(a.channel, b.channel) ||
      compare(a.day, b.day),
  );
}

export function nothing(): Counts {
  return { decided: 0, sent: 0, failed: 0, unknown: 0, waiting: 0, refused: 0, reasons: {}, cost: 0 };
}

/** Adds counts: reasons in alphabetical order, costs in whole ten-thousandths. */
export function add(a: Counts, b: Counts): Counts {
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
    cost: Math.round((a.cost + b.cost) * 10_000) / 10_000,
  };
}

function counts({ status, reason, n, cost }: Group): Counts {
  if (!Object.hasOwn(messageStatuses, status)) throw new Error(`no such status of a message: ${status}`);
  const { fate } = messageStatuses[status];
  return {
    ...nothing(),
    decided: n,
    [fate]: n,
    ...(fate === 'refused' && { reasons: { [reason ?? status]: n } }),
    cost: fate === 'sent' || fate === 'unknown' ? cost : 0,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
