import sql from 'sql-template-tag';
import type { Details } from '../../engine/plan/details.ts';
import type { Database } from '../../engine/store/database.ts';
import { day, hour } from '../world.ts';

/** Numbers by their names; an absent name means 0. */
type Figures = Map<string, number>;

interface Sent {
  customer: number;
  campaign: string;
  channel: string;
  step: string;
  status: string;
  reason: string | null;
  at: number;
}

interface Left {
  customer: number;
  campaign: string;
  reason: string;
}

/** The figures beside messages, cost and entries that a plan has for the coming 7 days. */
export function plannedFigures(details: Details): Figures {
  const figures: Figures = new Map();
  const put = (name: string, { after }: { after: number | null }) => figures.set(name, after ?? 0);
  put('customers with messages', details.recipients);
  put('customers with messages of several campaigns', details.several);
  for (const { campaign, step, channel, day, week } of details.steps) {
    put(`${campaign} ${step} ${channel}, messages of the day`, day);
    put(`${campaign} ${step} ${channel}, messages of the week`, week);
  }
  for (const one of details.leaving) put(`${one.campaign}, leave`, one);
  for (const one of details.exits) put(`${one.campaign}, leave by ${one.reason}`, one);
  for (const one of details.refusals) put(`${one.campaign} ${one.channel}, refused by ${one.reason}`, one);
  for (const { campaigns, ...one } of details.overlaps.greatest) put(`${campaigns.join(' and ')}, in common`, one);
  for (const { campaign, channel, after } of details.days)
    for (const [i, n] of after.entries()) figures.set(`${campaign} ${channel}, day ${i}`, n);
  for (const { channel, after } of details.hours)
    for (const [i, n] of after.entries()) figures.set(`${channel}, hour ${i}`, n);
  return figures;
}

/** Counts the same figures in a store that has ticked through the 7 days from `from` on. */
export async function figuresOf(db: Database, from: number): Promise<Figures> {
  const until = from + 7 * day;
  const messages = await db.query<{ [K in keyof Sent]: Sent[K] }>(sql`
    SELECT m.customer, m.campaign, m.channel, s.id AS "step", m.status, m.reason, m.decided_at AS "at"
    FROM message m JOIN step s ON s.step = m.step WHERE m.decided_at >= ${from}::bigint AND m.decided_at < ${until}::bigint`);
  const left = await db.query<{ [K in keyof Left]: Left[K] }>(sql`
    SELECT customer, campaign, reason FROM enrolment WHERE ended_at >= ${from}::bigint AND ended_at < ${until}::bigint`);
  const figures: Figures = new Map();
  const count = (name: string) => figures.set(name, (figures.get(name) ?? 0) + 1);
  const reached = new Map<number, Set<string>>();
  for (const { customer, campaign, channel, step, status, reason, at } of messages) {
    if (status !== 'sent') {
      count(`${campaign} ${channel}, refused by ${reason}`);
      continue;
    }
    reached.set(customer, (reached.get(customer) ?? new Set()).add(campaign));
    if (at < from + day) count(`${campaign} ${step} ${channel}, messages of the day`);
    count(`${campaign} ${step} ${channel}, messages of the week`);
    count(`${campaign} ${channel}, day ${Math.floor((at - from) / day)}`);
    count(`${channel}, hour ${Math.floor(at / hour) - Math.floor(from / hour)}`);
  }
  for (const { campaign, reason } of left) {
    count(`${campaign}, leave`);
    count(`${campaign}, leave by ${reason}`);
  }
  for (const campaigns of reached.values()) {
    count('customers with messages');
    if (campaigns.size > 1) count('customers with messages of several campaigns');
    for (const one of campaigns)
      for (const other of campaigns) if (one < other) count(`${one} and ${other}, in common`);
  }
  return figures;
}

/** Returns in words where the figures of a plan and of ticks differ. */
export function differingFigures(planned: Figures, ticked: Figures): string[] {
  const names = [...new Set([...planned.keys(), ...ticked.keys()])];
  return names
    .filter((name) => (planned.get(name) ?? 0) !== (ticked.get(name) ?? 0))
    .map((name) => `${name}: ${planned.get(name) ?? 0} in the plan, ${ticked.get(name) ?? 0} by the ticks`);
}
