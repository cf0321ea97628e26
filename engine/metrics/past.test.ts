import { expect, it } from 'vitest';
import { chance } from '../../test/chance.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, program } from '../../test/world.ts';
import { applyProgram } from '../deploy/apply.ts';
import type { Database, NewRow } from '../store/database.ts';
import { columnsOf } from '../store/tables.ts';
import { experiments } from './experiments.ts';
import { difference } from './stats/effects.ts';
import type { Pairs } from './stats/pairs.ts';
import { withoutPast } from './stats/pairs.ts';
import { sampleOf } from './stats/sample.ts';

const start = Date.UTC(2026, 5, 1);
const to = start + 10 * day;
const total = { kind: 'field', type: 'money', of: 'trigger', name: 'total' } as const;
const arm = (name: string) => ({ name, share: 5_000, control: name === 'control', steps: [] });
const shop = program({
  campaigns: [
    campaign({
      goal: { event: 'order_paid', within: 3 * day, value: total },
      steps: [{ kind: 'split', id: 'offer', arms: [arm('control'), arm('plain')] }],
    }),
  ],
});

interface Customer {
  arm: string;
  started: number;
  worth?: number;
  /** Orders at these instants, each worth 10. */
  orders: number[];
}

/** Customers who order the more afterwards the more they did before. */
function draw(n: number, seed: number): Customer[] {
  const next = chance(seed);
  return Array.from({ length: n }, () => {
    const started = start + Math.floor(next() * 5) * day;
    const keen = next();
    const arm = next() < 0.5 ? 'control' : 'plain';
    const orders = Array.from({ length: Math.floor(keen * 6) }, () => started - Math.floor(next() * 120) * day - 1);
    const buys = next() < keen * 0.8 + (arm === 'plain' ? 0.1 : 0);
    return { arm, started, orders, ...(buys && { worth: 5 + Math.floor(next() * 10) }) };
  });
}

async function load(db: Database, customers: Customer[]): Promise<void> {
  await applyProgram(db, { program: shop, at: start, lineage: 'test' });
  const [{ name, hash } = { name: '', hash: '' }] = shop.campaigns;
  const load = (table: string, rows: NewRow[]) => db.load(table, columnsOf(shop.data, table), rows);
  await load(
    'customer',
    customers.map((_, customer) => ({ customer, id: `c${customer}` })),
  );
  await load(
    'enrolment',
    customers.map(({ arm, started, worth }, customer) => ({
      ...{ enrolment: customer, customer, campaign: name, version: hash, arm, status: 'ended' },
      ...{ started_at: started, entered_at: started },
      ...(worth !== undefined && { goal_at: started + day, goal_value: worth }),
    })),
  );
  const orders = customers.flatMap(({ orders, started, worth }, customer) => [
    ...orders.map((at) => ({ customer, at, total: 10 })),
    // Events after the enrolment do not count as past.
    ...(worth === undefined ? [] : [{ customer, at: started + day, total: worth }]),
  ]);
  await load(
    'event_order_paid',
    orders.map((order, seq) => ({ ...order, seq, id: `o${seq}` })),
  );
}

/** Computes the same by plain loops. */
function byLoops(customers: Customer[], arm: string, of: 'conversion' | 'revenue'): Pairs {
  const mine = customers.filter((one) => one.arm === arm);
  const pairs = mine.map(({ worth, orders, started }): [number, number] => {
    const before = orders.filter((at) => at < started && at >= started - 90 * day).length;
    return of === 'conversion' ? [worth === undefined ? 0 : 1, before] : [worth ?? 0, before * 10];
  });
  const sum = (value: (pair: [number, number]) => number) => pairs.reduce((total, pair) => total + value(pair), 0);
  const n = pairs.length;
  const [a, b] = [sum(([one]) => one), sum(([, two]) => two)];
  const first = sampleOf(
    n,
    a,
    sum(([one]) => one ** 2),
  );
  const second = sampleOf(
    n,
    b,
    sum(([, two]) => two ** 2),
  );
  const covariance = sum(([one, two]) => (one - a / n) * (two - b / n)) / (n - 1);
  return { n, first, second, covariance };
}

onEveryStore('the own past of customers', (open) => {
  it('narrows the interval of a difference, as plain loops over the rows do', async () => {
    const customers = draw(1_000, 5);
    const db = await open();
    await load(db, customers);
    const [found] = await experiments(db, shop, to);
    const plain = found?.arms.find(({ arm }) => arm === 'plain');
    for (const outcome of ['conversion', 'revenue'] as const) {
      const pairs = ['plain', 'control'].map((arm) => byLoops(customers, arm, outcome)) as [Pairs, Pairs];
      const { treated, control } = withoutPast(...pairs);
      const [freed, as] = [difference(treated, control), difference(pairs[0].first, pairs[1].first)];
      if (!freed || !as) throw new Error('there is no difference');
      const effect = plain?.effect?.[outcome];
      expect(effect?.freed?.always.estimate).toBeCloseTo(freed.estimate, 9);
      expect(effect?.freed?.explained).toBeCloseTo(1 - (freed.error / as.error) ** 2, 9);
      expect(effect?.freed?.explained).toBeGreaterThan(0.1);
      expect(effect?.once.estimate).toBeCloseTo(as.estimate, 9);
      const width = ({ low, high }: { low: number; high: number }) => high - low;
      expect(effect?.freed && width(effect.freed.always) / width(effect.always)).toBeCloseTo(freed.error / as.error, 9);
    }
  });

  it('is not there where nobody had one', async () => {
    const db = await open();
    await load(
      db,
      draw(300, 6).map((one) => ({ ...one, orders: [] })),
    );
    const [found] = await experiments(db, shop, to);
    expect(
      found?.arms.flatMap(({ effect }) => (effect ? [effect.conversion?.freed, effect.revenue?.freed] : [])),
    ).toEqual([null, null]);
  });
});
