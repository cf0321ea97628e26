import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

const now = Date.UTC(2026, 2, 2, 12);
let root: string;

async function run(...words: string[]) {
  const io = testIo(root, { now: () => now });
  return { code: await crm(words, io), ...io.said };
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-apply-environment-'));
  const project = { name: 'shop', timezone: 'UTC', locale: 'en', currency: 'EUR' };
  await writeFile(join(root, 'crm.yaml'), `project: ${JSON.stringify(project)}\ndata: { customers: {} }\n`);
  await mkdir(join(root, 'environments'));
  await writeFile(join(root, 'environments/live.yaml'), 'delivery: live\n');
  await writeFile(join(root, 'environments/test.yaml'), 'delivery: test\n');
});
afterAll(() => rm(root, { recursive: true }));

it.each([
  [['--env', 'live'], ['--env', 'test'], /of the environment live, and this is test/],
  [['--env', 'test'], [], /of the environment test, and none is chosen/],
  [[], ['--env', 'test'], /of no environment, and this is test/],
])('a plan made with %j is not applied with %j', async (made, applied, why) => {
  expect(await run('plan', '--out', 'plan.json', ...made)).toMatchObject({ code: 0 });
  expect(await run('apply', 'plan.json', '--auto-approve', ...applied)).toMatchObject({
    code: 3,
    err: expect.stringMatching(why),
  });
  expect(await run('status', ...applied)).toMatchObject({ code: 1 });
  expect(await run('apply', 'plan.json', '--auto-approve', '--allow', 'campaign.gone', ...made)).toMatchObject({
    code: 0,
    err: expect.stringContaining('--allow campaign.gone was not needed'),
  });
  await rm(join(root, '.kaskad'), { recursive: true });
});
