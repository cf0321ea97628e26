import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { chance } from '../../../test/chance.ts';
import { onEveryStore } from '../../../test/stores.ts';
import { day, model, program } from '../../../test/world.ts';
import { applyProgram } from '../../deploy/apply.ts';
import type { Database, NewRow } from '../../store/database.ts';
import { noteFeedback } from '../../store/feedback.ts';
import { columnsOf } from '../../store/tables.ts';
import { aliveOf, expectedPurchases, fitBgNbd } from '../stats/bg-nbd.ts';
import { expectedValue, fitGammaGamma } from '../stats/gamma-gamma.ts';
import {
  byLoops,
  cohortsByLoops,
  funnelByLoops,
  type Person,
  purchasesByLoops,
  scoresByLoops,
} from './by-loops.fixture.ts';
import type { ShopFigures } from './figures.ts';
import { metrics, type Question } from './metrics.ts';
import { tellBuyers } from './purchases.ts';
import { groupOfScores } from './rfm.ts';

const zone = 'Pacific/Auckland';
const { data } = model();
const base = program({ data: { ...data, events: [...data.events, { name: 'visited', sources: [], fields: [] }] } });
const shop = { ...base, project: { ...base.project, timezone: zone } };
const to = Date.UTC(2026, 4, 20);
const from = to - 150 * day;
const orders = { event: 'order_paid', value: 'total', window: 90 * day };

/** Customers of three cities, or of none, who order up to eight times in a year and a half. */
function draw(n: number, seed: number): Person[] {
  const next = chance(seed);
  const times = (most: number) => Array.from({ length: Math.floor(next() ** 2 * (most + 1)) }, () => at());
  // Whole hours, so that a cart and an order are often at the same instant.
  const at = () => to + 20 * day - Math.floor(next() * 540 * 24) * 3_600_000;
  const pick = <T>(...all: T[]) => all[Math.floor(next() * all.length)] as T;
  return Array.from({ length: n }, () => ({
    city: pick('Riga', 'Oslo', 'Bonn', null),
    orders: times(8).map((one) => ({ at: one, worth: Math.floor(next() * 10_000) / 100 })),
    visits: times(30),
    carts: times(20),
    messages: times(12).map((one) => ({
      at: one,
      status: pick('sent', 'sent', 'unknown', 'failed', 'suppressed'),
      reason: pick(null, 'bounced'),
      price: 0.25,
      kinds: pick(
        [],
        ['delivered'],
        ['opened', 'clicked'],
        ['delivered', 'complained'],
        ['bounced'],
        ['unsubscribed'],
        ['prefetched'],
      ),
    })),
  }));
}

async function load(db: Database, people: Person[]): Promise<void> {
  await applyProgram(db, { program: shop, at: 0, lineage: 'test' });
  const put = (table: string, rows: NewRow[]) => db.load(table, columnsOf(shop.data, table), rows);
  await put(
    'customer',
    people.map(({ city }, customer) => ({ customer, id: `c${customer}`, city })),
  );
  // Numbers of customers begin at 1: those of events that were taken back are below 0.
  await db.run(sql`UPDATE customer SET customer = customer + 1`);
  const all = people.flatMap(({ orders }, i) => orders.map(({ at, worth }) => ({ customer: i + 1, at, total: worth })));
  const back = all.slice(0, 3).map((one) => ({ ...one, customer: -one.customer, total: 1e6 }));
  await put(
    'event_order_paid',
    [...all, ...back].map((order, seq) => ({ ...order, seq, id: `o${seq}` })),
  );
  for (const [kind, of] of [
    ['cart_updated', 'carts'],
    ['visited', 'visits'],
  ] as const)
    await put(
      `event_${kind}`,
      people.flatMap((one, i) => one[of].map((at, n) => ({ customer: i + 1, at, seq: i * 100 + n, id: `k${i} ${n}` }))),
    );
  const messages = people.flatMap((person, i) =>
    person.messages.map(({ at, kinds, ...more }, n) => ({
      ...{ message: `m${i} ${n}`, customer: i + 1, channel: n % 2 === 0 ? 'email' : 'sms', decided_at: at, kinds },
      ...more,
    })),
  );
  await put(
    'message',
    messages.map(({ kinds: _, ...message }) => message),
  );
  const heard = messages.flatMap(({ message, customer, kinds }) => kinds.map((kind) => ({ message, customer, kind })));
  await put(
    'message_event',
    heard.map((one, seq) => ({ ...one, seq, id: `f${seq}` })),
  );
  await noteFeedback(db, 0);
}

/** Returns the figures as the loops name them. */
function figures({ cac, purchaseInterval, ltv, ...found }: ShopFigures) {
  const { buyers, newCustomers, orders, revenue } = found;
  return {
    ...{ buyers, newCustomers, orders, revenue, cac, purchaseInterval },
    averageOrder: found.averageOrder?.estimate,
    ordersPerBuyer: found.ordersPerBuyer?.estimate,
    revenuePerBuyer: found.revenuePerBuyer?.estimate,
    retention: found.retention?.estimate,
    churn: found.churn?.estimate,
    ltv: ltv?.value.estimate,
  };
}

/** Rounds all numbers, and leaves out what cannot be divided. */
function rounded(values: object): Record<string, number> {
  const known = Object.entries(values).filter(([, n]) => Number.isFinite(n));
  return Object.fromEntries(known.map(([name, n]) => [name, Number(Number(n).toPrecision(10))]));
}

onEveryStore('the numbers of a shop', (open) => {
  const ask = (db: Database, more: Partial<Question> = {}) =>
    metrics({ db, program: shop, orders, from, to, now: to + 20 * day, ...more });

  it('are those of plain loops over the rows: of all, of each city, and of a segment', async () => {
    const db = await open();
    const people = draw(150, 3);
    await load(db, people);
    const found = await ask(db, { by: 'city' });
    expect(rounded(figures(found.total))).toEqual(rounded(byLoops(people, { from, to }).shop));
    expect(found.groups.map(({ value }) => value).sort()).toEqual(['Bonn', 'Oslo', 'Riga', null]);
    for (const { value, ...one } of found.groups) {
      const mine = byLoops(
        people.filter(({ city }) => city === value),
        { from, to },
      );
      expect(rounded(figures(one)), String(value)).toEqual(rounded(mine.shop));
    }
    const members = sql`SELECT customer FROM customer WHERE city = 'Oslo'`;
    const segment = await ask(db, { members });
    const oslo = { value: 'Oslo', ...segment.total, channels: segment.channels };
    expect(found.groups.find(({ value }) => value === 'Oslo')).toEqual(oslo);
    for (const [i, channel] of ['email', 'sms'].entries()) {
      const some = people.map((one) => ({ ...one, messages: one.messages.filter((_, n) => n % 2 === i) }));
      expect(found.channels[i]).toMatchObject({ channel, ...byLoops(some, { from, to }).channel });
    }
  });

  it('have cohorts, months, a funnel and groups by RFM that are those of plain loops', async () => {
    const db = await open();
    const people = draw(150, 4);
    await load(db, people);
    const within = 60 * day;
    const found = await ask(db, { funnel: { events: ['visited', 'cart_updated', 'order_paid'], within } });
    const cells = cohortsByLoops(people, to, zone);
    const cohorts = found.cohorts.flatMap(({ month, months }) =>
      months.flatMap(({ since, buyers, orders, revenue }) => {
        const [year = 0, first = 0] = month.split('-').map(Number);
        const then = new Date(Date.UTC(year, first - 1 + since, 1)).toISOString().slice(0, 7);
        return buyers > 0 ? [[`${month} ${then}`, rounded([buyers, orders, revenue])] as const] : [];
      }),
    );
    const expected = [...cells].filter(([key]) => key >= '2025-12');
    expect(Object.fromEntries(cohorts)).toEqual(
      Object.fromEntries(expected.map(([key, figures]) => [key, rounded(figures)])),
    );
    for (const { since, customers, buyers } of found.retention) {
      const known = found.cohorts.filter(({ months }) => months.length > since + 1);
      const sum = (of: (cohort: (typeof known)[number]) => number) => known.reduce((all, one) => all + of(one), 0);
      expect([customers, buyers]).toEqual([
        sum((one) => one.customers),
        sum(({ months }) => months[since]?.buyers ?? 0),
      ]);
    }
    expect(found.retention.map(({ since }) => since)).toEqual([0, 1, 2, 3, 4]);
    expect(found.months.map(({ month }) => month)).toEqual([
      '2025-12',
      '2026-01',
      '2026-02',
      '2026-03',
      '2026-04',
      '2026-05',
    ]);
    for (const { month, ...one } of found.months) {
      const mine = [...cells].filter(([key]) => key.endsWith(month)).map(([, figures]) => figures);
      const sum = (i: number) => mine.reduce((all, figures) => all + (figures[i] ?? 0), 0);
      const newCustomers = cells.get(`${month} ${month}`)?.[0] ?? 0;
      expect(rounded(one)).toEqual(rounded({ newCustomers, buyers: sum(0), orders: sum(1), revenue: sum(2) }));
    }
    const came = found.funnel?.steps.map(({ customers }) => customers);
    expect(came).toEqual(funnelByLoops(people, { from, to }, within));
    expect(came?.[2]).toBeGreaterThan(10);

    const scores = scoresByLoops(people, to, orders.window);
    const counts: Record<string, number> = {};
    for (const pair of scores.values()) counts[pair.join()] = (counts[pair.join()] ?? 0) + 1;
    const inCells = found.rfm.cells.map(({ recency, frequency, customers }) => [`${recency},${frequency}`, customers]);
    expect(Object.fromEntries(inCells)).toEqual(counts);
    const sizes: Record<string, number> = {};
    for (const pair of scores.values()) sizes[groupOfScores(...pair)] = (sizes[groupOfScores(...pair)] ?? 0) + 1;
    expect(Object.fromEntries(found.rfm.groups.map(({ group, customers }) => [group, customers]))).toEqual(sizes);
    for (const { from: then, to: now, moves } of found.rfm.moves) {
      const [old, late] = [then, now].map((at) => scoresByLoops(people, at, orders.window));
      const walked: Record<string, number> = {};
      for (const i of people.keys()) {
        const [a, b] = [old?.get(i), late?.get(i)].map((pair) => (pair ? groupOfScores(...pair) : 'none'));
        if (a !== 'none' || b !== 'none') walked[`${a} ${b}`] = (walked[`${a} ${b}`] ?? 0) + 1;
      }
      expect(Object.fromEntries(moves.map((one) => [`${one.from} ${one.to}`, one.customers]))).toEqual(walked);
    }
    expect(found.rfm.moves).toHaveLength(5);
  });

  it('have predictions by the models of statistics, added up by loops over the customers', async () => {
    const db = await open();
    const people = draw(150, 6);
    await load(db, people);
    const { predicted } = await ask(db, { by: 'city' });
    const buyers = purchasesByLoops(people, to, zone);
    const model = fitBgNbd(buyers);
    const money = fitGammaGamma(
      buyers.flatMap(({ repeats, spent }) => (repeats > 0 ? [{ purchases: repeats, mean: spent / repeats }] : [])),
    );
    if (!predicted?.spending || !model || !money) throw new Error('there is no model');
    for (const name of ['r', 'alpha'] as const) expect(predicted.purchasing[name] / model[name]).toBeCloseTo(1, 4);
    for (const name of ['p', 'q', 'gamma'] as const) expect(predicted.spending[name] / money[name]).toBeCloseTo(1, 4);
    const { purchasing, spending } = predicted;
    for (const { value, ...found } of [...predicted.groups, { ...predicted, value: undefined }]) {
      const mine = buyers.filter(({ city }) => value === undefined || city === value);
      const sum = (of: (one: (typeof mine)[number]) => number) => mine.reduce((all, one) => all + of(one), 0);
      const expected = (one: (typeof mine)[number]) => expectedPurchases(purchasing, one, 365 / 7);
      const worth = ({ repeats, spent }: (typeof mine)[number]) =>
        expectedValue(spending, { purchases: repeats, mean: repeats > 0 ? spent / repeats : 0 }) ?? 0;
      expect(found.customers).toBe(mine.length);
      expect(found.alive).toBeCloseTo(
        sum((one) => aliveOf(purchasing, one)),
        6,
      );
      expect(found.purchases).toBeCloseTo(sum(expected), 6);
      expect(found.revenue).toBeCloseTo(
        sum((one) => expected(one) * worth(one)),
        1,
      );
    }
    const told: { id: string }[] = [];
    const pages: number[] = [];
    const page = (some: { id: string }[]) => pages.push(some.length) && told.push(...some);
    await tellBuyers({ db, program: shop, orders, from, to }, zone, page, 40);
    expect(told.map(({ id }) => id)).toEqual(buyers.map(({ id }) => id));
    expect(told.map((one) => rounded({ ...one, id: 0 }))).toEqual(
      buyers.map(({ id: _, city: __, ...one }) => rounded({ ...one, id: 0, customers: 1 })),
    );
    expect(pages.slice(0, -1).every((n) => n === 40)).toBe(true);

    const members = sql`SELECT customer FROM customer WHERE city = 'Oslo'`;
    const segment = (await ask(db, { members })).predicted;
    expect(segment, 'the models are those of all').toMatchObject({ purchasing, spending });
    expect(segment).toMatchObject(
      Object.fromEntries(Object.entries(predicted.groups.find(({ value }) => value === 'Oslo') ?? {}).slice(1)),
    );
  });

  it('say nothing where there is nothing: no customer, no order, no message', async () => {
    const db = await open();
    await load(db, [{ city: 'Riga', orders: [], visits: [], carts: [from], messages: [] }]);
    const found = await ask(db, { by: 'city', funnel: { events: ['cart_updated', 'order_paid'], within: day } });
    expect(found).toMatchObject({
      groups: [],
      months: [],
      cohorts: [],
      rfm: { cells: [], groups: [], moves: [] },
      channels: [],
    });
    const none = { averageOrder: null, purchaseInterval: null, retention: null, churn: null, cac: null, ltv: null };
    expect(found.total).toMatchObject({ buyers: 0, orders: 0, revenue: 0, ...none });
    expect(found.funnel?.steps.map(({ customers }) => customers)).toEqual([1, 0]);
  });

  it('have no interval of one buyer, and know the order before the time', async () => {
    const db = await open();
    const at = [from - 40 * day, from + 5 * day];
    await load(db, [
      { city: null, orders: at.map((one) => ({ at: one, worth: 10 })), visits: [], carts: [], messages: [] },
    ]);
    const { total, cohorts, months } = await ask(db);
    expect(total).toMatchObject({ buyers: 1, newCustomers: 0, repeatBuyers: 1, earlierBuyers: 1, lost: 0, cac: null });
    expect(total).toMatchObject({ purchaseInterval: 45, averageOrder: { estimate: 10, low: null, high: null } });
    expect(total.ltv).toMatchObject({ customers: 1, value: { estimate: 20, low: null } });
    expect(cohorts, 'the first order is older').toEqual([]);
    expect(months.map(({ buyers }) => buyers)).toEqual([1, 0, 0, 0, 0, 0]);
  });
});
