import { mkdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Source } from '../../../spec/model/data.ts';
import { dataFiles, from } from '../../../test/data-files.ts';
import { tz } from '../../../test/drive.ts';
import { onEveryStore } from '../../../test/stores.ts';
import { hour, model } from '../../../test/world.ts';
import { compile } from '../../compile/compile.ts';
import { applyProgram } from '../../deploy/apply.ts';
import type { Program } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import { runTick } from '../../tick/run-tick.ts';
import { intake } from './intake.ts';
import { fileLosses } from './losses.ts';
import { unreadable } from './unreadable.ts';

const start = Date.UTC(2026, 2, 2, 10);
const folder = dataFiles('several');
const path = (name: string) => join(folder.root, name);
let second = 0;

let duckdb: DuckDBInstance;
beforeAll(async () => {
  duckdb = await DuckDBInstance.create(':memory:');
});
afterAll(() => duckdb.closeSync());
beforeEach(async () => {
  await rm(folder.root, { recursive: true });
  await mkdir(folder.root);
});

async function put(name: string, text: string): Promise<void> {
  await mkdir(dirname(path(name)), { recursive: true });
  await writeFile(path(name), text);
  await utimes(path(name), ++second, second);
}

/** Writes a day of orders as programs partition them. */
async function parquet(name: string, rows: string): Promise<void> {
  await mkdir(dirname(path(name)), { recursive: true });
  const connection = await duckdb.connect();
  await connection.run(`COPY (FROM (VALUES ${rows}) t(id, customer, "at", total)) TO '${path(name)}' (FORMAT parquet)`);
  connection.closeSync();
  await utimes(path(name), ++second, second);
}
const day = (n: number) => `orders/dt=2026-03-0${n}/part-0.parquet`;
const order = (id: string, total: number, customer = 'c1') =>
  `('${id}', '${customer}', TIMESTAMP '2026-03-01 09:00:00', ${total}::decimal(10,2))`;

interface Part {
  orders?: Source[];
  carts?: Source[];
  people?: Source[];
  consent?: Source[];
  complete?: boolean;
  list?: Source[];
}

function shop({ orders = [], carts = [], people = [], consent = [], complete = false, list }: Part): Program {
  const { data } = model();
  return compile(
    model({
      data: {
        ...data,
        customers: { ...data.customers, sources: people, ...(complete && { complete }) },
        events: data.events.map((kind) => ({ ...kind, sources: kind.name === 'order_paid' ? orders : carts })),
        consent,
        tolerance: 3000,
      },
      segments: list ? [{ name: 'vips', sources: list }] : [],
    }),
  );
}

async function open(db: Database, part: Part) {
  const program = shop(part);
  await applyProgram(db, { program, at: start, lineage: 'test' });
  const texts = async (statement: ReturnType<typeof sql>) =>
    (await db.query(statement)).map((row) => Object.values(row).join(' '));
  let now = start;
  return {
    /** Returns the files that a tick has read, with the numbers of rows. */
    tick: async (): Promise<string[]> => {
      now += hour;
      let read: string[] = [];
      await runTick(db, program, now, tz, async (tx) => {
        const { sources } = await intake(tx, program, { root: folder.root, at: now });
        read = sources.map(({ path, rows }) => `${path} ${rows}`);
      });
      return read;
    },
    orders: () =>
      texts(sql`SELECT o.id, c.id AS customer, o.total::double precision AS total FROM event_order_paid o
        JOIN customer c ON c.customer = o.customer ORDER BY o.id, c.id, o.total`),
    people: () => texts(sql`SELECT id, city FROM customer ORDER BY id`),
    listed: () => texts(sql`SELECT c.id FROM listing l JOIN customer c ON c.customer = l.customer ORDER BY c.id`),
    gone: () =>
      texts(sql`SELECT c.id FROM removed_customer r JOIN customer c ON c.customer = r.customer ORDER BY c.id`),
    problems: () => texts(sql`SELECT path, line, code FROM quarantine ORDER BY path, line, code`),
    messages: () => texts(sql`SELECT message FROM quarantine ORDER BY path, line, code`),
    unreadable: async () => (await unreadable(db, program)).map(({ path, fewer }) => `${path} ${fewer}`),
    losses: () => fileLosses(db, program),
  };
}

onEveryStore('a source of several files', (store) => {
  it('reads each file once, in the order of names, and of a new day only its file', async () => {
    const shop = await open(await store(), { orders: from('orders/**/*.parquet') });
    await parquet(day(2), order('b', 20));
    await parquet(day(1), `${order('a', 10)}, ${order('z', 5.5, 'c2')}`);
    expect(await shop.tick()).toEqual([`${day(1)} 2`, `${day(2)} 1`]);
    expect(await shop.tick()).toEqual([]);
    await parquet(day(3), order('c', 30));
    expect(await shop.tick()).toEqual([`${day(3)} 1`]);
    expect(await shop.orders()).toEqual(['a c1 10', 'b c1 20', 'c c1 30', 'z c2 5.5']);
    await parquet(day(1), `${order('a', 11)}, ${order('z', 5.5, 'c2')}`);
    expect(await shop.tick(), 'a file that was written anew corrects its events').toEqual([`${day(1)} 2`]);
    expect(await shop.orders()).toEqual(['a c1 11', 'b c1 20', 'c c1 30', 'z c2 5.5']);
    expect(await shop.problems()).toEqual([]);
  });

  it('keeps the events of a file that is gone, and knows them again if it is back', async () => {
    const shop = await open(await store(), { orders: from('orders') });
    await parquet(day(1), order('a', 10));
    await parquet(day(2), order('b', 20));
    await shop.tick();
    await rm(path(day(1)));
    expect(await shop.tick()).toEqual([]);
    expect(await shop.orders()).toEqual(['a c1 10', 'b c1 20']);
    await parquet(day(1), `${order('a', 12)}, ${order('c', 1)}`);
    expect(await shop.tick()).toEqual([`${day(1)} 2`]);
    expect(await shop.orders()).toEqual(['a c1 12', 'b c1 20', 'c c1 1']);
    await parquet('orders/dt=2026-03-01/part-1.parquet', `${order('a', 12)}, ${order('c', 1)}`);
    await rm(path(day(1)));
    await shop.tick();
    expect(await shop.orders(), 'also under another name').toEqual(['a c1 12', 'b c1 20', 'c c1 1']);
  });

  it('takes columns from folders where somebody asks for them', async () => {
    const orders = [{ path: 'all/**/*.csv', rename: { client: 'customer' }, where: { kind: ['order'] } }];
    const shop = await open(await store(), { orders });
    await put('all/kind=order/client=c%201/x=1/a.csv', 'id,at,total\na,2026-03-01,1\n');
    await put('all/kind=order/client=c2/b.csv', 'id,at,total,client\nb,2026-03-01,2,own\n');
    await put('all/kind=visit/client=c3/c.csv', 'id,at,total\nc,2026-03-01,3\n');
    expect(await shop.tick()).toEqual([
      'all/kind=order/client=c%201/x=1/a.csv 1',
      'all/kind=order/client=c2/b.csv 1',
      'all/kind=visit/client=c3/c.csv 0',
    ]);
    expect(await shop.orders()).toEqual(['a c 1 1', 'b own 2']);
    expect(await shop.problems()).toEqual([]);
  });

  it('takes them in JSON and Parquet too', async () => {
    const rename = { total: 'total' };
    const shop = await open(await store(), { orders: [{ path: 'o/*/*.jsonl', rename }, ...from('p/**')] });
    await put('o/customer=c7/a.jsonl', '{"id": "a", "at": "2026-03-01", "total": 1}\n');
    await parquet('p/total=7/a.parquet', `${order('b', 3)}`);
    await parquet('p/note=7/b.parquet', `${order('c', 4)}`);
    await shop.tick();
    expect(await shop.orders()).toEqual(['a c7 1', 'b c1 3', 'c c1 4']);
    expect(await shop.problems()).toEqual([]);
  });

  it('passes over what is no data, and follows links to files, but none to folders', async () => {
    const shop = await open(await store(), { carts: from('carts') });
    const text = 'customer,at\nc1,2026-03-01\n';
    await put('carts/a.csv', text);
    for (const name of ['_SUCCESS', '.a.csv.crc', 'b.csv.tmp', '_temporary/c.csv', '.git/d.csv', 'e.csv~'])
      await put(`carts/${name}`, text);
    await put('other.csv', text);
    await put('elsewhere/f.csv', text);
    await symlink(path('other.csv'), path('carts/linked.csv'));
    await symlink(path('elsewhere'), path('carts/away'));
    await symlink(path('nowhere.csv'), path('carts/dangling.csv'));
    await symlink(path('carts'), path('carts/circle'));
    expect(await shop.tick()).toEqual(['carts/a.csv 1', 'carts/linked.csv 1']);
  });

  it('of a pattern that no file fits is reported as a missing file, until one does', async () => {
    const shop = await open(await store(), { orders: from('orders/*.csv'), consent: from('consent/*.csv') });
    await shop.tick();
    expect(await shop.problems()).toEqual(['consent/*.csv 0 missing-file', 'orders/*.csv 0 missing-file']);
    expect((await shop.messages())[0]).toMatch(/^No file fits this pattern/);
    expect(await shop.losses()).toMatchObject([
      { path: 'consent/*.csv', missing: true },
      { path: 'orders/*.csv', missing: true },
    ]);
    await put('orders/a.csv', 'customer,at\nc1,2026-03-01\n');
    await put('consent/a.csv', 'customer,channel,status,at\nc1,email,granted,2026-03-01\n');
    expect(await shop.tick()).toEqual(['orders/a.csv 1', 'consent/a.csv 1']);
    expect(await shop.problems()).toEqual([]);
    expect(await shop.losses()).toEqual([]);
    await rm(path('orders/a.csv'));
    await rm(path('consent/a.csv'));
    await shop.tick();
    expect(await shop.problems(), 'refusals may be lost').toEqual([
      'consent/*.csv 0 emptied-file',
      'consent/*.csv 0 missing-file',
      'orders/*.csv 0 missing-file',
    ]);
    expect(await shop.unreadable()).toEqual(['consent/*.csv 0']);
  });

  it('of several formats, and an empty folder, are refused as a whole', async () => {
    const shop = await open(await store(), { orders: from('orders'), carts: from('carts') });
    await put('orders/a.csv', 'id,customer,at\na,c1,2026-03-01\n');
    await put('orders/b.csv.gz', '');
    await mkdir(path('carts'));
    await shop.tick();
    await put('orders/README.md', '# Orders');
    await shop.tick();
    expect(await shop.unreadable()).toEqual(['carts 0', 'orders 0', 'orders/b.csv.gz 0']);
    expect(await shop.messages()).toEqual([
      expect.stringMatching(/^This is a folder, not a file\. No data file is in it/),
      expect.stringMatching(/^The files of a source have one format, and here are orders\/README.md and orders\/a.csv/),
      expect.stringMatching(/ends too early/),
    ]);
    await rm(path('orders/README.md'));
    await rm(path('orders/b.csv.gz'));
    await put('carts/a.csv', 'customer,at\nc1,2026-03-01\n');
    expect(await shop.tick(), 'what was read before stays read').toEqual(['carts/a.csv 1']);
    expect(await shop.unreadable()).toEqual([]);
    expect(await shop.problems()).toEqual([]);
  });

  it('that a list is made of loses whom a file named that is gone', async () => {
    const shop = await open(await store(), { list: from('vips/*.csv') });
    await put('vips/a.csv', 'customer\nc1\nc2\n');
    await put('vips/b.csv', 'customer\nc2\nc3\n');
    await shop.tick();
    expect(await shop.listed()).toEqual(['c1', 'c2', 'c3']);
    await rm(path('vips/a.csv'));
    await shop.tick();
    expect(await shop.listed()).toEqual(['c2', 'c3']);
    await rm(path('vips/b.csv'));
    await shop.tick();
    expect(await shop.listed(), 'without a file it stays as it was').toEqual(['c2', 'c3']);
  });

  it('is a file whose name has signs of a pattern, where there is one', async () => {
    const shop = await open(await store(), { carts: from('cart*.csv') });
    await put('carts.csv', 'customer,at\nc1,2026-03-01\n');
    expect(await shop.tick()).toEqual(['carts.csv 1']);
    await put('cart*.csv', 'customer,at\nc1,2026-03-02\n');
    expect(await shop.tick()).toEqual(['cart*.csv 1']);
    expect(await shop.unreadable()).toEqual([]);
  });

  it('names the file, and the row in it, of what cannot be read', async () => {
    const shop = await open(await store(), { orders: from('orders/*.parquet') });
    await parquet('orders/a.parquet', `${order('a', 1)}, ('b', NULL, TIMESTAMP '2026-03-01 09:00:00', -3)`);
    await put('orders/b.parquet', 'PAR1 and no more');
    await shop.tick();
    expect(await shop.problems()).toEqual(['orders/a.parquet 2 missing-value', 'orders/b.parquet 0 unreadable-file']);
    expect(await shop.unreadable()).toEqual(['orders/a.parquet 0', 'orders/b.parquet 0']);
  });

  it('declared for two kinds, or met by another pattern, has a name for each', async () => {
    const shop = await open(await store(), {
      orders: from('all/*.csv'),
      carts: from('all/a.csv', 'all/b*', 'all/*.csv'),
    });
    await put('all/a.csv', 'id,customer,at\na,c1,2026-03-01\n');
    expect(await shop.tick()).toEqual([
      'all/a.csv (cart_updated events) 1',
      'all/b* (cart_updated events) 0',
      'all/a.csv (cart_updated events, 2) 1',
      'all/a.csv (order_paid events) 1',
    ]);
    expect(await shop.tick()).toEqual([]);
  });

  it('of customers names everybody by all of its files together', async () => {
    const shop = await open(await store(), { people: from('people/*.csv'), complete: true });
    const people = (...ids: string[]) => `id,city\n${ids.map((id) => `${id},city of ${id}\n`).join('')}`;
    await put('people/1.csv', people('c1', 'c2', 'c3', 'c4'));
    await put('people/2.csv', people('c5', 'c6', 'c7', 'c8'));
    await put('people/3.csv', people('c8', 'c9'));
    await shop.tick();
    await rm(path('people/3.csv'));
    expect(await shop.tick(), 'no file is read for it').toEqual([]);
    expect(await shop.gone()).toEqual(['c9']);
    expect(await shop.unreadable()).toEqual([]);
    await rm(path('people/2.csv'));
    await shop.tick();
    expect(await shop.gone(), 'not beyond the tolerance').toEqual(['c9']);
    expect(await shop.unreadable()).toEqual(['people/1.csv 4']);
    await rm(path('people/1.csv'));
    await shop.tick();
    expect(await shop.gone(), 'and not without any file').toEqual(['c9']);
    await put('people/1.csv', people('c1', 'c2', 'c3', 'c4'));
    await put('people/4.csv', people('c5', 'c6', 'c7', 'c8', 'c9'));
    await shop.tick();
    expect(await shop.gone()).toEqual([]);
    expect(await shop.unreadable()).toEqual([]);
  });
});
