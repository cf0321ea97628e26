import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { access, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import sql from 'sql-template-tag';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../user-error.ts';
import { DuckDb } from './duckdb.ts';
import { type OpenOptions, openStore } from './open.ts';
import { serveStore } from './serve.ts';

let folder: string;
let store: string;
const cleanUp: (() => unknown)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kaskad-open-'));
  store = join(folder, 'store.duckdb');
});
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
  await rm(folder, { recursive: true, force: true });
});

/** Another process that runs `body` with `openStore`, `sql`, `store` and `say` at hand; resolves at its first word. */
async function other(body: string): Promise<{ child: ChildProcess; next(): Promise<string>; first: string }> {
  const code = `
    import { openStore } from ${JSON.stringify(new URL('open.ts', import.meta.url).href)};
    import { DuckDb } from ${JSON.stringify(new URL('duckdb.ts', import.meta.url).href)};
    import sql from ${JSON.stringify(import.meta.resolve('sql-template-tag'))};
    const store = ${JSON.stringify(store)};
    const say = (word) => process.stdout.write(word + '\\n');
    ${body}`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });
  cleanUp.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const next = async () => String((await lines.next()).value);
  return { child, next, first: await next() };
}

async function open(options: Partial<OpenOptions> = {}) {
  const opened = await openStore(store, { who: 'a test', ...options });
  cleanUp.push(() => opened.close());
  return opened;
}

const holding = `
  const { db, holds } = await openStore(store, { who: 'crm run' });
  await db.run(sql\`CREATE TABLE t (n double, s varchar)\`);
  say(String(holds));`;
const forever = 'setInterval(() => {}, 1000);';

describe('a store held by another process', () => {
  it('is read and written through it', async () => {
    const { first } = await other(holding + forever);
    expect(first).toBe('true');
    const { db, holds } = await open();
    expect(holds).toBe(false);
    const values = [1.5, -0.25, Number.POSITIVE_INFINITY, 2 ** 52];
    for (const value of values) await db.run(sql`INSERT INTO t VALUES (${value}, ${'Привет "\n'})`);
    await db.load(
      't',
      [
        { name: 'n', type: 'double' },
        { name: 's', type: 'text' },
      ],
      [{ n: 7 }, { n: Number.NaN, s: 'x' }],
    );
    expect(await db.query(sql`SELECT n, s FROM t WHERE s IS NULL OR n = ${2 ** 52}::double ORDER BY n`)).toEqual([
      { n: 7, s: null },
      { n: 2 ** 52, s: 'Привет "\n' },
    ]);
    expect(await db.query(sql`SELECT n FROM t WHERE isinf(n) OR isnan(n) ORDER BY n`)).toEqual([
      { n: Number.POSITIVE_INFINITY },
      { n: Number.NaN },
    ]);
  });

  it('rolls back what throws, and what its client does not live to commit', async () => {
    await other(holding + forever);
    const { db } = await open();
    const fails = db.transaction(async (tx) => {
      await tx.run(sql`INSERT INTO t VALUES (1, 'x')`);
      throw new Error('no');
    });
    await expect(fails).rejects.toThrow('no');
    const client = await other(`
      const { db } = await openStore(store, { who: 'crm tick' });
      await db.transaction(async (tx) => {
        await tx.run(sql\`INSERT INTO t VALUES (2, 'x')\`);
        say('inside');
        await new Promise(() => setInterval(() => {}, 1000));
      });`);
    expect(client.first).toBe('inside');
    expect(await db.query(sql`SELECT * FROM t`), 'not committed yet').toEqual([]);
    client.child.kill('SIGKILL');
    // Its own turn comes only when the lost one has been rolled back.
    await db.transaction((tx) => tx.run(sql`INSERT INTO t VALUES (3, 'x')`));
    expect(await db.query(sql`SELECT n FROM t`)).toEqual([{ n: 3 }]);
  });

  it('passes on what the database says', async () => {
    await other(holding + forever);
    const { db } = await open();
    await expect(db.query(sql`SELECT * FROM nowhere`)).rejects.toThrow(/nowhere does not exist/);
    expect(await db.query(sql`SELECT 1 AS n`), 'and goes on').toEqual([{ n: 1 }]);
  });

  it('writes a snapshot that opens by itself', async () => {
    await other(holding + forever);
    const { db } = await open();
    await db.run(sql`INSERT INTO t VALUES (4, 'x')`);
    await db.snapshot(join(folder, 'copy.duckdb'));
    const copy = await DuckDb.open(join(folder, 'copy.duckdb'));
    cleanUp.push(() => copy.close());
    expect(await copy.query(sql`SELECT n FROM t`)).toEqual([{ n: 4 }]);
  });

  it('is opened directly after a kill -9, whose socket is left behind', async () => {
    const { child } = await other(holding + forever);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await readdir(folder)).toContain('store.duckdb.sock');
    const { holds, close } = await open();
    expect(holds).toBe(true);
    expect((await stat(`${store}.sock`)).mode & 0o777).toBe(0o600);
    await close();
    cleanUp.pop();
    expect(await readdir(folder)).toEqual(['store.duckdb']);
  });

  it('ends a call in the middle with a sentence when the holder dies', async () => {
    const { child } = await other(holding + forever);
    const { db } = await open();
    const turn = db.transaction(async (tx) => {
      child.kill('SIGKILL');
      await once(child, 'exit');
      await tx.run(sql`INSERT INTO t VALUES (1, 'x')`);
    });
    await expect(turn).rejects.toThrow(/process that holds the store \(crm run, PID \d+\) ended/);
  });

  it('is waited for, and then named, where an own hold is needed', async () => {
    await other(holding + forever);
    const refused = open({ exclusive: true, patienceMs: 200 });
    await expect(refused).rejects.toThrow(/in use by another process \(crm run, PID \d+\)/);
    await expect(refused).rejects.toBeInstanceOf(UserError);
  });

  it('is waited for, and then named, where it does not serve', async () => {
    const { child, first } = await other(`await DuckDb.open(store); say('held');${forever}`);
    expect(first).toBe('held');
    await expect(open({ patienceMs: 200 })).rejects.toThrow(`PID ${child.pid}`);
    setTimeout(() => child.kill('SIGKILL'), 300);
    expect((await open()).holds, 'patience pays').toBe(true);
  });

  it('lets its guests finish before it closes', async () => {
    const holder = await other(
      `${holding}
      process.stdin.once('data', async () => { await close(); say('closed'); process.exit(0); });`.replace(
        '{ db, holds }',
        '{ db, holds, close }',
      ),
    );
    const { db, close } = await open();
    await db.transaction(async (tx) => {
      holder.child.stdin?.write('end\n');
      await new Promise((done) => setTimeout(done, 300));
      await tx.run(sql`INSERT INTO t VALUES (5, 'x')`);
    });
    await close();
    cleanUp.pop();
    expect(await holder.next()).toBe('closed');
    expect(await (await open()).db.query(sql`SELECT n FROM t`)).toEqual([{ n: 5 }]);
  });
});

it('a path too long for a socket is served from elsewhere, and cleaned up', async () => {
  store = join(folder, 'long'.repeat(30), 'store.duckdb');
  await open();
  const { first } = await other(`
    const { db, holds } = await openStore(store, { who: 'crm status' });
    say(JSON.stringify([holds, await db.query(sql\`SELECT 1 AS n\`)]));
    await db.close();`);
  expect(JSON.parse(first)).toEqual([false, [{ n: 1 }]]);
  await cleanUp.shift()?.();
  await expect(access(`${store}.sock.path`)).rejects.toThrow('ENOENT');
});

it('a guest that falls silent inside a transaction is rolled back', async () => {
  const db = await DuckDb.open(store);
  cleanUp.push(() => db.close());
  const serving = await serveStore(db, store, { who: 'a test', idleMs: 200 });
  cleanUp.push(() => serving.close(0));
  await other(`
    const { db } = await openStore(store, { who: 'crm tick' });
    db.transaction(async (tx) => {
      await tx.run(sql\`CREATE TABLE u (n double)\`);
      say('inside');
      await new Promise(() => setInterval(() => {}, 1000));
    }).catch(() => {});`);
  await db.transaction((tx) => tx.run(sql`CREATE TABLE v (n double)`));
  expect(await db.query(sql`SELECT table_name FROM information_schema.tables`)).toEqual([{ table_name: 'v' }]);
});

it('a file that is no store is named, not overwritten', async () => {
  await writeFile(store, 'hello '.repeat(3000));
  const refused = open();
  await expect(refused).rejects.toBeInstanceOf(UserError);
  await expect(refused).rejects.toThrow(/cannot be opened/);
});

it.each(['Main', 'TEMP', 'information_schema'])(
  'refuses a store with the name %s, which DuckDB uses itself',
  async (name) => {
    const path = join(folder, `${name}.duckdb`);
    await expect(openStore(path, { who: 'test' })).rejects.toThrow(`DuckDB itself uses the name ${name}`);
    expect(await readdir(folder)).toEqual([]);
  },
);
