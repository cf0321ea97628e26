import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';
import { promote } from './promote.ts';

// The plan lives through a week.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const now = Date.UTC(2026, 2, 20, 12, 0, 30);
let root: string;

async function run(words: string[], at = now) {
  const io = testIo(root, { now: () => at });
  const code = await crm(words, io);
  return { code, ...io.said };
}

const sale = `campaigns:
  sale:
    on: { launch: manual }
    rollout: [10% manual, 50% for 2 days, 100%]
    steps:
      - send: { email: welcome/offer }
`;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-promote-'));
  await run(['init', '.', '--yaml', '--template', 'welcome', '--timezone', 'Europe/London', '--currency', 'GBP']);
  await writeFile(join(root, 'campaigns/sale.crm.yaml'), sale);
  expect(await run(['apply', '--auto-approve', '--json'])).toMatchObject({ code: 0 });
});
afterAll(() => rm(root, { recursive: true }));

describe('crm promote', () => {
  it('asks first, and does nothing without a yes', async () => {
    const io = testIo(root, { now: () => now, terminal: { stdin: true, stdout: true, stderr: true } });
    expect(await promote(io, 'sale', {}, async () => false)).toBe(1);
    expect(io.said.out).toBe(`sale lets in 10% of the customers now; the next stage has 50%.
Nothing was promoted.
`);
    expect(await run(['promote', 'sale'])).toMatchObject({ code: 1 });
  });

  it('begins the next stage, also before the time of one is over, and is noted', async () => {
    expect(await run(['promote', 'sale', '--auto-approve', '--as', 'anna'])).toMatchObject({
      code: 0,
      out: `sale lets in 10% of the customers now; the next stage has 50%.
sale lets in 50% of the customers from the next tick on.
`,
    });
    const { out } = await run(['promote', 'sale', '--auto-approve', '--json', '--as', 'anna']);
    expect(JSON.parse(out)).toEqual({
      format: 1,
      type: 'promote',
      campaign: 'sale',
      stage: 3,
      share: '100%',
      from: new Date(now).toISOString(),
    });
    const log = await run(['audit', 'verify']);
    expect(log).toMatchObject({ code: 0 });
  });

  it('refuses a campaign that has no stage to come', async () => {
    const last = await run(['promote', 'sale', '--auto-approve']);
    expect(last).toMatchObject({ code: 1 });
    expect(last.err).toContain('The rollout of sale is in its last stage.');
    const none = await run(['promote', 'welcome', '--auto-approve']);
    expect(none).toMatchObject({ code: 1 });
    expect(none.err).toContain('welcome has no rollout.');
  });

  it('begins the stage after that of the last tick, also where that is ahead of the clock', async () => {
    await writeFile(
      join(root, 'campaigns/sale.crm.yaml'),
      sale.replace('10% manual, 50% for 2 days', '10% for 1 day, 50% manual'),
    );
    expect(await run(['apply', '--auto-approve', '--json'])).toMatchObject({ code: 0 });
    expect(await run(['tick', '--force', '--at', new Date(now + 2 * 86_400_000).toISOString()])).toMatchObject({
      code: 0,
    });
    expect((await run(['status'])).out).toContain('50% of the customers since');
    expect((await run(['promote', 'sale', '--auto-approve'])).out).toContain(
      'sale lets in 50% of the customers now; the next stage has 100%.',
    );
  });
});
