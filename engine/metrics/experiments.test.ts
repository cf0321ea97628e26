import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import type { Arm } from '../../spec/model/campaign.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, program } from '../../test/world.ts';
import { applyProgram } from '../deploy/apply.ts';
import type { Database, NewRow } from '../store/database.ts';
import { columnsOf } from '../store/tables.ts';
import { experiments } from './experiments.ts';

const start = Date.UTC(2026, 2, 2);
const to = start + 10 * day;

function shop(arms: Arm[], goal = true, sticky?: false) {
  return program({
    campaigns: [
      campaign({
        ...(goal && { goal: { event: 'order_paid', within: 3 * day } }),
        reenter: { kind: 'always' },
        steps: [{ kind: 'split', id: 'offer', ...(sticky === false && { sticky }), arms }],
      }),
    ],
  });
}

const arm = (name: string, share: number, control = false): Arm => ({ name, share, control, steps: [] });
const halves = [arm('control', 5_000, true), arm('plain', 5_000)];

/** The arm of a customer, and what the entries of the customer were worth; undefined: no goal. */
type Entries = [arm: string, worths: (number | undefined)[]];

async function enter(db: Database, applied: ReturnType<typeof shop>, customers: Entries[]): Promise<void> {
  await applyProgram(db, { program: applied, at: start, lineage: 'test' });
  const [{ name, hash } = { name: '', hash: '' }] = applied.campaigns;
  const rows = customers.flatMap(([arm, worths], customer) =>
    worths.map(
      (worth, i): NewRow => ({
        ...{ enrolment: customer * 10 + i, customer, campaign: name, version: hash, arm, status: 'ended' },
        ...{ started_at: start + i, entered_at: start + i * day },
        ...(worth !== undefined && { goal_at: start + day, goal_value: worth }),
      }),
    ),
  );
  await db.load('enrolment', columnsOf(applied.data, 'enrolment'), rows);
}

const some = (n: number, arm: string, every: number, worth = 10): Entries[] =>
  Array.from({ length: n }, (_, i): Entries => [arm, [i % every === 0 ? worth : undefined]]);

onEveryStore('experiments', (open) => {
  it('compare arms with the control by customers, however often one entered', async () => {
    const db = await open();
    const twice: Entries[] = [
      ['plain', [5, undefined, 7]],
      ['control', [undefined, undefined]],
    ];
    await enter(db, shop(halves), [...some(400, 'control', 10), ...some(399, 'plain', 4), ...twice]);
    const [found, ...others] = await experiments(db, shop(halves), to);
    expect(others).toEqual([]);
    expect(found).toMatchObject({ campaign: 'cart', split: 'offer', after: null, unit: 'customer', without: null });
    expect(found?.ratio).toMatchObject({ mismatch: false });
    const [control, plain] = found?.arms ?? [];
    expect(control).toMatchObject({ n: 401, converted: 40, revenue: 400, effect: null });
    expect(plain).toMatchObject({ n: 400, converted: 101, revenue: 1012 });
    const { conversion, revenue } = plain?.effect ?? {};
    const difference = 101 / 400 - 40 / 401;
    expect(conversion?.once.estimate).toBeCloseTo(difference, 12);
    expect(conversion?.lift?.estimate).toBeCloseTo(101 / 400 / (40 / 401) - 1, 12);
    expect(conversion).toMatchObject({ verdict: 'more', moreDays: null });
    expect(conversion?.always.low).toBeLessThan(conversion?.once.low ?? 0);
    // These sums are worked out by hand: the squares of 100 orders of 10 and one customer with 12, and of 40 orders of 10.
    const variance = (n: number, sum: number, squares: number) => (squares - sum ** 2 / n) / (n - 1);
    const error = Math.sqrt(variance(400, 1012, 10_144) / 400 + variance(401, 400, 4_000) / 401);
    expect(revenue?.once.estimate).toBeCloseTo(1012 / 400 - 400 / 401, 12);
    expect(revenue?.once.high).toBeCloseTo(1012 / 400 - 400 / 401 + 1.959963984540054 * error, 9);
    expect((await experiments(db, shop(halves), start)).length, 'before anybody entered').toBe(0);
  });

  it('have the difference in revenue also without what a few spent beyond the rest', async () => {
    const db = await open();
    // 40 of the control spend 10 each, 79 of the others, and one of these 5,000.
    const [, ...rest] = some(400, 'plain', 5);
    await enter(db, shop(halves), [...some(400, 'control', 10), ['plain', [5_000]], ...rest]);
    const [found] = await experiments(db, shop(halves), to);
    const { revenue, capped } = found?.arms[1]?.effect ?? {};
    expect(revenue?.once.estimate).toBeCloseTo((790 + 5_000 - 400) / 400, 9);
    expect(capped?.cap).toBe(10);
    expect(capped?.always.estimate).toBeCloseTo((800 - 400) / 400, 9);
    await db.run(sql`UPDATE enrolment SET goal_value = NULL`);
    expect((await experiments(db, shop(halves), to))[0]?.arms[1]?.effect?.capped).toBeNull();
  });

  it('judge nothing where the arms are not as large as their shares say', async () => {
    const db = await open();
    await enter(db, shop(halves), [...some(600, 'control', 4), ...some(400, 'plain', 3)]);
    const [found] = await experiments(db, shop(halves), to);
    expect(found?.ratio?.p).toBeCloseTo(2.54e-10, 12);
    expect(found).toMatchObject({ without: 'mismatch', arms: [{ effect: null }, { effect: null }] });
  });

  it('show no effect without a control, of nobody, and of one customer', async () => {
    const db = await open();
    await enter(db, shop([arm('a', 5_000), arm('b', 5_000)]), some(30, 'a', 2));
    expect(await experiments(db, shop(halves), to)).toMatchObject([
      {
        without: 'mismatch',
        arms: [
          { n: 30, converted: 15 },
          { n: 0, conversion: null, mean: null, effect: null },
        ],
      },
    ]);
    await db.run(sql`DELETE FROM enrolment WHERE customer > 0`);
    expect(await experiments(db, shop(halves), to)).toMatchObject([
      { without: 'control', arms: [{ n: 1, effect: null }, { n: 0 }] },
    ]);
  });

  it('say that there are too few customers, and how many more days it takes', async () => {
    const db = await open();
    await enter(db, shop(halves), [...some(90, 'control', 10), ...some(90, 'plain', 5)]);
    expect(await experiments(db, shop(halves), to)).toMatchObject([
      { arms: [{}, { effect: { conversion: { verdict: 'few', moreDays: expect.any(Number) } } }] },
    ]);
    const [, plain] = (await experiments(db, shop(halves), to))[0]?.arms ?? [];
    expect(plain?.effect?.conversion?.moreDays).toBeGreaterThan(10);
    expect(plain?.effect?.conversion?.always.low).toBeLessThan(0);
  });

  it('count entries where arms are drawn anew, know nested splits, and have wider intervals for several arms', async () => {
    const db = await open();
    await enter(db, shop(halves, true, false), [...some(200, 'control', 4), ['plain', [1, undefined, 2]]]);
    expect(await experiments(db, shop(halves), to)).toMatchObject([
      { unit: 'entry', arms: [{ n: 200 }, { n: 3, converted: 2 }] },
    ]);
    const three = [arm('control', 4_000, true), arm('a', 3_000), arm('b', 3_000)];
    const second = { kind: 'split', id: 'second', arms: [arm('x', 5_000), arm('y', 5_000, true)] } as const;
    const nested = shop([...three.slice(0, 2), { ...arm('b', 3_000), steps: [{ ...second, arms: [...second.arms] }] }]);
    await db.run(sql`DELETE FROM enrolment`);
    await enter(db, nested, [
      ...some(400, 'control', 4),
      ...some(300, 'a', 4),
      ...some(150, 'b/x', 4),
      ...some(150, 'b/y', 3),
    ]);
    const found = await experiments(db, shop(halves), to);
    expect(found.map(({ split, after, arms }) => [split, after, arms.map(({ n }) => n)])).toEqual([
      ['offer', null, [400, 300, 300]],
      ['second', 'b', [150, 150]],
    ]);
    const { once } = found[0]?.arms[1]?.effect?.conversion ?? {};
    const error = Math.sqrt((0.25 * 0.75) / 299 + (0.25 * 0.75) / 399);
    // The quantile of 1 − 0.05 / 2 / 2.
    expect((once?.high ?? 0) - (once?.estimate ?? 0)).toBeCloseTo(2.241402727604947 * error, 9);
  });

  it('compare the variants of a send with the plain one', async () => {
    const db = await open();
    const varied = program({
      campaigns: [
        campaign({
          goal: { event: 'order_paid', within: 3 * day },
          steps: [
            {
              ...{ kind: 'send', id: 'send-1', channel: 'email', template: 'cart' },
              variants: [{ name: 'warm' }, { name: 'plain' }],
            },
          ],
        }),
      ],
    });
    await enter(db, varied, [...some(400, 'plain', 10), ...some(400, 'warm', 3)]);
    const [found] = await experiments(db, varied, to);
    expect(found).toMatchObject({ split: 'send-1', template: 'cart', base: 'plain', without: null });
    expect(found?.arms).toMatchObject([
      { arm: 'warm', control: false, effect: { conversion: { verdict: 'more' } } },
      { arm: 'plain', control: false, effect: null },
    ]);
  });

  it('tell sends apart that draw variants of the same names', async () => {
    const db = await open();
    const varied = (id: string) => ({
      ...{ kind: 'send' as const, id, channel: 'email', template: 'cart' },
      variants: [{ name: 'plain' }, { name: 'warm' }],
    });
    const twice = program({
      campaigns: [
        campaign({
          goal: { event: 'order_paid', within: 3 * day },
          steps: [varied('send-1'), { kind: 'wait', id: 'wait-2', ms: day }, varied('send-3')],
        }),
      ],
    });
    const half = (arm: string) => some(200, arm, 4);
    await enter(db, twice, [
      ...half('plain/plain'),
      ...half('plain/warm'),
      ...half('warm/plain'),
      ...half('warm/warm'),
    ]);
    const found = await experiments(db, twice, to);
    expect(found.map(({ split, after, arms }) => [split, after, arms.map(({ n }) => n)])).toEqual([
      ['send-1', null, [400, 400]],
      ['send-3', 'plain', [200, 200]],
      ['send-3', 'warm', [200, 200]],
    ]);
  });

  it('are none of a campaign without a goal', async () => {
    const db = await open();
    await enter(db, shop(halves, false), some(30, 'plain', 2));
    expect(await experiments(db, shop(halves), to)).toEqual([]);
  });
});
