import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { testIo } from '../test/io.ts';
import { scriptOfProgram } from '../test/program.ts';
import { crm } from './crm.ts';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const main = await scriptOfProgram();
const start = Date.UTC(2026, 2, 2, 10);
const people = 20_000;
let folder: string;
let shop: string;
let temporary: string;

/** A shop whose simulation takes many seconds: each of many customers fills a cart at a time of his own. */
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kaskad-interrupted-'));
  [shop, temporary] = [join(folder, 'shop'), join(folder, 'temporary')];
  await mkdir(temporary);
  const io = testIo(folder, { now: () => start });
  expect(await crm(['init', shop, '--template', 'cart'], io)).toBe(0);
  const numbers = Array.from({ length: people }, (_, i) => i);
  const customers = numbers.map((i) => `p${i},Anna,p${i}@example.com,,\n`);
  await appendFile(join(shop, 'sample/customers.csv'), customers.join(''));
  const carts = numbers.flatMap((i) =>
    [1, 2, 3, 4, 5, 6].map((day) => {
      const at = new Date(start + (day * 24 + (i % 20)) * 3_600_000 + i * 60).toISOString();
      return `p${i},${at},1,20.00\n`;
    }),
  );
  await appendFile(join(shop, 'sample/carts.csv'), carts.join(''));
  expect(await crm(['apply', '--auto-approve'], testIo(shop, { now: () => start }))).toBe(0);
});
afterAll(() => rm(folder, { recursive: true }));

async function contents(): Promise<Record<string, string>> {
  const names = (await readdir(shop, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
  const read = names.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    return [path, await readFile(path, 'base64')] as const;
  });
  return Object.fromEntries(await Promise.all(read));
}

async function ended(child: ChildProcess): Promise<{ code: number | null; err: string }> {
  let err = '';
  child.stderr?.on('data', (text) => {
    err += text;
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, err };
}

it.each([
  [['simulate', '--days', '7'], 'Interrupted: what was simulated so far is not shown.'],
  [['plan', '--out', 'plan.json'], 'Interrupted: there is no plan.'],
])('Ctrl-C ends %j, which leaves nothing behind', async (words, text) => {
  const before = await contents();
  const env = { ...process.env, TMPDIR: temporary, NODE_DISABLE_COMPILE_CACHE: '1' };
  const interruptedAfter = async (ms: number) => {
    const child = spawn(process.execPath, [main, ...words, '--project', shop], { cwd: folder, env });
    const end = ended(child);
    await pause(ms);
    child.kill('SIGINT');
    return end;
  };
  // A signal that comes before the program listens ends it at once.
  let result = await interruptedAfter(2000);
  for (let ms = 4000; result.code === null; ms *= 2) result = await interruptedAfter(ms);
  const { code, err } = result;
  expect([code, err]).toEqual([1, expect.stringContaining(text)]);
  expect(await readdir(temporary)).toEqual([]);
  expect(await contents()).toEqual(before);
});
