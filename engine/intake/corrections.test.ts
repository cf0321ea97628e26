import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql, { type Sql } from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { enrolments, messages, tz } from '../../test/drive.ts';
import { onEveryStore } from '../../test/stores.ts';
import { campaign, hour, minute, model } from '../../test/world.ts';
import { applyProgram } from '../apply/apply.ts';
import { compile } from '../compile/compile.ts';
import { runTick } from '../run/run-tick.ts';
import type { Database } from '../store/database.ts';
import { intake } from './intake.ts';

const start = Date.UTC(2026, 2, 2, 10);
const from = (...paths: string[]) => paths.map((path) => ({ path, rename: {} }));
const { data } = model();
const files: Record<string, string[]> = { cart_updated: ['carts.csv'], order_paid: ['orders.csv', 'old.jsonl'] };
const cart = campaign({
  exit: [{ event: 'order_paid' }],
  steps: [
    { id: 'w', kind: 'wait', ms: hour },
    { id: 'send', kind: 'send', channel: 'email', template: 'cart/mail' },
  ],
});
const program = compile(
  model({
    data: {
      ...data,
      customers: { ...data.customers, sources: from('people.csv') },
      events: data.events.map((kind) => ({ ...kind, sources: from(...(files[kind.name] ?? [])) })),
      consent: from('consent.csv', 'other.csv'),
      suppressions: from('suppressions.csv'),
      feedback: from('feedback.csv'),
    },
    campaigns: [cart],
  }),
);

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-corrections-'));
});
afterAll(() => rm(root, { recursive: true }));

let second = 0;
/** Every writing has a time of its own, however fast the test. */
async function put(name: string, text: string): Promise<void> {
  await writeFile(join(root, name), text);
  await utimes(join(root, name), ++second, second);
}

const at = (minutes: number) => new Date(start + minutes * minute).toISOString();
const people = 'id,name,email\nc1,Anna,anna@example.com\nC2,Olga,olga@example.com\nc3,Ivan,olga@example.com\n';
const granted = ['c1', 'C2', 'c3'].map((id) => `${id},email,granted,${at(-60)}\n`).join('');
const head = { consent: 'id,customer,channel,status,at\n', plain: 'customer,channel,status,at\n' };

/** A store to which the files have come by the ticks at those minutes. */
async function shop(db: Database) {
  await rm(root, { recursive: true });
  await import('node:fs/promises').then(({ mkdir }) => mkdir(root));
  await applyProgram(db, { program, at: start, lineage: 'test' });
  await put('people.csv', people);
  return {
    tick: (minutes: number) =>
      runTick(db, program, start + minutes * minute, tz, (tx) =>
        intake(tx, program, { root, at: start + minutes * minute }).then(() => {}),
      ),
    orders: () =>
      db.query(sql`SELECT o.id, c.id AS customer, o.total FROM event_order_paid o
        JOIN customer c ON c.customer = o.customer ORDER BY o.id, c.id, o.total`),
    consents: async () =>
      (
        await db.query<{ id: string }>(
          sql`SELECT c.id FROM subscription s JOIN customer c ON c.customer = s.customer ORDER BY c.id`,
        )
      ).map(({ id }) => id),
    problems: async () =>
      (
        await db.query<{ path: string; line: number; code: string }>(
          sql`SELECT path, line, code FROM quarantine WHERE code NOT LIKE 'missing-file' ORDER BY path, line, code`,
        )
      ).map(({ path, line, code }) => `${path}:${line} ${code}`),
  };
}

onEveryStore('a file that is read again', (open) => {
  it('replays an event that means the same, however it is spelt and whatever else the export has', async () => {
    const { tick, orders } = await shop(await open());
    await put('orders.csv', `id,customer,at,total\no1,c1,${at(-9)},5\n,c1,${at(-8)},5\n,c1,${at(-8)},5\n`);
    await tick(1);
    const before = await orders();
    expect(before).toHaveLength(3);
    const shifted = new Date(start - 8 * minute).toISOString().replace('.000Z', '+00:00');
    await put(
      'orders.csv',
      `total;note;at;customer;id\n5.00;x;"${shifted}";c1;\n5;y;${at(-9)};c1;o1\n5.0;z;${shifted};c1;\n`,
    );
    await tick(2);
    expect(await orders()).toEqual(before);
    await put('old.jsonl', `{"total":"5.000","at":"${at(-9)}","customer":"c1","id":"o1","extra":{"a":1}}\n`);
    await tick(3);
    expect(await orders()).toEqual(before);
  });

  it('takes other content under a known id for a correction, and another source for another event', async () => {
    const { tick, orders, problems } = await shop(await open());
    await put('orders.csv', `id,customer,at,total\no1,c1,${at(-9)},5\n`);
    await put('old.jsonl', `{"id":"o1","customer":"c1","at":"${at(-9)}","total":7}\n`);
    await tick(1);
    await put('orders.csv', `id,customer,at,total\no1,c1,${at(-9)},6\n`);
    await tick(2);
    expect(await orders()).toEqual([
      { id: 'o1', customer: 'c1', total: 6 },
      { id: 'o1', customer: 'c1', total: 7 },
    ]);
    await put('orders.csv', `id,customer,at,total\no1,c1,${at(-9)},6\no1,C2,${at(-9)},6\no1,C2,${at(-9)},8\n`);
    await tick(3);
    expect(await orders()).toEqual([
      { id: 'o1', customer: 'C2', total: 8 },
      { id: 'o1', customer: 'c1', total: 6 },
      { id: 'o1', customer: 'c1', total: 7 },
    ]);
    expect(await problems()).toEqual([
      'orders.csv:3 conflicting-id',
      'orders.csv:4 conflicting-id',
      'orders.csv:4 repeated-id',
    ]);
  });

  it('reports a row that its file repeats each time the file is read', async () => {
    const { tick, orders, problems } = await shop(await open());
    const rows = `o1,c1,${at(-9)},5\no1,c1,${at(-9)},5\n`;
    for (const minutes of [1, 2]) {
      await put('orders.csv', `id,customer,at,total\n${rows}`);
      await tick(minutes);
      expect(await orders()).toEqual([{ id: 'o1', customer: 'c1', total: 5 }]);
      expect(await problems(), `reading ${minutes}`).toEqual(['orders.csv:3 repeated-id']);
    }
  });

  it('recognises events when the project declares other fields, and those of a store that knew no sources', async () => {
    const db = await open();
    const { tick } = await shop(db);
    await put(
      'carts.csv',
      `id,customer,at,total,colour\n,c1,${at(-9)},5,red\n,c1,${at(-9)},5,blue\nk1,c1,${at(-9)},7,green\n`,
    );
    await tick(1);
    const carts = (columns: Sql) => db.query(sql`SELECT ${columns} FROM event_cart_updated ORDER BY seq`);
    const before = await carts(sql`seq, total`);
    const declared = compile(
      model({
        data: {
          ...program.data,
          events: program.data.events.map((kind) =>
            kind.name === 'cart_updated'
              ? { ...kind, fields: [{ name: 'colour', type: 'string', pii: false }, ...kind.fields.slice(1)] }
              : kind,
          ),
        },
      }),
    );
    await applyProgram(db, { program: declared, at: start, lineage: 'test' });
    const next = (minutes: number) =>
      runTick(db, declared, start + minutes * minute, tz, (tx) =>
        intake(tx, declared, { root, at: start }).then(() => {}),
      );
    await next(2);
    expect(await carts(sql`seq, total`)).toEqual(before);
    expect((await carts(sql`colour`)).map(({ colour }) => colour).sort()).toEqual(['blue', 'green', 'red']);
    await db.run(
      sql`UPDATE event_cart_updated SET "#source" = NULL, id = CASE WHEN id = 'k1' THEN id ELSE md5(id) END`,
    );
    await put(
      'carts.csv',
      `id,customer,at,colour,total\n,c1,${at(-9)},red,5\n,c1,${at(-9)},blue,5\nk1,c1,${at(-9)},green,7\n`,
    );
    await next(3);
    expect(await carts(sql`seq, total`)).toEqual(before);
  });

  it('a correction ends journeys, and keeps the place of the one that it began', async () => {
    const db = await open();
    const { tick } = await shop(db);
    await put('consent.csv', head.plain + granted);
    await put('carts.csv', `id,customer,at,total\nk1,c1,${at(0)},5\nk2,C2,${at(0)},5\n`);
    await put('orders.csv', `id,customer,at,total\no1,C2,${at(-600)},5\n`);
    await tick(1);
    await put('carts.csv', `id,customer,at,total\nk1,c1,${at(0)},9\nk2,C2,${at(0)},5\n`);
    await put('orders.csv', `id,customer,at,total\no1,C2,${at(1)},5\n`);
    await tick(2);
    expect(await enrolments(db, start)).toEqual(['+1m C2 cart exit-event +2m', '+1m c1 cart active']);
    expect(
      await db.query(
        sql`SELECT t.total FROM enrolment e JOIN event_cart_updated t ON t.seq = e.event_seq WHERE e.status = 'active'`,
      ),
    ).toEqual([{ total: 9 }]);
    await tick(61);
    expect(await messages(db, start)).toEqual(['+61m c1 send email decided']);
  });

  it('a withdrawal under a known id counts, in the same file and in another', async () => {
    const { tick, consents } = await shop(await open());
    await put('consent.csv', `${head.consent}1,c1,email,granted,${at(-60)}\n2,C2,email,granted,${at(-60)}\n`);
    await tick(1);
    expect(await consents()).toEqual(['C2', 'c1']);
    await put('consent.csv', `${head.consent}1,c1,email,withdrawn,${at(-60)}\n2,C2,email,granted,${at(-60)}\n`);
    await put('other.csv', `${head.consent}2,C2,email,withdrawn,${at(-60)}\n`);
    await tick(2);
    expect(await consents()).toEqual([]);
  });

  it('a suppression under a known id counts too', async () => {
    const db = await open();
    const { tick } = await shop(db);
    await put('suppressions.csv', `id,customer,channel,reason,at\n1,c1,sms,asked,${at(-60)}\n`);
    await tick(1);
    await put('suppressions.csv', `id,customer,channel,reason,at\n1,c1,email,asked,${at(-60)}\n1,C2,email,,\n`);
    await tick(2);
    expect(
      await db.query(
        sql`SELECT c.id, s.channel, s.reason FROM suppression s JOIN customer c ON c.customer = s.customer
          WHERE s.address IS NULL ORDER BY 1, 2`,
      ),
    ).toEqual([
      { id: 'C2', channel: 'email', reason: 'unspecified' },
      { id: 'c1', channel: 'email', reason: 'asked' },
      { id: 'c1', channel: 'sms', reason: 'asked' },
    ]);
  });
});

onEveryStore('a file of more rows than are loaded at once', (open) => {
  it('is read whole, and again', async () => {
    const db = await open();
    const { tick } = await shop(db);
    const rows = Array.from({ length: 10_005 }, (_, i) => `c1,${at(-9)},${i}\n`).join('');
    const counted = () => db.query(sql`SELECT count(*) AS n, sum(total) AS total FROM event_order_paid`);
    await put('orders.csv', `customer,at,total\n${rows}`);
    await tick(1);
    const before = await counted();
    expect(before).toMatchObject([{ n: 10_005 }]);
    await put('orders.csv', `total,customer,at\n${rows.replace(/(.*),(.*),(.*)\n/g, '$3.00,$1,$2\n')}`);
    await tick(2);
    expect(await counted()).toEqual(before);
  });
});

onEveryStore('a withdrawal that cannot be understood', (open) => {
  it.each([
    ['no date', 'c1,email,withdrawn,\n', 'missing-value'],
    ['a date that cannot be read', 'c1,email,withdrawn,31.12.2025\n', 'bad-instant'],
    ['a date in the future', `c1,email,withdrawn,${at(9000)}\n`, 'future-date'],
    ['an unknown status', `c1,email,opted out,${at(-50)}\n`, 'bad-choice'],
    ['an unknown channel', `c1,emial,withdrawn,${at(-50)}\n`, 'bad-choice'],
    ['too few cells', 'c1,email,withdrawn\n', 'wrong-cell-count'],
    ['an id in other letters', `C1,email,withdrawn,${at(-50)}\n`, 'unknown-customer'],
    ['an address', `Anna@EXAMPLE.com,email,withdrawn,${at(-50)}\n`, 'unknown-customer'],
  ])('withdraws: %s', async (_, row, code) => {
    const db = await open();
    const { tick, consents, problems } = await shop(db);
    await put('consent.csv', head.plain + granted);
    await tick(1);
    await put('consent.csv', head.plain + granted + row);
    await tick(2);
    expect(await consents()).toEqual(['C2', 'c3']);
    expect((await problems()).filter((line) => line.endsWith(code))).toEqual([`consent.csv:5 ${code}`]);
    expect(await db.query(sql`SELECT count(*) AS n FROM customer`)).toEqual([{ n: 3 }]);
  });

  it.each([
    ['an address as a link', 'mailto:Anna@example.com', 'address'],
    ['a link with a subject, in percent signs', 'MAILTO:anna%40example.com?subject=stop', 'address'],
    ['a name and an address', 'Anna P <anna@example.com>', 'address'],
    ['a domain with a dot at its end', 'anna@example.com.', 'address'],
    ['several addresses', 'old@example.com; anna@example.com', 'address'],
    ['an apostrophe before the address', "'anna@example.com", 'address'],
    ['a phone number as a link', 'tel:+7-900-000-00-01', 'address'],
    ['a phone number with the prefix 00', '007 900 000 00 01', 'address'],
    ['a number without its zeros', '7', 'spelling'],
    ['a number with decimals', '7.0', 'spelling'],
    ['another normal form', 'e\u0301t\u00e9', 'spelling'],
    ['capitals beyond ASCII', '\u00c9T\u00c9', 'spelling'],
    ['blanks and a spreadsheet’s apostrophe', "'0 07", 'spelling'],
  ])('withdraws, and says so: %s', async (_, written, how) => {
    const db = await open();
    const { tick, consents, problems } = await shop(db);
    const id = how === 'address' ? 'c1' : written.includes('7') ? '007' : '\u00e9t\u00e9';
    await put('people.csv', `id,email,phone\n${id},anna@example.com,+79000000001\nother,o@example.com,+79000000002\n`);
    const grants = `${id},email,granted,${at(-60)}\nother,email,granted,${at(-60)}\n`;
    await put('consent.csv', head.plain + grants);
    await tick(1);
    expect(await consents()).toEqual([id, 'other'].sort());
    await put('consent.csv', `${head.plain}${grants}${written},email,withdrawn,${at(-50)}\n`);
    await tick(2);
    expect(await consents()).toEqual(['other']);
    expect(await problems()).toEqual(['consent.csv:4 unknown-customer']);
    expect(await db.query(sql`SELECT message FROM quarantine WHERE code = 'unknown-customer'`)).toMatchObject([
      { message: expect.stringMatching(how === 'address' ? /counts for the address in it/ : /in another spelling/) },
    ]);
  });

  it('says that it counts for nobody where it does', async () => {
    const db = await open();
    const { tick, consents } = await shop(db);
    await put('consent.csv', `${head.plain}${granted}c11,email,withdrawn,${at(-50)}\nanna at example,*,withdrawn,\n`);
    await tick(1);
    expect(await consents()).toEqual(['C2', 'c1', 'c3']);
    expect(await db.query(sql`SELECT DISTINCT message FROM quarantine WHERE code = 'unknown-customer'`)).toMatchObject([
      { message: expect.stringMatching(/counts for nobody/) },
    ]);
  });

  it('by an address reaches whoever has that as an id, now or later', async () => {
    const { tick, consents } = await shop(await open());
    const both = ['now@example.com', 'later@example.com'];
    await put('people.csv', 'id\nnow@example.com\n');
    await put(
      'consent.csv',
      head.plain + both.map((id) => `${id},email,granted,${at(-60)}\nmailto:${id},*,withdrawn,${at(-50)}\n`).join(''),
    );
    await tick(1);
    await put('people.csv', 'id\nnow@example.com\nlater@example.com\n');
    await tick(2);
    expect(await consents()).toEqual([]);
  });

  it('of a customer whose domain has a dot at its end holds for the address', async () => {
    const { tick, consents } = await shop(await open());
    await put('people.csv', 'id,email\nc1,anna@example.com\nc3,Anna@EXAMPLE.com.\n');
    await put('consent.csv', `${head.plain}${granted}c3,email,withdrawn,${at(-50)}\n`);
    await tick(1);
    expect(await consents()).toEqual([]);
  });

  it('by an address holds for all who have it, and for the address', async () => {
    const db = await open();
    const { tick, consents } = await shop(db);
    await put('consent.csv', `${head.plain}${granted}OLGA@example.com,*,withdrawn,${at(-50)}\n`);
    await tick(1);
    expect(await consents()).toEqual(['c1']);
    expect(await db.query(sql`SELECT channel FROM consent WHERE customer IS NULL AND address IS NOT NULL`)).toEqual([
      { channel: '*' },
    ]);
  });

  it('without a date counts once, and again where it is written again', async () => {
    const { tick, consents } = await shop(await open());
    const undated = 'c1,email,withdrawn,\n';
    await put('consent.csv', head.plain + undated);
    await tick(1);
    await put('consent.csv', `${head.plain}${undated}c1,email,granted,${at(2)}\n`);
    await tick(3);
    expect(await consents()).toEqual(['c1']);
    await put('consent.csv', `status;at;channel;customer\nwithdrawn;" ";email;c1\ngranted;${at(2)};email;c1\n`);
    await tick(4);
    expect(await consents(), 'in another spelling').toEqual(['c1']);
    await put('consent.csv', `${head.plain}c1,email,granted,${at(2)}\n`);
    await tick(5);
    expect(await consents()).toEqual(['c1']);
    await put('consent.csv', head.plain + undated);
    await tick(6);
    expect(await consents()).toEqual([]);
  });

  it('reaches a customer who comes later with the id in other letters', async () => {
    const { tick, consents } = await shop(await open());
    await put('consent.csv', `${head.plain}NEW,email,withdrawn,${at(-50)}\nnew,email,granted,${at(-60)}\n`);
    await tick(1);
    await put('people.csv', 'id,name,email\nnew,Nina,nina@example.com\n');
    await tick(2);
    expect(await consents()).toEqual([]);
  });

  it('by an id in other letters holds whichever of the two has the capitals', async () => {
    const { tick, consents } = await shop(await open());
    await put('consent.csv', `${head.plain}${granted}c2,email,withdrawn,${at(-50)}\n`);
    await tick(1);
    expect(await consents()).not.toContain('C2');
  });

  it('an unreadable consent is none, and is reported', async () => {
    const { tick, consents, problems } = await shop(await open());
    await put(
      'consent.csv',
      `${head.plain}c1,email,granted,\nc1,emial,granted,${at(-50)}\nANNA@example.com,email,granted,${at(-50)}\n`,
    );
    await tick(1);
    expect(await consents()).toEqual([]);
    expect(await problems()).toEqual([
      'consent.csv:2 missing-value',
      'consent.csv:3 bad-choice',
      'consent.csv:4 unknown-customer',
    ]);
  });
});

onEveryStore('feedback', (open) => {
  it('finds its message in any spelling, and waits for one that is not known', async () => {
    const db = await open();
    const { tick, consents, problems } = await shop(db);
    await put('consent.csv', head.plain + granted);
    await put('carts.csv', `id,customer,at,total\nk1,c1,${at(0)},5\n`);
    await tick(1);
    await tick(61);
    const [row] = await db.query<{ message: string }>(sql`SELECT message FROM message`);
    const known = row?.message ?? '';
    await db.run(sql`UPDATE message SET message = 'later'`);
    await put(
      'feedback.csv',
      `message,kind,at\n <${known.toUpperCase()}@shop.example> ,Unsubscribed,${at(61)}\nnobody,opened,${at(61)}\n`,
    );
    await tick(62);
    expect(await problems()).toEqual(['feedback.csv:2 unknown-message', 'feedback.csv:3 unknown-message']);
    expect(await consents()).toContain('c1');
    await db.run(sql`UPDATE message SET message = ${known}`);
    await tick(63);
    expect(await problems()).toEqual(['feedback.csv:3 unknown-message']);
    expect(await consents()).not.toContain('c1');
  });
});

onEveryStore('a customer whom only an event names', (open) => {
  it('exists from that event on', async () => {
    const db = await open();
    const { tick } = await shop(db);
    await put('orders.csv', `customer,at,total\nnew,${at(5)},5\n`);
    await put('consent.csv', `${head.plain}newer,email,granted,${at(-5)}\n`);
    await tick(1);
    const ids = async () =>
      (await db.query<{ id: string }>(sql`SELECT id FROM customer ORDER BY id`)).map(({ id }) => id);
    expect(await ids()).toEqual(['C2', 'c1', 'c3']);
    await tick(5);
    expect(await ids()).toEqual(['C2', 'c1', 'c3', 'new']);
  });
});
