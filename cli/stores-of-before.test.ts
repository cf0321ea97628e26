import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { testIo } from '../test/io.ts';
import { restoreDuckDb } from '../test/stored.ts';
import { crm } from './crm.ts';

vi.setConfig({ testTimeout: 60_000 });

const fixture = join(import.meta.dirname, '../test/fixtures/stores/0-first');

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-stores-'));
  await cp(fixture, root, { recursive: true });
  await mkdir(join(root, '.kaskad'));
  await restoreDuckDb(fixture, join(root, '.kaskad/store.duckdb'));
});
afterEach(() => rm(root, { recursive: true }));

async function run(...words: string[]) {
  const io = testIo(root, { now: () => Date.UTC(2026, 10, 29, 12, 30) });
  return { code: await crm(words, io), ...io.said };
}

it('a store of the first version is shown by crm status', async () => {
  const { code, out, err } = await run('status');
  expect(code).toBe(0);
  expect(err).toContain('has been brought up to date');
  expect(out).toContain('1 sent');
  expect(out).toContain('orders.csv');
  const json = JSON.parse((await run('status', '--json')).out);
  expect(json).toMatchObject({ outbox: { sent: 1 }, sources: [{ rows: 1 }, { rows: 2 }, { rows: 1 }] });
});

it.each([
  ['customer', 'c1'],
  ['explain', 'c1'],
  ['suppression', 'list'],
  ['audience', 'thanks'],
  ['pause', '--all'],
  ['resume', '--all'],
  ['tick', '--no-dispatch'],
])('crm %s on it says what to do about what is applied', async (...words) => {
  const { code, err } = await run(...words);
  expect(code).toBe(1);
  expect(err).toContain('What is applied was compiled by an earlier version of Kaskad.');
  expect(err).toContain('Bring it up to date with `crm plan` and `crm apply`');
});

it('it can be brought up to date, and goes on', async () => {
  expect((await run('plan', '--allow-bad-data')).code).toBe(0);
  expect(await run('apply', '--auto-approve', '--allow-bad-data')).toMatchObject({ code: 0, err: '' });
  expect(await run('tick', '--allow-bad-data')).toMatchObject({ code: 0, err: '' });
  const { code, out } = await run('explain', 'c1');
  expect(code).toBe(0);
  expect(out).toContain('thanks');
});
