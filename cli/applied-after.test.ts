import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testIo } from '../test/io.ts';
import { crm } from './crm.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-after-'));
});
afterEach(() => rm(root, { recursive: true }));

async function run(time: string, ...words: string[]) {
  const io = testIo(root, { now: () => Date.parse(`2026-11-22T${time}Z`) });
  const code = await crm(words, io);
  expect(code, io.said.err).toBe(0);
  return io.said.out;
}

it('a tick in the minute of the apply reports that the campaigns begin with the next', async () => {
  await run('08:41:00', 'init', '.', '--template', 'welcome', '--yaml', '--timezone', 'UTC');
  await run('08:41:10', 'apply', '--auto-approve');
  const first = await run('08:41:50', 'tick', '--no-dispatch');
  expect(first).toContain('Applied after that, and begun by the first tick at 2026-11-22 08:42 or later: welcome.');
  expect(await run('08:42:05', 'tick', '--no-dispatch')).not.toContain('Applied after');
});

it('a tick in the past reports the first tick after the apply, and not the one after itself', async () => {
  await run('08:41:00', 'init', '.', '--template', 'welcome', '--yaml', '--timezone', 'UTC');
  await run('08:41:10', 'apply', '--auto-approve');
  const past = await run('08:41:50', 'tick', '--no-dispatch', '--at', '2026-11-20T10:00');
  expect(past).toContain('begun by the first tick at 2026-11-22 08:42 or later: welcome.');
});
