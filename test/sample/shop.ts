import { createHash } from 'node:crypto';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expression, segment, shop } from '../../engine/plan/world.fixture.ts';
import type { Campaign } from '../../spec/model/campaign.ts';
import type { Model } from '../../spec/model/model.ts';
import { from } from '../data-files.ts';
import { campaign, day, hour } from '../world.ts';

export const start = Date.UTC(2026, 2, 2, 10);

/** Returns a fraction of 1 that follows from a text. */
const fraction = (text: string) =>
  Number.parseInt(createHash('md5').update(text).digest('hex').slice(0, 12), 16) / 2 ** 48;

/**
 * Writes the data files of a shop: a few customers have most of the orders and carts, one in twenty shares an address, one in ten
 * gives no consent, and a few customers are known by an event alone. Another `world` has other customers. Returns their folder.
 */
export async function writeShop(customers: number, world = ''): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'kaskad-sample-'));
  const ids = Array.from({ length: customers }, (_, i) => `${world}c${i}`);
  const iso = (at: number) => new Date(at).toISOString();
  const file = (name: string, header: string, rows: string[]) =>
    writeFile(join(root, name), `${[header, ...rows].join('\n')}\n`);
  const mailbox = (id: string, i: number) => (fraction(`${id} shares`) < 0.05 ? `house${i % 40}` : id);
  await file(
    'customers.csv',
    'id,email,phone,city,points',
    ids.map((id, i) => {
      const [city, points] = [fraction(`${id} city`) < 0.6 ? 'Omsk' : 'Moscow', fraction(`${id} points`) * 200];
      return `${id},${mailbox(id, i)}@example.com,+7900${String(1_000_000 + i)},${city},${Math.round(points)}`;
    }),
  );
  const events = (kind: string, days: [number, number], mean: number) =>
    ids.flatMap((id) => {
      // Most have none or one; the busiest have some ten times the mean.
      const n = Math.floor((mean / 2) * (fraction(`${id} ${kind}`) ** -0.6 - 0.7));
      return Array.from({ length: n }, (_, k) => {
        const [first, last] = days;
        return { id, at: start + (first + (last - first) * fraction(`${id} ${kind} ${k}`)) * day, k };
      });
    });
  const stranger = Array.from({ length: customers / 50 }, (_, i) => `new${i},${iso(start + (i % 7) * day + hour)},2`);
  await file('carts.csv', 'customer,at,items_count', [
    ...events('cart', [0, 7], 1.2).map(({ id, at, k }) => `${id},${iso(at)},${1 + (k % 4)}`),
    ...stranger,
  ]);
  await file(
    'orders.csv',
    'customer,at,total',
    events('order', [-14, 7], 2).map(({ id, at }) => `${id},${iso(at)},${Math.round(fraction(`${id} ${at}`) * 100)}`),
  );
  await file(
    'consent.csv',
    'customer,channel,status,at',
    ids.flatMap((id) =>
      fraction(`${id} consents`) < 0.9
        ? ['email', 'sms'].map((channel) => `${id},${channel},granted,2026-01-01T00:00:00Z`)
        : [],
    ),
  );
  return root;
}

const send = (channel: string, id = 'send-1') => ({ kind: 'send' as const, id, channel, template: 'cart' });

/** Campaigns on events, on segments that rank nobody, and on one that ranks everybody, if `ranked`. */
export function sampledShop({ ranked = true, part = {} }: { ranked?: boolean; part?: Partial<Model> } = {}): Model {
  const { data, project } = shop();
  const files: Record<string, string> = { cart_updated: 'carts.csv', order_paid: 'orders.csv' };
  const member = (name: string, of: string, channel: string): Campaign =>
    campaign({ name, on: { kind: 'segment', segment: of, existing: true }, steps: [send(channel)] });
  const top = segment('top', 'top 20% by sum(order_paid.total in last 90 days)');
  return shop({
    project: { ...project, tick: hour, refresh: day, simulation: { from: start, seed: 'test', engagement: {} } },
    policies: { caps: [{ name: 'weekly', max: 3, per: 7 * day }] },
    data: {
      ...data,
      customers: { ...data.customers, sources: from('customers.csv') },
      events: data.events.map((kind) => ({ ...kind, sources: from(files[kind.name] ?? '') })),
      consent: from('consent.csv'),
    },
    segments: [
      segment('buyers', 'count(order_paid) > 1'),
      segment('local', 'city == "Omsk"'),
      ...(ranked ? [top] : []),
    ],
    campaigns: [
      campaign({
        reenter: { kind: 'after', ms: day },
        steps: [{ kind: 'wait', id: 'wait-1', ms: 2 * hour }, send('email')],
      }),
      campaign({
        name: 'thanks',
        category: 'transactional',
        on: { kind: 'event', event: 'order_paid' },
        reenter: { kind: 'always' },
        steps: [send('email')],
      }),
      member('buyers', 'buyers', 'sms'),
      member('local', 'local', 'email'),
      ...(ranked ? [member('top', 'top', 'sms')] : []),
    ],
    ...part,
  });
}

/** The same with later, fewer and other messages. */
export function changedShop(options: { ranked?: boolean } = {}): Model {
  const before = sampledShop(options);
  return {
    ...before,
    campaigns: before.campaigns.map((one) => {
      if (one.name === 'cart')
        return { ...one, audience: expression('points > 40'), reenter: { kind: 'after', ms: 2 * day } };
      if (one.name === 'buyers') return { ...one, steps: [...one.steps, send('email', 'send-2')] };
      return one;
    }),
  };
}
