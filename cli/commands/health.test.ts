import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-health-'));
});
afterAll(() => rm(root, { recursive: true }));

let now = Date.UTC(2026, 2, 2, 9);
async function run(...words: string[]) {
  const io = testIo(root, { now: () => now });
  return { code: await crm(words, io), out: io.said.out };
}

it('is fine as long as ticks happen, also before the first project is there', async () => {
  expect(await run('health')).toEqual({ code: 0, out: 'Nothing is applied yet, so nothing has to happen.\n' });
  expect(await run('migrate')).toEqual({ code: 0, out: 'There is no store yet: nothing to bring up to date.\n' });
  const project = 'project: { name: shop, timezone: UTC, locale: en, currency: EUR, tick: 1 minute }\n';
  await writeFile(join(root, 'crm.yaml'), `${project}data: { customers: { attributes: { email: email } } }\n`);
  expect(await run('health')).toMatchObject({ code: 0 });
  expect(await run('apply', '--auto-approve')).toMatchObject({ code: 0 });
  now += 5 * 60_000;
  expect(await run('health')).toEqual({ code: 0, out: 'Healthy: the last tick was 5 minutes ago.\n' });
  now += 1000;
  expect((await run('health')).code).toBe(1);
  expect(await run('tick')).toMatchObject({ code: 0 });
  expect(await run('health')).toEqual({ code: 0, out: 'Healthy: the last tick was 1 second ago.\n' });
  expect(await run('migrate')).toEqual({ code: 0, out: 'The store is up to date.\n' });
  now += 3_600_000;
  const { code, out } = await run('health', '--json');
  expect([code, JSON.parse(out)]).toEqual([
    1,
    { format: 1, type: 'health', healthy: false, last: '2026-03-02T09:05:00.000Z', allowedMs: 300_000 },
  ]);
});
