import { appendFile, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tz } from '../../../test/drive.ts';
import { onEveryStore } from '../../../test/stores.ts';
import { campaign, hour, minute, model } from '../../../test/world.ts';
import { compile } from '../../compile/compile.ts';
import { erase } from '../../consent/erase.ts';
import { applyProgram } from '../../deploy/apply.ts';
import type { Database } from '../../store/database.ts';
import { runTick } from '../../tick/run-tick.ts';
import { intake } from './intake.ts';

const start = Date.UTC(2026, 2, 2, 10);
const { data } = model();
const source = { path: 'orders.csv', rename: {}, where: { State: ['paid', 'shipped'] }, unless: { test: ['yes'] } };
const wait = { id: 'w', kind: 'wait' as const, ms: hour };
const program = compile(
  model({
    data: {
      ...data,
      customers: { ...data.customers, sources: [{ path: 'people.csv', rename: { mail: ['id', 'email'] } }] },
      events: data.events.map((kind) => (kind.name === 'order_paid' ? { ...kind, sources: [source] } : kind)),
    },
    campaigns: [
      campaign({ name: 'thanks', on: { kind: 'event', event: 'order_paid' }, steps: [wait] }),
      campaign({
        name: 'missed',
        on: { kind: 'absence', absent: { event: 'order_paid' }, ms: 2 * hour },
        steps: [wait],
      }),
    ],
  }),
);
const header = 'id,customer,at,total,State,test\n';
const row = (id: string, state: string, minutes = 1, customer = 'c1') =>
  `${id},${customer},${new Date(start + minutes * minute).toISOString()},5,${state},\n`;

let root: string;
let second = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-gone-'));
});
afterAll(() => rm(root, { recursive: true }));

async function put(name: string, text: string): Promise<void> {
  await writeFile(join(root, name), text);
  await utimes(join(root, name), ++second, second);
}

async function shop(db: Database) {
  await put('people.csv', 'mail\nc1\nc2\n');
  await applyProgram(db, { program, at: start, lineage: 'test' });
  return {
    tick: (minutes: number) =>
      runTick(db, program, start + minutes * minute, tz, (tx) =>
        intake(tx, program, { root, at: start + minutes * minute }).then(() => {}),
      ),
    orders: async () =>
      (
        await db.query<{ id: string }>(sql`
          SELECT o.id FROM event_order_paid o JOIN customer c ON c.customer = o.customer ORDER BY 1`)
      ).map(({ id }) => id),
    journeys: () => db.query(sql`SELECT campaign, occurrence, status FROM enrolment ORDER BY 1, 2`),
    clocks: async () => (await db.query<{ id: string }>(sql`SELECT id FROM watch`)).map(({ id }) => id),
  };
}

onEveryStore('a row that is none of its source', (open) => {
  it('is no event, is no loss, and takes back the event that an earlier reading had of it', async () => {
    const db = await open();
    const { tick, orders, journeys, clocks } = await shop(db);
    await put('orders.csv', header + row('o1', 'Paid') + row('o2', 'cancelled', 2) + row('o3', 'SHIPPED', 3));
    await tick(5);
    expect(await orders()).toEqual(['o1', 'o3']);
    expect(await clocks()).toEqual(['o3']);
    expect(await db.query(sql`SELECT "rows", lost, passed FROM source WHERE path = 'orders.csv'`)).toEqual([
      { rows: 2, lost: 0, passed: 1 },
    ]);
    expect(await db.query(sql`SELECT * FROM quarantine WHERE path = 'orders.csv'`)).toEqual([]);
    await put('orders.csv', header + row('o1', 'cancelled') + row('o2', 'paid', 2) + row('o3', 'cancelled', 3));
    await tick(6);
    expect(await orders()).toEqual(['o2']);
    // The clock runs from the order that still counts; journeys keep their place, and their event.
    expect(await clocks()).toEqual(['o2']);
    const active = (...ids: string[]) =>
      ids.map((occurrence) => ({ campaign: 'thanks', occurrence, status: 'active' }));
    expect(await journeys()).toEqual(active('o1'));
    expect(
      await db.query(sql`SELECT t.id, t.total FROM enrolment e JOIN event_order_paid t ON t.seq = e.event_seq`),
    ).toEqual([{ id: 'o1', total: 5 }]);
    // An order that is paid again counts again, and begins no journey a second time.
    await put('orders.csv', header + row('o1', 'paid') + row('o2', 'paid', 2) + row('o3', 'paid', 3));
    await tick(7);
    expect(await orders()).toEqual(['o1', 'o2', 'o3']);
    expect(await journeys()).toEqual(active('o1'));
    await put(
      'orders.csv',
      header + row('o1', 'paid') + row('o2', 'paid', 2) + row('o3', 'paid', 3).replace(',\n', ',yes\n'),
    );
    await tick(8);
    expect(await orders()).toEqual(['o1', 'o2']);
    await erase(db, program, 'c1', start + 9 * minute);
    expect(await db.query(sql`SELECT id FROM event_order_paid`)).toEqual([]);
  });

  it('counts by its place in the file among those with its id and customer', async () => {
    const db = await open();
    const { tick, orders } = await shop(db);
    const rows = [row('o1', 'paid'), row('o1', 'cancelled'), row('o2', 'cancelled'), row('o2', 'paid')];
    await put('orders.csv', header + rows.join('') + row('o3', 'paid') + row('o3', 'cancelled', 1, 'c2'));
    await tick(5);
    expect(await orders()).toEqual(['o2', 'o3']);
  });

  it('takes back an event that still waits for its time', async () => {
    const db = await open();
    const { tick, orders } = await shop(db);
    await put('orders.csv', header + row('o1', 'paid', 60));
    await tick(5);
    await put('orders.csv', header + row('o1', 'cancelled', 60));
    await tick(6);
    await tick(61);
    expect(await orders()).toEqual([]);
  });

  it('without an id is known by what it means', async () => {
    const db = await open();
    const { tick, orders } = await shop(db);
    const without = (text: string) => text.replaceAll(/^(id|o\d),/gm, '');
    await put('orders.csv', without(header + row('o1', 'paid') + row('o2', 'paid', 2)));
    await tick(5);
    expect(await orders()).toHaveLength(2);
    await put('orders.csv', without(header + row('o1', 'cancelled') + row('o2', 'paid', 2)));
    await tick(6);
    expect(await orders()).toHaveLength(1);
  });

  it('is found where only the end of a long file is read', async () => {
    const db = await open();
    const { tick, orders } = await shop(db);
    const many = Array.from({ length: 8000 }, (_, i) => row(`p${i}`, 'cancelled')).join('');
    await put('orders.csv', header + row('o1', 'paid') + row('o2', 'paid') + many);
    await tick(5);
    await appendFile(join(root, 'orders.csv'), row('o1', 'cancelled'));
    await utimes(join(root, 'orders.csv'), ++second, second);
    await tick(6);
    expect(await orders()).toEqual(['o2']);
    expect(await db.query(sql`SELECT "rows", passed FROM source WHERE path = 'orders.csv'`)).toEqual([
      { rows: 2, passed: 8001 },
    ]);
  });
});
