import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let root: string;

async function run(...words: string[]) {
  const io = testIo(root);
  const code = await crm(words, io);
  return { code, ...io.said };
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-simulate-launch-'));
  await run('init', '.', '--yaml', '--template', 'welcome');
  await writeFile(
    join(root, 'campaigns/sale.crm.yaml'),
    'campaigns:\n  sale:\n    on: { launch: manual }\n    steps: [send: { email: welcome/offer }]\n',
  );
});
afterAll(() => rm(root, { recursive: true }));

describe('crm simulate --launch', () => {
  it('lets no customer enter a campaign that begins by hand, unless --launch names it', async () => {
    const without = await run('simulate', '--days', '1', '--json');
    expect(without.out).not.toContain('"campaign":"sale"');
    const launched = await run('simulate', '--days', '1', '--json', '--launch', 'sale');
    expect(launched.code).toBe(0);
    expect(launched.out).toContain('"campaign":"sale"');
  });

  it('launches at the beginning, and ends before the last instant', async () => {
    const { out } = await run(
      ...['simulate', '--from', '2026-03-02T10:00:00Z', '--days', '2', '--json', '--launch', 'sale'],
    );
    const lines = out.split('\n').flatMap((line) => (line ? [JSON.parse(line)] : []));
    const entries = lines.filter((line) => line.type === 'entry' && line.campaign === 'sale');
    expect(entries.length).toBeGreaterThan(0);
    expect(new Set(entries.map((line) => line.at))).toEqual(new Set(['2026-03-02T10:00:00.000Z']));
    expect(lines.at(-1)).toMatchObject({ from: '2026-03-02T10:00:00.000Z', to: '2026-03-04T10:00:00.000Z' });
    expect(lines.filter((line) => line.at >= '2026-03-04T10:00:00.000Z')).toEqual([]);
  });

  it.each([
    ['sales', 'Did you mean "sale"?'],
    ['welcome', 'is not launched by hand: it begins by itself'],
  ])('refuses %s', async (name, said) => {
    const { code, err } = await run('simulate', '--days', '1', '--launch', name);
    expect(code).toBe(1);
    expect(err).toContain(said);
  });
});

describe('crm simulate beyond the end of the data', () => {
  const said = 'The last event in the data is of';
  it('says when the last event is, if that is more than a day before the end', async () => {
    const words = ['simulate', '--from', '2026-03-02T10:00:00Z'];
    const last = await run(...words, '--days', '1', '--json');
    const { dataUntil } = JSON.parse(last.out.trim().split('\n').at(-1) ?? '');
    const beyond = new Date(Date.parse(dataUntil) + 3 * 24 * 3_600_000).toISOString();
    expect((await run(...words, '--to', beyond)).out).toContain(said);
    expect((await run(...words, '--to', dataUntil)).out).not.toContain(said);
    const sampled = await run(...words, '--days', '1', '--json', '--sample', '1');
    expect(sampled.out).toContain(`"dataUntil":"${dataUntil}"`);
  });
});
