import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { DuckDb } from '../engine/store/duckdb.ts';
import { testIo } from '../test/io.ts';
import { crm } from './crm.ts';

const project = `
project: { name: shop, timezone: UTC, locale: en, currency: EUR, store: place/store.duckdb }
data:
  customers: { from: customers.csv, attributes: { name: string } }
  events: { registered: { from: registered.csv } }
channels:
  crm: { kind: webhook, transport: file, directory: out }
campaigns:
  welcome: { on: { event: registered }, steps: [{ webhook: { crm: [] } }] }
`;

let root: string;
let store: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-world-'));
  store = join(root, 'place/store.duckdb');
  await mkdir(join(root, 'place'));
  await writeFile(join(root, 'crm.yaml'), project);
  await writeFile(join(root, 'customers.csv'), 'id,name\n');
  await writeFile(join(root, 'registered.csv'), 'customer,at\n');
});
afterEach(async () => {
  await rm(root, { recursive: true });
});

async function refused(...words: string[]): Promise<string> {
  const io = testIo(root);
  expect(await crm(words, io), io.said.err).toBe(1);
  return io.said.err;
}

it.each([
  ['text', 'id,name\n'.repeat(3000)],
  ['SQLite', `SQLite format 3\0${'\0'.repeat(9000)}`],
])('a store that is a file of another kind is named and not touched: %s', async (_kind, content) => {
  await writeFile(store, content);
  for (const word of ['apply', 'status'])
    expect(await refused(word, ...(word === 'apply' ? ['--auto-approve'] : []))).toMatch(
      /file of another kind[\s\S]*Name another/,
    );
  expect(await readFile(store, 'latin1')).toBe(content);
});

it('a database of another program gets none of our tables', async () => {
  const db = await DuckDb.open(store);
  await db.run(sql`CREATE TABLE customer (id text)`);
  await db.close();
  expect(await refused('apply', '--auto-approve')).toContain('is a database of another program');
  const after = await DuckDb.open(store);
  expect(await after.query(sql`SELECT table_name FROM information_schema.tables`)).toEqual([
    { table_name: 'customer' },
  ]);
  await after.close();
});

it('an empty file and a folder are named', async () => {
  await writeFile(store, '');
  expect(await refused('status')).toMatch(/is no store[\s\S]*may be deleted/);
  await rm(store);
  await mkdir(store);
  expect(await refused('status')).toContain('There is a folder of that name');
});

function mounted(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

it('a full disk ends a command with what to do, and the next one goes on', async (context) => {
  if (!mounted(join(root, 'place'))) return context.skip('a small file system cannot be mounted here');
  try {
    expect(await crm(['apply', '--auto-approve'], testIo(root))).toBe(0);
    const names = Array.from({ length: 80_000 }, (_, i) => `c${i},${i}-${'x'.repeat(100)}\n`);
    await writeFile(join(root, 'customers.csv'), `id,name\n${names.join('')}`);
    expect(await refused('tick')).toMatch(/The disk is full\.[\s\S]*Make room/);
    await writeFile(join(root, 'customers.csv'), 'id,name\nc1,x\n');
    expect(await crm(['tick'], testIo(root)), 'with room').toBe(0);
  } finally {
    execFileSync('umount', [join(root, 'place')]);
  }
});

it.skipIf(process.platform === 'win32')(
  'a pipe in place of the store is refused, and nothing waits for it',
  async () => {
    execFileSync('mkfifo', [store]);
    expect(await refused('status')).toContain('not a regular file');
    expect(await refused('apply', '--auto-approve')).toContain('not a regular file');
  },
);
