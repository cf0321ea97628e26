import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { socketOf } from './address.ts';
import { type OpenOptions, openStore } from './open.ts';

let folder: string;
let store: string;
const cleanUp: (() => unknown)[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kaskad-holder-'));
  store = join(folder, 'store.duckdb');
});
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
  await rm(folder, { recursive: true, force: true });
});

async function open(options: Partial<OpenOptions> = {}) {
  const opened = await openStore(store, { who: 'crm status', ...options });
  cleanUp.push(() => opened.close());
  return opened;
}

/** Another process that opens the store as `crm run` does, and runs `body` with it. Resolves when that says something. */
async function other(body = '', who = 'crm run'): Promise<ChildProcess> {
  const code = `
    import { openStore } from ${JSON.stringify(new URL('open.ts', import.meta.url).href)};
    import sql from ${JSON.stringify(import.meta.resolve('sql-template-tag'))};
    const { db, close } = await openStore(${JSON.stringify(store)}, { who: '${who}' });
    process.stdin.once('data', async () => { await close(); process.exit(0); });
    ${body}
    console.log('ready');
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });
  cleanUp.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  });
  await once(child.stdout, 'data');
  return child;
}

describe('a holder that is stopped', () => {
  it('is named to who comes, with its command and PID', async () => {
    const { pid } = await stopped();
    await expect(open({ silenceMs: 300 })).rejects.toThrow(`(crm run, PID ${pid}) does not answer`);
    await expect(open({ silenceMs: 300, exclusive: true })).rejects.toThrow(`(crm run, PID ${pid}) does not answer`);
  });

  it('is named to a guest in the middle', async () => {
    const holder = await other();
    const { db } = await open({ silenceMs: 1500 });
    expect(await db.query(sql`SELECT 1 AS n`)).toEqual([{ n: 1 }]);
    holder.kill('SIGSTOP');
    await expect(db.query(sql`SELECT 1 AS n`)).rejects.toThrow(`(crm run, PID ${holder.pid}) does not answer`);
    await expect(
      db.transaction((tx) => tx.query(sql`SELECT 1 AS n`)),
      'a second look',
    ).rejects.toThrow(/does not answer/);
  });

  it('is not mistaken for one that works for long', async () => {
    await other(`void db.transaction(() => new Promise((done) => setTimeout(done, 3000)));`);
    const { db } = await open({ silenceMs: 1500 });
    await db.transaction((tx) => tx.run(sql`CREATE TABLE t (n double)`));
    expect(await db.query(sql`SELECT n FROM t`)).toEqual([]);
  });

  async function stopped(): Promise<ChildProcess> {
    const holder = await other();
    holder.kill('SIGSTOP');
    return holder;
  }
});

describe('a holder that ends', () => {
  it('leaves its guests to the next holder, which may be one of them', async () => {
    const holder = await other('await db.run(sql`CREATE TABLE t (n double)`);');
    const { db, holds } = await open();
    expect(holds).toBe(false);
    await db.run(sql`INSERT INTO t VALUES (1)`);
    holder.stdin?.write('end\n');
    await once(holder, 'exit');
    await Promise.all([2, 3].map((n) => db.run(sql`INSERT INTO t VALUES (${n}::double)`)));
    expect(await db.query(sql`SELECT n FROM t ORDER BY n`)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it('begins nothing more, and does not wait for who has begun nothing', async () => {
    const holder = await openStore(store, { who: 'crm plan' });
    await holder.db.run(sql`CREATE TABLE t (n double)`);
    const { db: guest } = await open();
    const { db: idle } = await open();
    await idle.query(sql`SELECT 1 AS n`);
    let ended: Promise<void> | undefined;
    let later: Promise<number> | undefined;
    await guest.transaction(async (tx) => {
      await tx.run(sql`INSERT INTO t VALUES (1)`);
      ended = holder.close();
      later = idle.run(sql`INSERT INTO t VALUES (2)`);
      await new Promise((done) => setTimeout(done, 200));
      await tx.run(sql`INSERT INTO t VALUES (3)`);
    });
    await ended;
    await later;
    expect(await guest.query(sql`SELECT n FROM t ORDER BY n`)).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }]);
  });

  it('says what became of a change when it is killed', async () => {
    const holder = await other('await db.run(sql`CREATE TABLE t (n double)`);');
    const { db } = await open();
    const lost = db.transaction(async (tx) => {
      await tx.run(sql`INSERT INTO t VALUES (1)`);
      holder.kill('SIGKILL');
      await once(holder, 'exit');
      await tx.run(sql`INSERT INTO t VALUES (2)`);
    });
    await expect(lost).rejects.toMatchObject({ help: expect.stringContaining('Nothing of the change under way') });
    expect(await db.query(sql`SELECT n FROM t`), 'and it is true').toEqual([]);
  });
});

describe('what is no request', () => {
  const garbage: [string, (send: (text: string) => void) => void][] = [
    ['noise', (send) => send('GET / HTTP/1.1\r\nHost: x\r\n\r\n')],
    ['null', (send) => send('null\n')],
    ['a number', (send) => send('7\n')],
    ['an unknown order', (send) => send('{"id":1,"op":"drop"}\n')],
    ['a query without a text', (send) => send('{"id":1,"op":"query"}\n')],
    ['a value that is none', (send) => send('{"id":1,"op":"query","strings":["SELECT ",""],"values":[{}]}\n')],
    ['half a message', (send) => send('{"id":1,"op":"que')],
    ['a transaction begun twice', (send) => send('{"id":1,"op":"begin","tx":1}\n{"id":2,"op":"begin","tx":1}\n')],
    ['an endless line', (send) => send('x'.repeat(70 * 1024 * 1024))],
    ['a flood', (send) => send('{"id":1,"op":"query","strings":["SELECT 1"],"values":[]}\n'.repeat(5000))],
    ['a flood of transactions', (send) => send(begins(3000))],
  ];
  const begins = (n: number) => Array.from({ length: n }, (_, i) => `{"id":${i},"op":"begin","tx":${i}}\n`).join('');

  it.each(garbage)('does not hurt the holder: %s', async (_name, speak) => {
    const { db } = await open({ idleMs: 300, graceMs: 100 });
    const socket = connect(socketOf(store));
    cleanUp.push(() => socket.destroy());
    socket.on('error', () => {});
    speak((text) => socket.write(text));
    await new Promise((done) => setTimeout(done, 100));
    const { db: guest, holds } = await open();
    expect(holds).toBe(false);
    await guest.run(sql`CREATE TABLE t (n double)`);
    await db.run(sql`INSERT INTO t VALUES (1)`);
    expect(await guest.query(sql`SELECT n FROM t`)).toEqual([{ n: 1 }]);
  });
});

describe('files', () => {
  it('beside a store decide nothing about what is deleted', async () => {
    store = join(folder, 'long'.repeat(30), 'store.duckdb');
    const precious = join(folder, 'precious');
    await mkdir(precious);
    await mkdir(join(folder, 'long'.repeat(30)));
    for (const note of [join(precious, 'store.sock'), '', '\0', '/'.repeat(5000)]) {
      for (const name of ['sock.path', 'pid']) await writeFile(`${store}.${name}`, note);
      const { close } = await openStore(store, { who: 'crm status' });
      await close();
      expect(await stat(precious).then((facts) => facts.isDirectory())).toBe(true);
    }
  });

  it('leave nothing among the temporary files, not even after a kill', async () => {
    store = join(folder, 'long'.repeat(30), 'store.duckdb');
    const before = await readdir(tmpdir());
    const holder = await other();
    const { db } = await open();
    expect(await db.query(sql`SELECT 1 AS n`)).toEqual([{ n: 1 }]);
    holder.kill('SIGKILL');
    await once(holder, 'exit');
    const ours = (await readdir(tmpdir())).filter(
      (name) => !before.includes(name) && /^kaskad-[0-9a-f]{12}$/.test(name),
    );
    expect(ours).toEqual([]);
  });

  it.runIf(process.platform !== 'win32')('are their user’s only, also those that were not', async () => {
    store = join(folder, '.kaskad', 'store.duckdb');
    const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
    const first = await openStore(store, { who: 'crm apply' });
    expect(await mode(join(folder, '.kaskad'))).toBe('700');
    expect([await mode(store), await mode(`${store}.sock`), await mode(`${store}.pid`)]).toEqual(['600', '600', '600']);
    await first.close();
    await chmod(join(folder, '.kaskad'), 0o755);
    await chmod(store, 0o644);
    await open();
    expect([await mode(join(folder, '.kaskad')), await mode(store)]).toEqual(['700', '600']);
  });
});
