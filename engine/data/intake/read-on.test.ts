import { appendFile, mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { tz } from '../../../test/drive.ts';
import { onEveryStore } from '../../../test/stores.ts';
import { model } from '../../../test/world.ts';
import { compile } from '../../compile/compile.ts';
import { erase } from '../../consent/erase.ts';
import { applyProgram } from '../../deploy/apply.ts';
import type { Database } from '../../store/database.ts';
import { eventInbox } from '../../store/tables.ts';
import { runTick } from '../../tick/run-tick.ts';
import { readSourceFile } from '../files/read.ts';
import { eventShape } from '../files/shape.ts';
import { intake } from './intake.ts';
import { ReadOn } from './read-on.ts';

const start = Date.UTC(2026, 2, 2);
const hour = 3_600_000;
let root: string;
let next = 0;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-read-on-'));
});
afterAll(() => rm(root, { recursive: true }));

const line = (i: number) => `o${String(i).padStart(9, '0')},c${i % 50},2026-03-01T10:00:00Z,${i % 1000}\n`;
/** A little more than a file must have to be read on. */
const many = 8_000;
const rows = Array.from({ length: many }, (_, i) => line(i)).join('');
const header = 'id,customer,at,total\n';

/** A project of one file of orders and one of consent. */
function project(orders: string, consent: string) {
  const { data } = model();
  const from = (path: string) => [{ path, rename: {} }];
  const events = data.events.map((kind) => (kind.name === 'order_paid' ? { ...kind, sources: from(orders) } : kind));
  return compile(model({ data: { ...data, events, consent: from(consent) } }));
}

/** Everything that readings leave behind. */
async function left(db: Database) {
  const events = await db.query(sql`
    SELECT e.id, i.id AS customer, e.at, e.total FROM event_order_paid e JOIN identity i ON i.customer = e.customer
    WHERE e.id NOT LIKE 'o0000%' OR e.total <> e.seq ORDER BY 1, 2, 3, 4 LIMIT 100`);
  return {
    events,
    count: await db.query(sql`SELECT count(*) AS n FROM event_order_paid`),
    consent: await db.query(sql`SELECT channel, granted FROM consent ORDER BY seq`),
    problems: await db.query(sql`SELECT path, line, field, code FROM quarantine ORDER BY 1, 2, 3, 4`),
    files: await db.query(sql`SELECT path, "rows", lost, readable FROM source ORDER BY 1`),
  };
}

onEveryStore('a long file that has grown', (open) => {
  async function shop(text: string | Uint8Array) {
    const [orders, consent] = [`orders-${++next}.csv`, `consent-${next}.csv`];
    const program = project(orders, consent);
    const path = join(root, orders);
    await writeFile(path, text);
    await writeFile(join(root, consent), 'customer,channel,status,at\n');
    const begin = async () => {
      const db = await open();
      await applyProgram(db, { program, at: start, lineage: 'test' });
      return db;
    };
    const db = await begin();
    let now = start;
    const readInto = async (into: Database) => {
      let read: [string, number][] = [];
      await runTick(into, program, now, tz, async (tx) => {
        const { sources } = await intake(tx, program, { root, at: now });
        read = sources.filter((file) => file.path === orders).map((file) => [file.path, file.rows]);
      });
      return read.map(([, count]) => count);
    };
    const read = () => {
      now += hour;
      return readInto(db);
    };
    return {
      db,
      path,
      read,
      /** The time of a later reading, epoch milliseconds. */
      at: (readings: number) => now + readings * hour,
      /** Reads the file as it is now into a fresh store; returns what that leaves. */
      whole: async () => {
        const fresh = await begin();
        await readInto(fresh);
        return left(fresh);
      },
    };
  }

  it('is read from where it ended, with the result of reading it whole', async () => {
    const { db, path, read, whole } = await shop(`${header}${rows}x1,c1,never,5\n`);
    expect(await read()).toEqual([many]);
    for (const more of ['y1,c1,2026-03-01T11:00:00Z,7\n', 'y2,c1,2026-03-01T11:00:00Z,many\ny3,c99,2026-03-01,8\n']) {
      await appendFile(path, more);
      expect((await read())[0]).toBeLessThan(3);
      expect(await left(db)).toEqual(await whole());
    }
    expect((await left(db)).problems.map(({ line, code }) => [line, code])).toEqual([
      [many + 2, 'bad-instant'],
      [many + 4, 'bad-number'],
    ]);
  });

  it('is read on also with more problems than are kept one by one', async () => {
    const broken = Array.from({ length: 11_000 }, (_, i) => `b${i},c1,never,5\n`).join('');
    const { db, path, read } = await shop(`${header}${rows}${broken}`);
    expect(await read()).toEqual([many]);
    await appendFile(path, 'y1,c1,2026-03-01T11:00:00Z,7\ny2,c1,never,7\n');
    expect(await read()).toEqual([1]);
    const problems = await db.query(sql`SELECT code, sum(copies) AS n FROM quarantine GROUP BY code`);
    expect(problems).toEqual([{ code: 'bad-instant', n: 11_001 }]);
    expect((await left(db)).files.find(({ path }) => String(path).startsWith('orders'))).toMatchObject({
      rows: many + 1,
      lost: 11_001,
    });
  });

  it('goes on in the encoding and with the separator of its beginning', async () => {
    const cells = (header + rows).replaceAll(',', ';').replace('o000000000', '\xe0\xe1\xe2');
    const noted = cells.replaceAll('\n', ';\n').replace('total;', 'total;\xcf\xf0\xe8\xec');
    const sheet = Buffer.from(`sep=;\n${noted}`, 'latin1');
    const { db, path, read, whole } = await shop(sheet);
    expect(await read()).toEqual([many]);
    await appendFile(path, Buffer.from('\xe3\xe4\xe5;c1;2026-03-01T11:00:00Z;7;\n', 'latin1'));
    expect(await read()).toEqual([1]);
    expect(await db.query(sql`SELECT id FROM event_order_paid WHERE id IN ('абв', 'где') ORDER BY id`)).toHaveLength(2);
    expect(await left(db)).toEqual(await whole());
  });

  it('is read whole where anything before the end has changed', async () => {
    const { db, path, read } = await shop(header + rows);
    await read();
    await writeFile(
      path,
      `${header}${rows.replace('o000002345,c45,2026-03-01T10:00:00Z,345', 'o000002345,c45,2026-03-01T10:00:00Z,346')}${line(many)}`,
    );
    expect(await read()).toEqual([many + 1]);
    expect(await db.query(sql`SELECT total FROM event_order_paid WHERE id = 'o000002345'`)).toEqual([{ total: 346 }]);
  });

  it.each([
    ['whose rows have no ids', header.slice(3), rows.replaceAll(/^o\d+,/gm, ''), 'c7,2026-03-01T10:00:00Z,7\n'],
    ['whose header has two lines', 'id,customer,at,"to\ntal"\n', rows, line(many)],
    ['with an open quotation mark', header, `${rows}q1,"c1,2026-03-01T10:00:00Z,5\n`, line(many)],
    ['whose last line has no end', header, rows.slice(0, -1), `1\n${line(many)}`],
  ])('is read whole %s', async (_, head, body, more) => {
    const { db, path, read, whole } = await shop(head + body);
    await read();
    const before = (await left(db)).count;
    await appendFile(path, more);
    expect((await read())[0]).toBeGreaterThanOrEqual(many - 1);
    const after = await left(db);
    expect(after.files).toEqual((await whole()).files);
    if (head !== 'id,customer,at,"to\ntal"\n') expect(after.count).not.toEqual(before);
  });

  it('has each problem of the file as a whole once', async () => {
    const name = `notes-${++next}.jsonl`;
    const { data } = model();
    const sources = [{ path: name, rename: { cnt: 'n', sum: 'total', day: 'at' } }];
    const events = data.events.map((kind) => (kind.name === 'order_paid' ? { ...kind, sources } : kind));
    const program = compile(model({ data: { ...data, events } }));
    const begin = async () => {
      const db = await open();
      await applyProgram(db, { program, at: start, lineage: 'test' });
      return db;
    };
    let now = start;
    const readInto = async (db: Database) => {
      let read = 0;
      await runTick(db, program, now, tz, async (tx) => {
        const { sources } = await intake(tx, program, { root, at: now });
        read = sources.reduce((sum, { rows }) => sum + rows, 0);
      });
      return read;
    };
    const problems = (db: Database) => db.query(sql`SELECT line, code, field FROM quarantine ORDER BY 1, 2, 3`);
    const row = (i: number, more: object) =>
      `${JSON.stringify({ id: `n${i}`, customer: 'c1', at: '2026-03-01T10:00:00Z', ...more })}\n`;
    const path = join(root, name);
    await writeFile(path, Array.from({ length: many }, (_, i) => row(i, { sum: 5, note: '' })).join(''));
    const db = await begin();
    await readInto(db);
    const day = { line: 0, code: 'unused-rename', field: 'day' };
    const first = [{ ...day, field: 'cnt' }, day, { line: 1, code: 'unknown-column', field: 'note' }];
    expect(await problems(db)).toEqual(first);
    const add = async (i: number, more: object) => {
      now += hour;
      await appendFile(path, row(many + i, more));
      expect(await readInto(db)).toBe(1);
    };
    await add(0, { note: 'a' });
    await add(1, {});
    expect(await problems(db)).toEqual(first);
    await add(2, { cnt: 1 });
    await add(3, {});
    const whole = await begin();
    await readInto(whole);
    expect(await problems(db)).toEqual(await problems(whole));
    expect(await problems(db)).toContainEqual(day);
    expect(await problems(db)).not.toContainEqual(first[0]);
    await erase(db, program, 'c1', now);
    await add(4, {});
    await add(5, {});
    const erased = sql`SELECT message FROM quarantine WHERE code = 'erased-customer'`;
    expect(await db.query(erased)).toEqual([{ message: expect.stringContaining('passed over: 2.') }]);
  });

  it('waits for the end of a half row, and goes on from there', async () => {
    const { db, path, read, whole, at } = await shop(header + rows);
    await read();
    await appendFile(path, 'y1,c1,2026-03-01T11:00');
    await utimes(path, at(1) / 1000 - 0.5, at(1) / 1000 - 0.5);
    expect(await read()).toEqual([0]);
    await appendFile(path, `:00Z,7\n\n${line(many)}`);
    expect(await read()).toEqual([2]);
    await utimes(path, 1, 1);
    expect(await read()).toEqual([0]);
    expect(await left(db)).toEqual(await whole());
  });
});

it('is read on as the file of which the beginning was looked at, also if another takes its place meanwhile', async () => {
  const name = `replaced-${++next}.csv`;
  const path = join(root, name);
  await writeFile(path, header + rows);
  const kind = model().data.events.find(({ name: one }) => one === 'order_paid');
  const shape = eventShape(kind ?? expect.unreachable());
  const feed = { name, source: { path: name, rename: {} }, shape, inbox: eventInbox('order_paid') };
  const options = { zone: 'UTC', at: start };
  const first = await ReadOn.begin(root, feed, undefined);
  for await (const batch of readSourceFile(root, name, shape, { ...options, track: first.track })) first.add(batch);
  await appendFile(path, line(many));
  const second = await ReadOn.begin(root, feed, first.prefix());
  await writeFile(`${path}.new`, `${header}${'x'.repeat(500_000)}\n${line(7)}`);
  await rename(`${path}.new`, path);
  const { track, begun } = second;
  const ids: unknown[] = [];
  for await (const batch of readSourceFile(root, name, shape, { ...options, track, ...(begun && { begun }) }))
    ids.push(...batch.rows.map(([id]) => id));
  await second.close();
  expect(ids).toEqual([line(many).slice(0, 10)]);
  // And then it is another file, which is read whole.
  expect((await ReadOn.begin(root, feed, second.prefix())).begun).toBeUndefined();
});
