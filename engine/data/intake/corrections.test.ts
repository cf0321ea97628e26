import sql, { type Sql } from 'sql-template-tag';
import { expect, it } from 'vitest';
import { enrolments, messages, tz } from '../../../test/drive.ts';
import { onEveryStore } from '../../../test/stores.ts';
import { minute, model } from '../../../test/world.ts';
import { compile } from '../../compile/compile.ts';
import { applyProgram } from '../../deploy/apply.ts';
import { runTick } from '../../tick/run-tick.ts';
import { intake } from './intake.ts';
import { at, granted, head, program, shopFiles, start } from './shop.fixture.ts';

const { folder, put, shop } = shopFiles();

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

  it('takes no longer where all its rows have one id', async () => {
    const { tick, orders, problems } = await shop(await open());
    const rows = Array.from({ length: 20_000 }, (_, i) => `paid,c${i},${at(-9)},5\n`).join('');
    await put('orders.csv', `id,customer,at,total\n${rows}`);
    await tick(1);
    await put('orders.csv', `id,customer,at,total\n${rows}paid,d,${at(-9)},5\n`);
    await tick(2);
    expect(await orders()).toHaveLength(20_001);
    expect((await problems()).filter((one) => one.endsWith(' conflicting-id')).length).toBeGreaterThan(10_000);
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
        intake(tx, declared, { root: folder(), at: start }).then(() => {}),
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
