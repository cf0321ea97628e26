import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { DuckDb } from '../engine/store/duckdb.ts';
import { dump } from '../test/dump.ts';
import { gitIn } from '../test/git-server.ts';
import { testIo } from '../test/io.ts';
import { crm } from './crm.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const start = Date.UTC(2026, 2, 2, 12);
const minute = 60_000;
const project = `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  customers: { from: customers.csv, attributes: { phone: phone } }
  events: { registered: { from: registered.csv } }
  consent: consent.csv
channels:
  sms: { transport: file, directory: out }
`;
const welcome = (wait: string) => `campaigns:
  welcome:
    on: { event: registered }
    steps: [{ send: { sms: hello } }, { wait: ${wait} }, { send: { sms: hello } }]
`;

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-unchanged-'));
  await put('crm.yaml', project);
  await put('campaigns/welcome.crm.yaml', welcome('1 day'));
  await put('templates/hello.sms.hbs', 'Hello\n');
  await put('customers.csv', 'id,phone\nc1,+79160000001\nc2,+79160000002\n');
  await put('registered.csv', 'customer,at\nc1,2026-03-02T12:00:30Z\nc2,2026-03-02T12:01:30Z\n');
  await put('consent.csv', 'customer,channel,status,at\nc1,sms,granted,2026-01-01\nc2,sms,granted,2026-01-01\n');
  await put('.gitignore', '.kaskad/\nout/\n*.json\n');
  await gitIn(root, 'init', '--quiet', '--initial-branch', 'main');
  await gitIn(root, 'add', '-A');
  await gitIn(root, 'commit', '--quiet', '-m', 'first');
  expect(await call(0, 'apply', '--auto-approve')).toMatchObject({ code: 0 });
  expect(await call(2, 'tick')).toMatchObject({ code: 0 });
  await put('campaigns/welcome.crm.yaml', welcome('2 days'));
  expect(await call(3, 'plan', '--out', 'plan.json')).toMatchObject({ code: 0 });
});
afterAll(() => rm(root, { recursive: true }));

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

/** `at`: minutes after the apply. */
async function call(at: number, ...words: string[]): Promise<{ code: number; out: string; err: string }> {
  const io = testIo(root, { now: () => start + at * minute, env: { CRM_ACTOR: 'test' } });
  return { code: await crm(words, io), ...io.said };
}

async function contents(): Promise<object> {
  const db = await DuckDb.open(join(root, '.kaskad/store.duckdb'));
  try {
    return await dump(db);
  } finally {
    await db.close();
  }
}

/** Calls a command that is to end with this code and change nothing in the store. Returns all that it says. */
async function unchanged(code: number, at: number, ...words: string[]): Promise<string> {
  const before = await contents();
  const { code: found, out, err } = await call(at, ...words);
  expect(found, out + err).toBe(code);
  expect(out + err).not.toMatch(/internal error|\n +at /);
  expect(await contents()).toEqual(before);
  return out + err;
}

it('a clock that is set back changes nothing: ticks wait, an earlier --at is refused', async () => {
  expect(await unchanged(0, -10, 'tick')).toContain('Not ticked at 2026-03-02 11:50');
  expect(await unchanged(1, -10, 'tick', '--at', '2026-03-02T11:50:00Z')).toMatch(/error .*2026-03-02/);
});

it('a plan against a branch or a commit that is missing is refused', async () => {
  expect(await unchanged(1, 4, 'plan', '--base', 'nowhere')).toContain('nowhere');
  expect(await unchanged(1, 4, 'plan', '--base', 'deadbeef')).toContain('deadbeef');
});

it('a plan file that was edited is refused, and so is one that was cut off', async () => {
  const plan = JSON.parse(await readFile(join(root, 'plan.json'), 'utf8'));
  await put('edited.json', JSON.stringify({ ...plan, allow: ['campaign.welcome'] }));
  expect(await unchanged(3, 4, 'apply', 'edited.json')).toContain('no longer matches its hash');
  await put('cut.json', JSON.stringify(plan).slice(0, 500));
  expect(await unchanged(3, 4, 'apply', 'cut.json')).toContain('not JSON');
});

it('a git server that is dead leaves the store as it was', async () => {
  const folder = join(root, '.kaskad/elsewhere');
  for (const name of ['customers.csv', 'registered.csv', 'consent.csv', '.kaskad/store.duckdb'])
    await cp(join(root, name), join(folder, name));
  const db = await DuckDb.open(join(folder, '.kaskad/store.duckdb'));
  const before = await dump(db);
  await db.close();
  const io = testIo(folder, { now: () => start + 4 * minute });
  const code = await crm(['sync', 'http://127.0.0.1:1/shop.git#main'], io);
  expect(code, io.said.out + io.said.err).not.toBe(0);
  expect(io.said.out + io.said.err).toMatch(/127\.0\.0\.1/);
  const again = await DuckDb.open(join(folder, '.kaskad/store.duckdb'));
  // The state of the sync alone says what is wrong.
  await again.run(sql`DELETE FROM meta WHERE name = 'sync'`);
  expect(await dump(again)).toEqual(before);
  await again.close();
});

it('of two applies at once one is executed, and the other refused, which stands in the audit log', async () => {
  const both = await Promise.all([call(4, 'apply', 'plan.json'), call(4, 'apply', 'plan.json')]);
  expect(both.map(({ code }) => code).toSorted(), both.map(({ err }) => err).join('\n')).toEqual([0, 3]);
  const db = await DuckDb.open(join(root, '.kaskad/store.duckdb'));
  expect(await db.query(sql`SELECT what FROM audit ORDER BY serial`)).toEqual([
    { what: 'apply' },
    { what: 'apply' },
    { what: 'refuse' },
  ]);
  expect(await db.query(sql`SELECT count(*) AS n FROM deployment`)).toEqual([{ n: 2 }]);
  await db.close();
});
