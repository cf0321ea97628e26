import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, program } from '../../test/world.ts';
import { applyProgram } from '../deploy/apply.ts';
import type { Database, NewRow } from '../store/database.ts';
import { columnsOf } from '../store/tables.ts';
import { attributions, earnedBy } from './attribution.ts';

const start = Date.UTC(2026, 2, 2);
const window = { from: start, to: start + 60 * day };
const total = { kind: 'field', type: 'money', of: 'trigger', name: 'total' } as const;
const shop = program({
  campaigns: [
    campaign({ name: 'a', goal: { event: 'order_paid', within: 3 * day } }),
    campaign({ name: 'b', goal: { event: 'order_paid', within: 3 * day, value: total } }),
  ],
});

/** Loads messages of customer 1, as [campaign, days after the start], and one order of 100 after 40 days. */
async function shared(db: Database, messages: [string, number, NewRow?][]) {
  await applyProgram(db, { program: shop, at: start, lineage: 'test' });
  const steps = new Map(
    (await db.query<{ campaign: string; step: number }>(sql`SELECT campaign, step FROM step WHERE kind = 'send'`)).map(
      ({ campaign, step }) => [campaign, step],
    ),
  );
  const rows = messages.map(
    ([name, days, more], i): NewRow => ({
      ...{
        message: `m${i}`,
        enrolment: 1,
        customer: 1,
        campaign: name,
        version: 'v',
        step: steps.get(name),
        channel: 'email',
      },
      ...{ category: 'marketing', status: 'sent', decided_at: start, finished_at: start + days * day, price: 1 },
      ...more,
    }),
  );
  await db.load('message', columnsOf(shop.data, 'message'), rows);
  await db.run(sql`INSERT INTO customer (customer, id) VALUES (1, 'c1'), (2, 'c2')`);
  await db.run(sql`
    INSERT INTO event_order_paid (seq, id, customer, "at", total) VALUES
      (1, 'o1', 1, ${start + 40 * day}::bigint, 100), (2, 'o2', 2, ${start + 40 * day}::bigint, 7)`);
  const [found, ...others] = await attributions(db, shop, window, window.to);
  expect(others).toEqual([]);
  return found;
}

onEveryStore('attribution', (open) => {
  it('shares an order out among the messages before it, and leaves those without', async () => {
    const found = await shared(await open(), [
      ['a', 19],
      ['b', 26],
      ['a', 33],
    ]);
    expect(found).toMatchObject({ event: 'order_paid', valuedBy: 'b', events: 2, revenue: 107 });
    expect(found?.unattributed).toEqual({ events: 1, revenue: 7 });
    // The weights are 1/8, 1/4 and 1/2.
    expect(found?.credits.map(({ campaign, events, revenue }) => ({ campaign, events, revenue }))).toEqual([
      {
        campaign: 'a',
        events: { last: 1, first: 1, linear: 0.666667, decay: 0.714286 },
        revenue: { last: 100, first: 100, linear: 66.6667, decay: 71.4286 },
      },
      {
        campaign: 'b',
        events: { last: 0, first: 0, linear: 0.333333, decay: 0.285714 },
        revenue: { last: 0, first: 0, linear: 33.3333, decay: 28.5714 },
      },
    ]);
  });

  it('leaves out messages after it, long before, not sent, and about orders', async () => {
    const found = await shared(await open(), [
      ['a', 40.5],
      ['a', 10],
      ['a', 39, { status: 'suppressed' }],
      ['a', 39, { category: 'transactional' }],
      ['b', 40],
      ['b', 11, { status: 'unknown' }],
    ]);
    expect(found?.credits.map(({ campaign, events }) => [campaign, events.linear])).toEqual([['b', 1]]);
  });

  it('tells what each message to a customer earned', async () => {
    const db = await open();
    await shared(db, [
      ['a', 26],
      ['b', 33],
      ['a', 41],
    ]);
    const earned = await earnedBy(db, shop, 1, window.to);
    const parts = (last: number, first: number, decay: number) => ({ last, first, linear: 0.5, decay });
    expect([...earned].map(([message, [one]]) => [message, one?.event, one?.events]).sort()).toEqual([
      ['m0', 'order_paid', parts(0, 1, 0.333333)],
      ['m1', 'order_paid', parts(1, 0, 0.666667)],
    ]);
    expect((await earnedBy(db, shop, 2, window.to)).size, 'of another customer').toBe(0);
  });

  it('has nothing to share out without messages, and without orders', async () => {
    const db = await open();
    expect(await shared(db, [])).toMatchObject({ credits: [], unattributed: { events: 2, revenue: 107 } });
    expect(await attributions(db, shop, { from: 0, to: start }, start)).toMatchObject([
      { events: 0, revenue: 0, unattributed: { events: 0, revenue: 0 }, credits: [] },
    ]);
  });
});
