import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql, { raw } from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enrolments, messages, tz } from '../../test/drive.ts';
import { carrier, fill, noon, options, program as outboxProgram, stillClaimed } from '../../test/outbox.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, day, hour, minute, model } from '../../test/world.ts';
import { compile } from '../compile/compile.ts';
import { countErased, erasedAt } from '../data/intake/erased.ts';
import { unreadable } from '../data/intake/unreadable.ts';
import { dispatch } from '../delivery/dispatch.ts';
import { claim } from '../delivery/outbox.ts';
import { applyProgram } from '../deploy/apply.ts';
import { explain } from '../report/explain.ts';
import type { Database, Row } from '../store/database.ts';
import { tickDeployed } from '../worker/tick-deployed.ts';
import { erase } from './erase.ts';
import { findSubject, listSuppressed, noteSuppression } from './suppressions.ts';

const start = Date.UTC(2026, 2, 2, 10);
const from = (path: string) => [{ path, rename: {} }];
const { data } = model();
const cart = campaign({
  name: 'cart',
  steps: [
    { kind: 'send', id: 'first', channel: 'email', template: 'cart' },
    { kind: 'wait', id: 'w', ms: hour },
    { kind: 'send', id: 'last', channel: 'sms', template: 'cart' },
  ],
});
const asleep = campaign({
  name: 'asleep',
  on: { kind: 'absence', absent: { event: 'order_paid' }, after: { event: 'cart_updated' }, ms: day },
});
const files = {
  customers: { ...data.customers, sources: from('people.csv'), complete: true as const },
  events: data.events.map((kind) => ({ ...kind, sources: from(`${kind.name}.csv`) })),
  consent: from('consent.csv'),
  suppressions: from('suppressions.csv'),
  feedback: [],
};
const segments = [{ name: 'press', sources: from('press.csv') }];
const program = compile(model({ data: files, segments, campaigns: [cart, asleep] }));
const without = compile(model({ data: files, segments, campaigns: [asleep] }));

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-erase-'));
});
afterAll(() => rm(root, { recursive: true }));

let second = 0;
async function put(name: string, ...lines: string[]): Promise<void> {
  await writeFile(join(root, name), lines.map((line) => `${line}\n`).join(''));
  await utimes(join(root, name), ++second, second);
}

const at = (minutes: number) => new Date(start + minutes * minute).toISOString();
const id = 'zoe-7';
const traces = [id, 'zoe@', '79001112233', '111-22-33'];

/** The shop's files; Zoe is its latest customer, and is named in every way. */
async function write(): Promise<void> {
  await put(
    'people.csv',
    'id,name,email,phone,city,zone,points',
    'b1,Bo,bo@example.com,+79000000001,Oslo,,1',
    `${id},Zoe,Zoe@Example.com,+7 900 111-22-33,Oslo,,1`,
    `${id},Zoe,Zoe@Example.com,+7 900 111-22-33,Oslo,,2`,
  );
  await put('cart_updated.csv', 'id,customer,at', `cart-${id},${id},${at(0)}`, `cart-b1,b1,${at(0)}`);
  await put('order_paid.csv', 'id,customer,at', `order-${id},${id},${at(-90)}`, `late-${id},${id},${at(900)}`);
  await put(
    'consent.csv',
    'customer,channel,status,at',
    ...['b1', id].flatMap((who) => ['email', 'sms'].map((channel) => `${who},${channel},granted,${at(-90)}`)),
    `zoe@EXAMPLE.com,push,withdrawn,${at(-60)}`,
    `+7 (900) 111-22-33,push,withdrawn,${at(2000)}`,
  );
  await put('suppressions.csv', 'customer,channel,reason,at', `${id},push,asked,${at(-60)}`);
  await put('press.csv', 'customer', id, 'b1');
}

async function shop(db: Database) {
  await write();
  await applyProgram(db, { program, at: start, lineage: 'test' });
  return (minutes: number, what = program, serial = 1) =>
    tickDeployed(
      db,
      { serial, program: what },
      { at: start + minutes * minute, now: start + minutes * minute, root, tz, badData: 'accept' },
    );
}

/** Returns the tables, and their texts, in which something tells who the customer was. */
async function found(db: Database): Promise<string[]> {
  const columns = await db.query<{ table_name: string; column_name: string }>(sql`
    SELECT table_name, column_name FROM information_schema.columns c
    WHERE lower(data_type) IN ('varchar', 'text', 'character varying') AND table_catalog = current_database()
      AND table_schema NOT IN ('pg_catalog', 'information_schema') AND table_schema NOT LIKE 'pg_temp%'`);
  expect(columns.length).toBeGreaterThan(60);
  const hits: string[] = [];
  for (const { table_name: table, column_name: column } of columns) {
    const rows = await db.query<Row & { text: string }>(
      sql`SELECT ${raw(`"${column}"`)} AS text FROM ${raw(`"${table}"`)} WHERE ${raw(`"${column}"`)} IS NOT NULL`,
    );
    for (const { text } of rows)
      if (traces.some((trace) => text.toLowerCase().includes(trace))) hits.push(`${table}.${column}: ${text}`);
  }
  return hits;
}

const numberOf = async (db: Database, who: string) =>
  (await db.query<{ customer: number }>(sql`SELECT customer FROM customer WHERE id = ${who}`))[0]?.customer;

onEveryStore('erasing a customer', (open) => {
  it('leaves nothing that tells who it was, also when the files are read again', async () => {
    const db = await open();
    const tick = await shop(db);
    await tick(1);
    await tick(2);
    const tables = new Set((await found(db)).map((hit) => hit.split('.')[0]));
    for (const table of ['customer', 'identity', 'stranger', 'enrolment', 'watch', 'named', 'inbox_event_order_paid'])
      expect([...tables], 'the test looks where something is').toContain(table);
    expect([...tables]).toContain('event_cart_updated');
    expect([...tables]).toContain('inbox_consent');
    expect([...tables]).toContain('quarantine');
    expect(await erase(db, program, id, start + 3 * minute)).toEqual({ enrolments: 1, messages: 1, others: [] });
    expect(await found(db)).toEqual([]);
    await tick(4);
    await write();
    await tick((3 * day) / minute);
    expect(await found(db)).toEqual([]);
    expect(await explain(db, id)).toBeUndefined();
    expect(await erasedAt(db, id)).toBe(start + 3 * minute);
    expect(await countErased(db)).toBe(1);
    expect(
      await db.query(sql`SELECT path, line, code FROM quarantine WHERE code = 'erased-customer' ORDER BY path`),
    ).toEqual(
      ['cart_updated.csv', 'consent.csv', 'order_paid.csv', 'people.csv', 'press.csv', 'suppressions.csv'].map(
        (path) => ({
          path,
          line: 0,
          code: 'erased-customer',
        }),
      ),
    );
  });

  it('ends journeys, and nothing leaves any more; counts stay, and so does everybody else', async () => {
    const db = await open();
    const tick = await shop(db);
    await tick(1);
    const mine = await db.query<{ message: string }>(
      sql`SELECT message FROM message WHERE customer = ${(await numberOf(db, id)) ?? 0}::bigint`,
    );
    await claim(db, 'email', 'w1', start + hour, 10);
    await erase(db, program, id, start + 2 * minute);
    expect(
      await stillClaimed(
        db,
        'w1',
        mine.map((row) => row.message),
      ),
      'its worker gives it back',
    ).toEqual(new Set());
    await tick(200);
    await tick((3 * day) / minute);
    expect(await enrolments(db, start)).toEqual([
      '+1m b1 cart completed +200m',
      `+${(3 * day) / minute}m b1 asleep completed +${(3 * day) / minute}m`,
    ]);
    expect(
      await db.query(sql`
        SELECT e.campaign, e.status, e.reason, m.status AS message, m.reason AS why FROM enrolment e
        JOIN message m ON m.enrolment = e.enrolment WHERE e.customer NOT IN (SELECT customer FROM customer)`),
    ).toEqual([{ campaign: 'cart', status: 'ended', reason: 'erased', message: 'suppressed', why: 'erased' }]);
  });

  it('holds where a removed campaign is put back', async () => {
    const db = await open();
    const tick = await shop(db);
    await tick(1);
    await applyProgram(db, { program: without, at: start + 2 * minute, lineage: 'test' });
    await tick(3, without, 2);
    await erase(db, without, id, start + 4 * minute);
    await applyProgram(db, { program, at: start + 5 * minute, lineage: 'test' });
    await tick(6, program, 3);
    expect(await db.query(sql`SELECT customer FROM enrolment WHERE status = 'active'`)).toEqual([
      { customer: await numberOf(db, 'b1') },
    ]);
    expect(await messages(db, start)).toEqual(['+1m b1 first email decided']);
    expect(
      await db.query(sql`SELECT status, reason FROM message WHERE customer NOT IN (SELECT customer FROM customer)`),
    ).toEqual([{ status: 'suppressed', reason: 'erased' }]);
  });

  it('gives the number to nobody else', async () => {
    const db = await open();
    const tick = await shop(db);
    await tick(1);
    for (const table of ['stranger', 'inbox_consent']) await db.run(sql`DELETE FROM ${raw(table)}`);
    await db.run(sql`DELETE FROM identity WHERE id NOT IN (${id}, 'b1')`);
    const number = await numberOf(db, id);
    expect(await db.query(sql`SELECT max(customer) AS n FROM identity`)).toEqual([{ n: number }]);
    await erase(db, program, id, start + 2 * minute);
    await put('people.csv', 'id,email', 'b1,bo@example.com', 'z9,z9@example.com');
    await tick(3);
    expect(await numberOf(db, 'z9')).toBeGreaterThan(number ?? 0);
    expect(await db.query(sql`SELECT id FROM customer ORDER BY id`)).toEqual([{ id: 'b1' }, { id: 'z9' }]);
  });

  it('suppresses the address for whoever has it, until it is lifted; refusals by it count for them', async () => {
    const db = await open();
    const tick = await shop(db);
    await put(
      'people.csv',
      'id,email,phone',
      'b1,bo@example.com,',
      `${id},zoe@example.com,+79001112233`,
      'c3,ZOE@example.com,',
    );
    await tick(1);
    await erase(db, program, id, start + 2 * minute);
    const listed = async () =>
      (await listSuppressed(db, program)).map((one) => `${one.customer} ${one.channel} ${one.reason}`);
    expect(await listed()).toEqual(['c3 email erased', 'c3 sms erased']);
    const subject = await findSubject(db, program, 'zoe@example.com');
    if (!subject) expect.unreachable();
    expect(subject.customers).toEqual(['c3']);
    const lift = { word: '*', reason: 'lifted', at: start + 3 * minute, lifted: true };
    await noteSuppression(db, program, subject, lift);
    expect(await listed()).toEqual([]);
    await put(
      'suppressions.csv',
      'customer,channel,reason,at',
      `Zoe@example.com,*,asked,${at(4)}`,
      `${id},*,asked,${at(4)}`,
    );
    await tick(5);
    expect(await listed()).toEqual(['c3 email asked', 'c3 sms asked']);
    expect((await found(db)).filter((hit) => !hit.startsWith('customer.email'))).toEqual([]);
  });

  it('leaves alone another customer whose id is an address of the customer', async () => {
    const db = await open();
    const tick = await shop(db);
    const fam = 'fam@example.com';
    const people = (...rows: string[]) => put('people.csv', 'id,email,points', 'b1,bo@example.com,1', ...rows);
    await people(`${id},Fam@Example.com,1`, `${fam},own@example.com,1`);
    await put('cart_updated.csv', 'id,customer,at', `cart-fam,${fam},${at(0)}`, `early,fam@EXAMPLE.com,${at(900)}`);
    const consents = ['customer,channel,status,at', `${fam},email,granted,${at(-90)}`, `${fam},sms,granted,${at(-90)}`];
    await put('consent.csv', ...consents);
    await tick(1);
    const number = await numberOf(db, fam);
    await erase(db, program, id, start + 2 * minute);
    await people(`${fam},own@example.com,2`);
    await put(
      'cart_updated.csv',
      'id,customer,at',
      ...[`cart-fam,${fam},${at(0)}`, `again,${fam},${at(70)}`, `other,FAM@example.com,${at(70)}`],
    );
    await put('consent.csv', ...consents, `${fam},sms,withdrawn,${at(70)}`);
    await tick(3);
    await tick(71);
    expect(await db.query(sql`SELECT id, points FROM customer ORDER BY id`)).toEqual([
      { id: 'b1', points: 1 },
      { id: fam, points: 2 },
    ]);
    expect(await numberOf(db, fam)).toBe(number);
    expect(await db.query(sql`SELECT id FROM event_cart_updated ORDER BY id`)).toEqual([
      { id: 'again' },
      { id: 'cart-fam' },
    ]);
    expect(await db.query(sql`SELECT id FROM inbox_event_cart_updated`), 'of a customer to come').toEqual([
      { id: 'early' },
    ]);
    expect(await enrolments(db, start)).toEqual([`+1m ${fam} cart completed +71m`]);
    expect(await erasedAt(db, fam), 'the address is no id that was erased').toBeUndefined();
    expect(await db.query(sql`SELECT channel FROM subscription WHERE customer = ${number ?? 0}::bigint`)).toEqual([
      { channel: 'email' },
    ]);
    await erase(db, program, fam, start + 72 * minute);
    expect(await db.query(sql`SELECT id FROM customer`)).toEqual([{ id: 'b1' }]);
    await people(`${fam},own@example.com,3`);
    await tick(73);
    expect(await db.query(sql`SELECT id FROM customer`)).toEqual([{ id: 'b1' }]);
    expect(await erasedAt(db, fam)).toBe(start + 72 * minute);
  });

  it('forgets values that are quoted, of any row, and refusals that spelt the id in another way', async () => {
    const db = await open();
    const tick = await shop(db);
    await put('people.csv', 'id,email,points,shoe', 'b1,bo@example.com,1,', `${id},zoe@example.com,of Zoe,`);
    const several = `b8; zoe-7,sms,withdrawn,${at(-9)}`;
    const rows = [` ZOE-7 ,email,no,${at(-9)}`, `"'zoe-7",sms,no,${at(-9)}`, several];
    await put('consent.csv', 'customer,channel,status,at', ...rows);
    await put('press.csv', 'customer', 'b1');
    await tick(1);
    const codes = async () =>
      (await db.query<{ code: string }>(sql`SELECT DISTINCT code FROM quarantine ORDER BY code`)).map(
        (row) => row.code,
      );
    expect(await codes()).toEqual(['bad-choice', 'bad-number', 'refusal-by-spelling', 'unknown-column']);
    await erase(db, program, id, start + 2 * minute);
    expect(await codes()).toEqual(['refusal-by-spelling', 'unknown-column']);
    expect(await found(db)).toEqual([]);
  });

  it('does not make a file that names only the customer an empty one', async () => {
    const db = await open();
    const tick = await shop(db);
    await tick(1);
    await erase(db, program, id, start + 2 * minute);
    await put('consent.csv', 'customer,channel,status,at', `${id},email,granted,${at(-90)}`);
    await tick(3);
    expect(await unreadable(db, program)).toEqual([]);
    expect(await db.query(sql`SELECT code, message FROM quarantine WHERE path = 'consent.csv'`)).toEqual([
      { code: 'erased-customer', message: expect.stringContaining('passed over: 1.') },
    ]);
  });

  it('keeps a message that comes back to the outbox from leaving', async () => {
    const db = await open();
    await fill(db, 2);
    await db.run(sql`UPDATE step SET within = NULL`);
    await db.run(sql`INSERT INTO identity (id, customer) SELECT id, customer FROM customer`);
    await erase(db, outboxProgram(), 'c1', noon);
    expect(await db.query(sql`SELECT reason, count(*) AS n FROM message GROUP BY reason ORDER BY reason`)).toEqual([
      { reason: 'erased', n: 1 },
      { reason: null, n: 1 },
    ]);
    await db.run(sql`UPDATE message SET status = 'decided', reason = 'temporary'`);
    await db.run(sql`INSERT INTO subscription (customer, channel) VALUES (2, 'email')`);
    const way = carrier();
    await dispatch(db, options(way));
    expect(way.got.map(({ to }) => to)).toEqual(['buyer2@example.com']);
    expect(await db.query(sql`SELECT status, reason FROM message ORDER BY status`)).toEqual([
      { status: 'sent', reason: null },
      { status: 'suppressed', reason: 'erased' },
    ]);
  });

  it('of nobody does nothing', async () => {
    const db = await open();
    await shop(db);
    expect(await erase(db, program, 'c404', start)).toBeUndefined();
    expect(await countErased(db)).toBe(0);
  });
});
