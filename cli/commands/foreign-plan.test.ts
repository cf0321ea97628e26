import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Plan } from '../../engine/plan/plan.ts';
import { digest } from '../../engine/program/hash.ts';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-foreign-'));
  for (const name of ['mine', 'theirs']) {
    await mkdir(join(root, name));
    await writeFile(
      join(root, name, 'crm.yaml'),
      `project: { name: ${name}, timezone: UTC, locale: en, currency: EUR }\ndata: { customers: { attributes: {} } }\n`,
    );
  }
});
afterEach(() => rm(root, { recursive: true }));

async function run(folder: string, ...words: string[]) {
  const io = testIo(join(root, folder));
  const code = await crm(words, io);
  return { code, ...io.said };
}

it('refuses the plan of another project, also into an empty store, and makes none', async () => {
  expect(await run('theirs', 'plan', '--out', '../plan.json')).toMatchObject({ code: 0 });
  expect(await run('mine', 'apply', '../plan.json')).toMatchObject({
    code: 3,
    err: expect.stringContaining('The plan is of the project "theirs", and this is "mine".'),
  });
  expect(await readdir(join(root, 'mine'))).toEqual(['crm.yaml']);
  expect(await run('theirs', 'apply', '../plan.json')).toMatchObject({ code: 0 });
});

it('prints nothing of a plan raw', async () => {
  await run('mine', 'plan', '--out', '../plan.json');
  const { planHash: _, ...plan } = JSON.parse(await readFile(join(root, 'plan.json'), 'utf8')) as Plan;
  const notice = { level: 'blocked', address: 'x', message: '\u001b[2Jgone', help: '\u001b[31m' };
  const forged = { ...plan, notices: [notice] };
  await writeFile(join(root, 'plan.json'), JSON.stringify({ ...forged, planHash: digest(forged) }));
  const { code, err } = await run('mine', 'apply', '../plan.json');
  expect(code).toBe(3);
  expect(err).toContain('[2Jgone');
  expect(err).not.toContain('\u001b[2J');
  expect(err).not.toContain('\u001b[31m');
});
