import { DateTime } from 'luxon';
import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Holdout } from '../../spec/model/model.ts';
import { bucket } from '../../test/bucket.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, hour, model, program } from '../../test/world.ts';
import { applyProgram } from '../deploy/apply.ts';
import type { Database, NewRow } from '../store/database.ts';
import { columnsOf } from '../store/tables.ts';
import { monthsBetween } from './holdout-months.ts';
import { holdoutResults, type Uplift } from './holdouts.ts';
import { sequentialInterval } from './stats/sequential.ts';

const zone = 'Europe/Moscow';
const start = Date.UTC(2026, 0, 20, 9);
const to = Date.UTC(2026, 2, 12);
const kept: Holdout = { name: 'nobody-bothers', share: 3_000, salt: 'winter' };

function shop(holdouts: Holdout[], title = 'a') {
  const { project } = model();
  const goal = {
    event: 'order_paid',
    within: 3 * day,
    value: { kind: 'field', type: 'money', of: 'trigger', name: 'total' } as const,
  };
  return program({ project: { ...project, timezone: zone }, holdouts, campaigns: [campaign({ goal, name: title })] });
}

const isHeld = (id: string) => bucket(`holdout/winter/${id}`) < 0.3;

/** Puts customers into a store: `rate` is the chance to order in a week, of those held out and of the others. */
async function fill(db: Database, n: number, rate: { held: number; others: number }, seed = 'a'): Promise<void> {
  const { data } = shop([]);
  const put = (table: string, rows: NewRow[]) => db.load(table, columnsOf(data, table), rows);
  const customers = Array.from({ length: n }, (_, i) => ({ customer: i + 1, id: `c${i}` }));
  const chance = (...words: unknown[]) => bucket([seed, ...words].join('/'));
  await put('customer', customers);
  await put(
    'consent',
    customers.flatMap(({ customer, id }, seq) => {
      const at = start - 10 * day + Math.floor(chance('known', id) * 60) * day;
      // One in eight has never given consent.
      return chance('consent', id) < 1 / 8 ? [] : [{ seq, id, customer, channel: 'email', granted: true, at }];
    }),
  );
  const orders = customers.flatMap(({ customer, id }) =>
    Array.from({ length: 9 }, (_, week) => week).flatMap((week) => {
      const at = start - 10 * day + week * 7 * day + Math.floor(chance('at', id, week) * 7 * 24) * hour;
      const total = 10 + Math.floor(chance('total', id, week) * 9_000) / 100;
      return chance('order', id, week) < (isHeld(id) ? rate.held : rate.others)
        ? [{ customer, id: `${id}/${week}`, at, total }]
        : [];
    }),
  );
  await put(
    'event_order_paid',
    orders.map((order, seq) => ({ seq, ...order })),
  );
}

/** Counts by plain loops over the rows, by the words of docs/reports.md. */
async function byLoops(db: Database, from: number, until: number) {
  const customers = await db.query<{ customer: number; id: string }>(sql`SELECT customer, id FROM customer`);
  const shared = new Set(
    (await db.query(sql`SELECT customer FROM mailbox WHERE first IS NOT NULL`)).map((row) => row.customer),
  );
  const consents = await db.query(sql`SELECT customer, "at" FROM consent`);
  const orders = await db.query<{ customer: number; at: number; total: number }>(
    sql`SELECT customer, "at", total FROM event_order_paid`,
  );
  const of = (held: boolean) => {
    const mine = customers.filter(({ customer, id }) => {
      const traces = [...consents, ...orders].filter((row) => row.customer === customer).map((row) => Number(row.at));
      return isHeld(id) === held && !shared.has(customer) && Math.min(...traces) < from;
    });
    return mine.map(({ customer }) =>
      orders.filter((order) => order.customer === customer && order.at >= from && order.at < until),
    );
  };
  const [held, others] = [of(true), of(false)];
  const sides = [held, others].map((side) => ({
    customers: side.length,
    reached: side.filter(({ length }) => length > 0).length,
    events: side.flat().length,
    revenue: Math.round(side.flat().reduce((sum, { total }) => sum + total, 0) * 1e4) / 1e4,
  }));
  const brought = (value: (orders: { total: number }[]) => number) => {
    const stats = [held, others].map((side) => {
      const mean = side.reduce((sum, one) => sum + value(one), 0) / side.length;
      return {
        mean,
        error: side.reduce((sum, one) => sum + (value(one) - mean) ** 2, 0) / (side.length - 1) / side.length,
      };
    });
    const [a = { mean: 0, error: 0 }, b = { mean: 0, error: 0 }] = stats;
    return sequentialInterval(
      { estimate: b.mean - a.mean, error: Math.sqrt(a.error + b.error) },
      held.length + others.length,
    );
  };
  return {
    sides,
    events: brought((all) => all.length),
    revenue: brought((all) => all.reduce((sum, { total }) => sum + total, 0)),
  };
}

const near = (n: number) => expect.closeTo(n, 6);
const nearly = ({ estimate, low, high }: { estimate: number; low: number; high: number }) => ({
  estimate: near(estimate),
  low: near(low),
  high: near(high),
});

it('are shown by month of the project, the first and the last in part', () => {
  expect(
    monthsBetween(start, to, zone).map(({ month, from, to }) => [
      month,
      ...[from, to].map((at) => DateTime.fromMillis(at, { zone }).toISO({ suppressMilliseconds: true })),
    ]),
  ).toEqual([
    ['2026-01', '2026-01-20T12:00:00+03:00', '2026-02-01T00:00:00+03:00'],
    ['2026-02', '2026-02-01T00:00:00+03:00', '2026-03-01T00:00:00+03:00'],
    ['2026-03', '2026-03-01T00:00:00+03:00', '2026-03-12T03:00:00+03:00'],
  ]);
});

onEveryStore('hold-outs', (open) => {
  it('tell what all marketing brought, by month and in all, as plain loops over the rows do', async () => {
    const db = await open();
    await applyProgram(db, { program: shop([kept]), at: start, lineage: 'test' });
    await fill(db, 900, { held: 0.05, others: 0.2 });
    await db.run(
      sql`INSERT INTO mailbox (attribute, address, customer, first) VALUES ('email', 'x', 1, 'c0'), ('email', 'x', 2, 'c0'), ('email', 'y', 3, NULL)`,
    );
    const [found, ...more] = await holdoutResults(db, shop([kept]), to);
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      holdout: kept.name,
      share: 0.3,
      campaigns: null,
      began: start,
      ratio: { mismatch: false },
    });
    const [goal] = found?.goals ?? [];
    expect(goal).toMatchObject({ event: 'order_paid', valuedBy: 'a' });
    const check = async (one: Uplift | undefined, from: number, until: number) => {
      const loops = await byLoops(db, from, until);
      expect([one?.held, one?.others]).toEqual(loops.sides);
      expect(one?.events?.each).toEqual(nearly(loops.events));
      expect(one?.revenue?.each).toEqual(nearly(loops.revenue));
      const n = one?.others.customers ?? 0;
      expect(one?.revenue?.all).toEqual(
        nearly({ estimate: loops.revenue.estimate * n, low: loops.revenue.low * n, high: loops.revenue.high * n }),
      );
    };
    expect(goal?.months.map(({ month }) => month)).toEqual(['2026-01', '2026-02', '2026-03']);
    for (const month of goal?.months ?? []) await check(month, month.from, month.to);
    expect(goal?.total.events?.verdict).toBe('more');
    const months = goal?.months ?? [];
    const sum = (of: (one: Uplift) => number) => months.reduce((all, one) => all + of(one), 0);
    expect(goal?.total.others.events).toBe(sum(({ others }) => others.events));
    expect(goal?.total.held.customers).toBe(months.at(-1)?.held.customers);
  });

  it('are told from the apply on that brought them as they are, and judged only where as many are held out as the share says', async () => {
    const db = await open();
    await applyProgram(db, { program: shop([{ ...kept, share: 500 }]), at: start - 9 * day, lineage: 'test' });
    await applyProgram(db, { program: shop([kept]), at: start, lineage: 'test' });
    await applyProgram(db, { program: shop([kept], 'b'), at: start + 5 * day, lineage: 'test' });
    await fill(db, 400, { held: 0.1, others: 0.1 });
    await db.run(sql`DELETE FROM customer WHERE ${db.dialect.bucket(sql`concat('holdout/winter/', id)`)} < 0.2`);
    const [found] = await holdoutResults(db, shop([kept], 'b'), to);
    expect(found).toMatchObject({
      began: start,
      ratio: { mismatch: true },
      goals: [{ total: { events: null, revenue: null } }],
    });
  });

  it('say nothing before there are customers, of a single one, and with nobody held out', async () => {
    const db = await open();
    await applyProgram(db, { program: shop([kept]), at: start, lineage: 'test' });
    const all = async () => (await holdoutResults(db, shop([kept]), to))[0];
    const nothing = { customers: 0, reached: 0, events: 0, revenue: 0 };
    expect(await all()).toMatchObject({
      ratio: null,
      goals: [{ total: { held: nothing, others: nothing, events: null, revenue: null } }],
    });
    await fill(db, 1, { held: 1, others: 1 });
    expect(await all()).toMatchObject({ goals: [{ total: { events: null, revenue: null } }] });
    expect(await holdoutResults(db, shop([]), to)).toEqual([]);
    expect(await holdoutResults(db, shop([kept]), start), 'not begun').toEqual([]);
  });
});
