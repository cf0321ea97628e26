import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const now = Date.UTC(2026, 2, 20, 12, 0, 30);
let root: string;

async function run(...words: string[]) {
  const io = testIo(root, { now: () => now });
  const code = await crm(words, io);
  return { code, ...io.said };
}

const write = (wait: string, more = '') =>
  writeFile(
    join(root, 'campaigns/sale.crm.yaml'),
    `campaigns:
  sale:
    on: { launch: manual }
    rollout: { change: [10% manual, 50% for 2 days, 100%] }
    steps:
      - wait: ${wait}
      - send: { email: welcome/offer }
${more}`,
  );

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-change-'));
  await run('init', '.', '--yaml', '--template', 'welcome', '--timezone', 'Europe/London', '--currency', 'GBP');
  await write('1 hour');
  expect(await run('apply', '--auto-approve', '--json')).toMatchObject({ code: 0 });
});
afterAll(() => rm(root, { recursive: true }));

it('the rollout of a change is planned, applied, promoted and taken back, and both versions are told of', async () => {
  expect((await run('status')).out, 'the first apply rolls nothing out').not.toContain('Rollouts');
  await write('2 hours');
  const plan = await run('plan');
  const [, before = '', version = ''] = /campaign sale +(\w{12}) → (\w{12})/.exec(plan.out) ?? [];
  const stages = `sale: 10% of those who enter get version ${version} from the apply on until \`crm promote sale\`, then 50% for 2 days, then 100%; the others enter version ${before}, the one before`;
  expect(plan.out.replaceAll(/\s+/g, ' ')).toContain(stages);
  const { rollouts } = JSON.parse((await run('plan', '--json')).out);
  expect(rollouts).toMatchObject([{ campaign: 'sale', begins: 'apply', change: { version, before } }]);
  expect(await run('apply', '--auto-approve', '--json')).toMatchObject({ code: 0 });

  const again = await run('plan');
  expect(again).toMatchObject({ code: 0 });
  expect(again.out).toContain('Nothing to change');
  expect(await run('drift')).toMatchObject({ code: 0 });
  expect((await run('status')).out).toContain(`10% of those who enter get version ${version} since`);

  expect(await run('promote', 'sale', '--auto-approve', '--as', 'anna')).toMatchObject({
    code: 0,
    out: `10% of those who enter sale get version ${version} now; the next stage has 50%.
50% of those who enter sale get version ${version} from the next tick on.
`,
  });
  expect((await run('audit', '--json')).out).toContain(`"version":"${version}"`);

  await write('3 hours');
  const further = JSON.parse((await run('plan', '--json')).out);
  expect(further.rollouts).toMatchObject([{ begins: 'apply', stages: [{ share: 0.1 }, {}, {}], change: { before } }]);
  await write('2 hours', '    title: Sale\n');
  const titled = JSON.parse((await run('plan', '--json')).out);
  expect(titled.rollouts).toMatchObject([{ begins: 'store', stages: [{ share: 0.5 }, {}], change: { before } }]);

  const back = await run('rollback', '--auto-approve');
  expect(back).toMatchObject({ code: 0 });
  expect(back.out).not.toContain('get version');
  expect((await run('status')).out).not.toContain('Rollouts');
  expect(await run('promote', 'sale', '--auto-approve')).toMatchObject({ code: 1 });
});
