import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import sql from 'sql-template-tag';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openPostgres } from '../../test/postgres.ts';
import { hasPostgres, restoreDuckDb, restorePostgres, storedFolders } from '../../test/stored.ts';
import { openDuckDb, openPostgresStore } from '../../test/stores.ts';
import { currentDeployment } from '../deploy/apply.ts';
import type { Database, Row } from './database.ts';
import { DuckDb } from './duckdb.ts';
import { type Migration, migrations, NEWEST } from './migrations/migrations.ts';
import { type OpenOptions, openStore } from './open.ts';
import { Postgres } from './postgres.ts';
import { prepareTables } from './tables.ts';

const fixtures = await storedFolders();
const [first = ''] = fixtures;

let folder: string;
let store: string;
const cleanUp: (() => unknown)[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kaskad-upgrade-'));
  store = join(folder, 'store.duckdb');
});
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
  await rm(folder, { recursive: true });
});

async function open(options: Partial<OpenOptions> = {}) {
  const { db, close } = await openStore(store, { who: 'crm status', ...options });
  cleanUp.push(close);
  return db;
}

/** A database of PostgreSQL with the store of a fixture. */
async function postgresOf(fixture: string): Promise<string> {
  const { url, stop } = await openPostgres();
  cleanUp.push(stop);
  await restorePostgres(fixture, url);
  return url;
}

async function connect(url: string, known?: Migration[]): Promise<Postgres> {
  const db = await Postgres.open(url, known);
  cleanUp.push(() => db.close());
  return db;
}

const versionOf = async (db: Database) =>
  (await db.query(sql`SELECT value FROM meta WHERE name = 'version'`)).map(({ value }) => Number(value))[0];

async function columnsOf(db: Database): Promise<string[]> {
  const rows = await db.query<Record<'table_name' | 'column_name' | 'data_type', string>>(sql`
    SELECT table_name, column_name, data_type FROM information_schema.columns
    WHERE table_schema = ${db.dialect.name === 'duckdb' ? 'main' : 'public'}`);
  return rows.map((row) => `${row.table_name}.${row.column_name} ${row.data_type}`).sort();
}

async function rowsOf(db: Database): Promise<Record<string, number>> {
  const rows: Record<string, number> = {};
  for (const column of await columnsOf(db)) rows[column.split('.')[0] ?? ''] = 0;
  for (const table of Object.keys(rows)) {
    const [row] = await db.query<{ n: number }>(sql([`SELECT count(*) AS n FROM "${table}"`]));
    rows[table] = row?.n ?? 0;
  }
  return rows;
}

/** Expects everything that a new store has, and all the rows of before. */
async function expectUpToDate(db: Database, fresh: Database, before: Record<string, number>): Promise<void> {
  expect(await versionOf(db)).toBe(NEWEST);
  const applied = await currentDeployment(db);
  if (!applied) throw new Error('nothing is applied');
  await prepareTables(fresh, applied.program.data);
  expect(await columnsOf(db)).toEqual(expect.arrayContaining(await columnsOf(fresh)));
  const { meta: _, ...rest } = before;
  expect(await rowsOf(db)).toMatchObject(rest);
}

test('there is a store of the newest version among the fixtures', () => {
  expect(fixtures.map((fixture) => basename(fixture))).toContain(String(NEWEST));
});

describe.each(fixtures.map((fixture) => [basename(fixture), fixture] as const))('the store %s', (_name, fixture) => {
  test('is migrated on DuckDB, after a copy of it', async () => {
    await restoreDuckDb(fixture, store);
    const old = await DuckDb.open(store);
    const [version = 0, columns, rows] = [await versionOf(old), await columnsOf(old), await rowsOf(old)];
    await old.close();
    const upgrades: object[] = [];
    const db = await open({ onUpgrade: (upgrade) => upgrades.push(upgrade) });
    const fresh = await openDuckDb();
    cleanUp.push(fresh.close);
    await expectUpToDate(db, fresh.db, rows);
    const copy = `${store}.v${version}.bak`;
    expect(upgrades).toEqual(version === NEWEST ? [] : [{ from: version, to: NEWEST, copy }]);
    if (version === NEWEST) return;
    const kept = await DuckDb.open(copy);
    cleanUp.push(() => kept.close());
    expect([await columnsOf(kept), await rowsOf(kept)]).toEqual([columns, rows]);
  });

  // The first version knew only DuckDB, so its fixture has no dump of PostgreSQL.
  test.runIf(hasPostgres(fixture))('is migrated on PostgreSQL', async () => {
    const url = await postgresOf(fixture);
    const fresh = await openPostgresStore();
    cleanUp.push(fresh.close);
    const db = await connect(url);
    await expectUpToDate(db, fresh.db, await rowsOf(db));
  });
});

describe('an embedded store', () => {
  test('that a later version has written is refused with what to do, and stays as it is', async () => {
    await restoreDuckDb(first, store);
    const db = await DuckDb.open(store);
    await db.run(sql`INSERT INTO meta (name, value) VALUES ('version', ${String(NEWEST + 1)})`);
    const columns = await columnsOf(db);
    await db.close();
    await expect(open()).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('written by a later version of Kaskad'),
      help: expect.stringContaining('Update Kaskad'),
    });
    const again = await DuckDb.open(store);
    cleanUp.push(() => again.close());
    expect(await columnsOf(again)).toEqual(columns);
    expect((await readdir(folder)).filter((name) => name.includes('.bak'))).toEqual([]);
  });

  test('keeps the copies of before; an unfinished one is replaced', async () => {
    await restoreDuckDb(first, store);
    await writeFile(`${store}.v0.bak`, 'of an earlier time');
    await writeFile(`${store}.v0.2.bak.part`, 'unfinished');
    await writeFile(`${store}.v0.2.bak.part.wal`, 'unfinished');
    await open();
    const copies = (await readdir(folder)).filter((name) => name.includes('.bak')).sort();
    expect(copies).toEqual(['store.duckdb.v0.2.bak', 'store.duckdb.v0.bak']);
  });

  test('of before feedback was noted at messages has noted what it had', async () => {
    const [before = ''] = fixtures.filter((fixture) => basename(fixture) === '7');
    await restoreDuckDb(before, store);
    const old = await DuckDb.open(store);
    const [one, two] = await old.query<{ message: string }>(sql`SELECT message FROM message ORDER BY message LIMIT 2`);
    for (const [seq, kind] of ['opened', 'bounced', 'opened'].entries())
      await old.run(sql`
        INSERT INTO message_event (seq, id, message, customer, kind, "at")
        SELECT ${100 + seq}, concat('f', ${seq}::integer), message, customer, ${kind}, 0 FROM message WHERE message = ${one?.message ?? ''}`);
    await old.close();
    const rows = await (await open()).query(sql`
      SELECT message, feedback FROM message WHERE message IN (${one?.message}, ${two?.message}) ORDER BY message`);
    expect(rows).toEqual([
      { message: one?.message, feedback: 3 | 8 },
      { message: two?.message, feedback: null },
    ]);
  });

  test('is as it was, and nothing of a copy is left, where there is no room for it', async () => {
    await restoreDuckDb(first, store);
    const code = `
      import { openStore } from ${JSON.stringify(new URL('open.ts', import.meta.url).href)};
      await openStore(${JSON.stringify(store)}, { who: 'crm status' }).catch(({ name, message }) => {
        console.log(name + ': ' + message);
        process.exit();
      });
      console.log('opened');
      process.exit();`;
    // Files of at most 50 or 100 KiB, as `sh` counts.
    const limited = 'trap "" XFSZ; ulimit -f 100; exec "$0" --input-type=module -e "$1"';
    const { stdout } = await promisify(execFile)('sh', ['-c', limited, process.execPath, code]);
    expect(stdout).toMatch(/^UserError: .* cannot be copied before it is brought up to date/);
    expect((await readdir(folder)).filter((name) => name.includes('.bak'))).toEqual([]);
    const db = await DuckDb.open(store);
    cleanUp.push(() => db.close());
    expect(await versionOf(db)).toBeUndefined();
  });

  test('is as it was when a process is killed in the middle of a migration', async () => {
    await restoreDuckDb(first, store);
    const before = await DuckDb.open(store);
    const [columns, rows] = [await columnsOf(before), await rowsOf(before)];
    await before.close();
    const url = (path: string) => JSON.stringify(new URL(path, import.meta.url).href);
    const code = `
      import { DuckDb } from ${url('duckdb.ts')};
      import { upgradeStore } from ${url('upgrade.ts')};
      import { migrations } from ${url('migrations/migrations.ts')};
      const [{ run, number }] = migrations;
      const halfway = async (db) => {
        await run(db);
        await db.run({ text: "UPDATE message SET address = 'x'", values: [] });
        console.log('halfway');
        await new Promise(() => setInterval(() => {}, 1000));
      };
      await upgradeStore(await DuckDb.open(${JSON.stringify(store)}), undefined, [{ number, run: halfway }]);`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');
    const after = await DuckDb.open(store);
    expect([await columnsOf(after), await rowsOf(after)]).toEqual([columns, rows]);
    await after.close();
    expect(await versionOf(await open())).toBe(NEWEST);
  });
});

describe('a store on PostgreSQL', () => {
  /** The migrations of a later version, whose last one counts how often it runs. */
  const later: Migration[] = [
    ...migrations,
    {
      number: NEWEST + 1,
      run: async (db) => {
        await db.run(sql`CREATE TABLE IF NOT EXISTS runs (n integer)`);
        await db.run(sql`INSERT INTO runs VALUES (1)`);
      },
    },
  ];

  async function newStore(): Promise<string> {
    const { url, stop } = await openPostgres();
    cleanUp.push(stop);
    const db = await connect(url);
    await prepareTables(db, { customers: { attributes: [] }, events: [] } as never);
    return url;
  }

  test('is migrated by one of several workers while the others wait', async () => {
    const url = await newStore();
    const workers = await Promise.all([1, 2, 3, 4].map(() => connect(url, later)));
    const [reader] = await (workers[0] as Postgres).query(sql`SELECT count(*) AS n FROM runs`);
    expect(reader).toEqual({ n: 1 });
  });

  test('of a later version is refused, and so is a transaction of a process of before', async () => {
    const url = await newStore();
    const worker = await connect(url);
    await worker.run(sql`CREATE TABLE written (n integer)`);
    const order: string[] = [];
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>();
    const { promise: over, resolve: end } = Promise.withResolvers<void>();
    const working = worker.transaction(async (tx) => {
      begin();
      await over;
      await tx.run(sql`INSERT INTO written VALUES (1)`);
      order.push('written');
    });
    await begun;
    const upgrading = connect(url, later).finally(() => order.push('migrated'));
    await new Promise((resolve) => setTimeout(resolve, 200));
    end();
    await working;
    const newer = await upgrading;
    expect(order).toEqual(['written', 'migrated']);
    for (const write of [
      () => worker.run(sql`INSERT INTO written VALUES (2)`),
      () => worker.transaction((tx) => tx.run(sql`INSERT INTO written VALUES (3)`)),
      () => worker.load('written', [{ name: 'n', type: 'integer' }], [{ n: 4 }]),
    ])
      await expect(write()).rejects.toThrow('written by a later version of Kaskad');
    expect(await newer.query<Row>(sql`SELECT n FROM written`)).toEqual([{ n: 1 }]);
    await expect(Postgres.open(url)).rejects.toThrow('written by a later version of Kaskad');
  });
});
