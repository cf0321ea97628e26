import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openHook } from '../../test/hook.ts';
import { fill, hookOptions, id, messages, noon, options, program } from '../../test/outbox.ts';
import { type Mailbox, openMailbox } from '../../test/smtp.ts';
import { DuckDb } from '../store/duckdb.ts';
import { takeOver } from '../worker/leases.ts';
import { openHttp } from './carriers/http.ts';
import { openSmtp } from './carriers/smtp.ts';
import { dispatch } from './dispatch.ts';

const sender = fileURLToPath(new URL('../../test/dispatch-process.ts', import.meta.url));
vi.setConfig({ testTimeout: 120_000 });

const count = 400;
let folder = '';
let box: Mailbox;
let arrived: (ids: number) => void = () => {};

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kaskad-crash-'));
  box = await openMailbox({}, () => arrived(box.received.length));
});
afterEach(async () => {
  await box.close();
  await rm(folder, { recursive: true, force: true });
});

test('after a kill in the middle and a restart no message is there twice, and none is lost but the unknown', async () => {
  const path = join(folder, 'store.duckdb');
  const before = await DuckDb.open(path);
  await fill(before, count);
  await before.close();

  const killed = spawn(process.execPath, [sender, path, box.url], { stdio: ['ignore', 'inherit', 'inherit'] });
  arrived = (n) => {
    if (n === count / 2) killed.kill('SIGKILL');
  };
  const [, signal] = await once(killed, 'exit');
  expect(signal).toBe('SIGKILL');

  const db = await DuckDb.open(path);
  const carrier = openSmtp('email', box.url);
  try {
    const lapsed = await takeOver(db, program(), noon);
    await dispatch(db, options(carrier, { worker: 'restarted' }));
    const rows = await messages(db);
    const ids = box.received.map(({ raw }) => /^Message-ID: <([0-9a-f]+)@/im.exec(raw.toString())?.[1] ?? '');
    expect(new Set(ids).size).toBe(ids.length);
    const unknown = rows.filter((row) => row.status === 'unknown').map((row) => row.message);
    expect(unknown).toHaveLength(lapsed.unknown);
    expect(unknown.length, 'no more than there are connections').toBeLessThanOrEqual(5);
    expect(rows.filter((row) => row.status !== 'unknown').every((row) => row.status === 'sent')).toBe(true);
    const accounted = new Set([...ids, ...unknown]);
    expect(accounted).toEqual(new Set(Array.from({ length: count }, (_, i) => id(i + 1))));
    for (const row of rows) if (row.status === 'sent') expect(ids).toContain(row.message);
  } finally {
    await carrier.close();
    await db.close();
  }
});

test('kill after kill: none twice, none lost, and in doubt only what was on a connection', async () => {
  const path = join(folder, 'store.duckdb');
  const before = await DuckDb.open(path);
  await fill(before, count);
  await before.close();
  let next = 0;
  let child: ChildProcess | undefined;
  arrived = (n) => {
    if (n >= next) child?.kill('SIGKILL');
  };
  const kills = 6;
  let unknown = 0;
  for (let i = 0; i < kills; i++) {
    next = box.received.length + 17 + 11 * i;
    child = spawn(process.execPath, [sender, path, box.url], { stdio: ['ignore', 'inherit', 'inherit'] });
    await once(child, 'exit');
    const db = await DuckDb.open(path);
    const lapsed = await takeOver(db, program(), noon);
    expect(lapsed.unknown, 'connections').toBeLessThanOrEqual(5);
    unknown += lapsed.unknown;
    await db.close();
  }
  const db = await DuckDb.open(path);
  const carrier = openSmtp('email', box.url);
  try {
    await dispatch(db, options(carrier, { worker: 'last' }));
    const rows = await messages(db);
    const ids = box.received.map(({ raw }) => /^Message-ID: <([0-9a-f]+)@/im.exec(raw.toString())?.[1] ?? '');
    expect(new Set(ids).size, 'none twice').toBe(ids.length);
    const sent = rows.filter((row) => row.status === 'sent').map((row) => row.message);
    expect(sent.length + unknown, 'none lost').toBe(count);
    for (const message of sent) expect(ids).toContain(message);
  } finally {
    await carrier.close();
    await db.close();
  }
});

test('webhooks of which nobody knows are sent again, under the key that they had', async () => {
  const path = join(folder, 'store.duckdb');
  const before = await DuckDb.open(path);
  await fill(before, count, { channel: 'crm', category: 'marketing', template: '' });
  await before.close();
  // As a receiver should: what has been done under a key is not done again.
  const done = new Set<string>();
  let killed: ChildProcess | undefined;
  const hook = await openHook((response, { headers }, n) => {
    done.add(String(headers['idempotency-key']));
    if (n === count / 2) killed?.kill('SIGKILL');
    response.end();
  });
  try {
    killed = spawn(process.execPath, [sender, path, hook.url], { stdio: ['ignore', 'inherit', 'inherit'] });
    const [, signal] = await once(killed, 'exit');
    expect(signal).toBe('SIGKILL');
    const db = await DuckDb.open(path);
    const carrier = openHttp('crm', 'webhook', hook.url);
    const restarted = hookOptions(carrier, { worker: 'restarted' });
    const lapsed = await takeOver(db, restarted.program, noon);
    await dispatch(db, restarted);
    expect(lapsed.unknown).toBe(0);
    expect(await readdir(`${path}.sending`), 'nothing is left beside the store').toEqual([]);
    expect((await messages(db)).every((row) => row.status === 'sent')).toBe(true);
    expect(done).toEqual(new Set(Array.from({ length: count }, (_, i) => id(i + 1))));
    expect(hook.received.length - count, 'no more twice than was on a connection').toBeLessThanOrEqual(8);
    await db.close();
  } finally {
    await hook.close();
  }
});
