import sql, { type Sql } from 'sql-template-tag';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tickAt } from '../../../test/drive.ts';
import { campaign, consents, day, events, feedback, hour, type Person, people, program } from '../../../test/world.ts';
import { applyProgram } from '../../deploy/apply.ts';
import { expression } from '../../plan/world.fixture.ts';
import type { Row } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import type { DuckDb } from '../../store/duckdb.ts';
import { openSmallStore } from '../../store/open-small.ts';
import { tables } from '../../store/tables.ts';
import { type Draw, drawCustomers, type Wish } from './draw.ts';

const start = Date.UTC(2026, 2, 2, 10);
const world = program({
  segments: [{ name: 'rich', where: expression('points > 100') }],
  campaigns: [
    campaign({ steps: [...campaign().steps, { kind: 'wait', id: 'wait-1', ms: 3 * day }] }),
    campaign({ name: 'rich', on: { kind: 'segment', segment: 'rich', existing: true } }),
  ],
});
const ids = Array.from({ length: 200 }, (_, i) => `c${i}`);
/** Ten households of three share an address, one of them also in other letters. */
const crowd: Person[] = ids.map((id, i) => {
  const house = `house${i % 10}@example.com`;
  return { id, points: i, ...(i < 30 && { email: i === 10 ? house.toUpperCase() : house }) };
});

let db: DuckDb;
beforeEach(open);
async function open(): Promise<void> {
  db = await openSmallStore();
  await applyProgram(db, { program: world, at: start, lineage: 'test' });
}
afterEach(() => db.close());

const draw = (wish: Wish): Promise<Draw> => db.transaction((tx) => drawCustomers(tx, world, wish));
const column = async (rows: Sql) => (await db.query<{ id: string }>(rows)).map((row) => row.id);
const waiting = () => column(sql`SELECT id FROM inbox_customer ORDER BY id`);

/** Draws of a shop that has just been read. */
async function drawnOf(list: Person[], wish: Wish): Promise<string[]> {
  await db.close();
  await open();
  await people(db, list);
  await draw(wish);
  return waiting();
}

it('draws the same customers in any order of the rows, and more of them for a larger sample', async () => {
  const drawn = await drawnOf(crowd, { size: 100 });
  expect(await drawnOf(crowd.toReversed(), { size: 100 })).toEqual(drawn);
  const fewer = await drawnOf(crowd, { size: 40 });
  expect(drawn).toEqual(expect.arrayContaining(fewer));
  expect(Math.abs(drawn.length - 100), 'households are drawn whole').toBeLessThan(5);
  expect(Math.abs(fewer.length - 40)).toBeLessThan(5);
  expect(await drawnOf(crowd, { size: 100, salt: 'another' })).not.toEqual(drawn);
});

it('draws those with a smaller hash than another sample', async () => {
  const drawn = await drawnOf(crowd, { size: 100 });
  await people(db, crowd);
  const { bound, units, ofUnits } = await draw({ size: 100 });
  expect([units, ofUnits]).toEqual([90, 180]);
  expect(await drawnOf(crowd, { bound })).toEqual(drawn);
});

it('draws those who share an address together, also where one of them has got it just now', async () => {
  await people(db, crowd);
  await tickAt(db, world, start);
  await people(db, [{ id: 'c150', email: 'house3@example.com' }]);
  await draw({ size: 100 });
  const drawn = new Set(await column(sql`SELECT id FROM customer`));
  const houses = Array.from({ length: 10 }, (_, i) => [i, i + 10, i + 20, ...(i === 3 ? [150] : [])]);
  const found = houses.map((members) => [...new Set(members.map((i) => drawn.has(`c${i}`)))]);
  expect(found.filter((each) => each.length > 1)).toEqual([]);
  expect(new Set(found.flat()).size, 'some are drawn, and some not').toBe(2);
});

it('keeps everybody where the sample is as large as the shop', async () => {
  await people(db, crowd);
  expect(await draw({ size: 1_000 })).toMatchObject({ customers: 200, of: 200, units: 180, ofUnits: 180 });
  expect(await waiting()).toHaveLength(200);
});

it('draws at least one customer, and none where there is none', async () => {
  expect(await draw({ size: 5 })).toMatchObject({ customers: 0, of: 0 });
  await people(db, crowd.slice(30));
  expect(await draw({ size: 1 })).toMatchObject({ customers: 1, of: 170 });
});

it('draws from customers whom only an event names, not from ids that only a refusal names', async () => {
  await people(db, crowd.slice(30));
  await events(db, 'cart_updated', [{ customer: 'new', at: start + hour }]);
  await consents(db, [['nobody', 'email', false, start]]);
  expect(await draw({ size: 85 })).toMatchObject({ of: 171, units: 85 });
  expect(await column(sql`SELECT id FROM stranger WHERE id = 'nobody'`)).toEqual(['nobody']);
  expect(await column(sql`SELECT customer AS id FROM inbox_consent WHERE customer = 'nobody'`)).toEqual(['nobody']);
});

/** Returns the rows of each table that names customers, by their ids. */
async function rowsByCustomer(): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { name, columns } of tables(world.data)) {
    const key = columns.find((one) => one.name === (name === 'inbox_customer' ? 'id' : 'customer'));
    if (!key || name === 'quarantine') continue;
    const id =
      key.type === 'text'
        ? sql`x.${ident(key.name)}`
        : sql`(SELECT i.id FROM identity i WHERE i.customer = x.customer)`;
    const rows = await db.query<Row>(sql`SELECT ${id} AS "whose", x.* FROM ${ident(name)} x`);
    found.set(name, rows.map((row) => JSON.stringify(row)).sort());
  }
  return found;
}

it('leaves the others out of every table and inbox of a store that has run, and nothing of those drawn', async () => {
  await people(db, crowd);
  await events(
    db,
    'cart_updated',
    ids.map((customer) => ({ customer, at: start })),
  );
  await tickAt(db, world, start, start + hour);
  await db.run(sql`INSERT INTO listing (segment, customer, origin) SELECT 'vip', customer, 'file' FROM customer`);
  await db.run(sql`UPDATE message SET status = 'sent', finished_at = decided_at`);
  const sent = await column(sql`SELECT message AS id FROM message`);
  await feedback(
    db,
    sent.map((message) => [message, 'opened', start + 2 * hour]),
  );
  await people(
    db,
    crowd.map((one) => ({ ...one, points: 7 })),
  );
  await events(
    db,
    'order_paid',
    ids.map((customer) => ({ customer, at: start + 3 * hour, total: 5 })),
  );
  const before = await rowsByCustomer();
  const answers = () => column(sql`SELECT message AS id FROM inbox_feedback`);
  const answered = await answers();

  const { customers } = await draw({ size: 60 });
  const drawn = new Set(await column(sql`SELECT i.id FROM drawn d JOIN identity i ON i.customer = d.customer`));
  expect(drawn.size).toBe(customers);
  const after = await rowsByCustomer();
  const names = [
    'customer',
    'enrolment',
    'message',
    'membership',
    'listing',
    'mailbox',
    'inbox_customer',
    'inbox_event_order_paid',
  ];
  for (const name of names) expect(before.get(name)?.length, name).toBeGreaterThan(0);
  for (const [name, rows] of before) {
    const theirs = rows.filter((row) => drawn.has((JSON.parse(row) as { whose: string }).whose));
    expect(after.get(name), name).toEqual(theirs);
  }
  const kept = await column(sql`SELECT message AS id FROM message`);
  expect(await answers()).toEqual(answered.filter((message) => kept.includes(message)));
});
