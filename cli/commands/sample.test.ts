import { appendFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Forecast } from '../../engine/plan/effects.ts';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let root: string;

async function run(...words: string[]) {
  const io = testIo(root, { now: () => Date.UTC(2026, 2, 4) });
  const code = await crm(words, io);
  return { code, ...io.said };
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-sample-'));
  await run('init', '.', '--yaml', '--template', 'welcome');
});
afterAll(() => rm(root, { recursive: true }));

const forecastOf = (out: string) => (JSON.parse(out) as { forecast: Forecast }).forecast;

describe('crm simulate --sample', () => {
  it('simulates some of the customers, and estimates what all would get', async () => {
    const { code, out } = await run('simulate', '--days', '7', '--sample', '16', '--json');
    expect(code).toBe(0);
    const lines = out.split('\n').flatMap((line) => (line ? [JSON.parse(line)] : []));
    const { sample, totals } = lines.at(-1);
    expect(sample).toMatchObject({ confidence: 0.9, totals: { sent: { estimate: expect.any(Number) } } });
    expect(sample.customers).toBeLessThan(sample.of);
    expect(totals.sent, 'all else is of the sample').toBeLessThan(sample.totals.sent.estimate);
    for (const { sent } of sample.sends) expect(sent.low <= sent.estimate && sent.estimate <= sent.high).toBe(true);
    expect(new Set(lines.map((line) => line.customer).filter(Boolean)).size).toBeLessThanOrEqual(sample.customers);
    const text = await run('simulate', '--days', '7', '--sample', '16');
    expect(text.out).toContain(`Only a sample was simulated: ${sample.customers} of ${sample.of} customers.`);
    expect(text.out).toContain('Estimated for all customers');
  });

  it('names what is ranked within the sample, and says why a few more or fewer were drawn than were asked for', async () => {
    const segments = join(root, 'campaigns/best.crm.yaml');
    await writeFile(segments, 'segments:\n  best: { where: top 20% by count(registered) }\n');
    const { out } = await run('simulate', '--days', '1', '--sample', '16', '--json');
    expect(JSON.parse(out.trim().split('\n').at(-1) ?? '').sample).toMatchObject({
      asked: 16,
      ranked: ['segment.best'],
    });
    const text = await run('simulate', '--days', '1', '--sample', '16');
    expect(text.out).toContain('Ranked within the sample (top or bottom N %, RFM): segment best.');
    const planned = await run('plan', '--sample', '16', '--json');
    expect(forecastOf(planned.out).sample).toMatchObject({ asked: 16, ranked: ['segment.best'] });
    await rm(segments);
  });

  it('is exact where the sample has everybody, and says so', async () => {
    const [all, exact] = [
      await run('simulate', '--days', '7', '--sample', '1e9'),
      await run('simulate', '--days', '7'),
    ];
    const [title, said, ...rest] = all.out.split('\n');
    expect(said).toMatch(/^The sample has all \d+ customers: the numbers are exact\.$/);
    expect([title, ...rest].join('\n')).toBe(exact.out);
  });

  it.each(['0', '-5', '1.5', 'some'])('refuses %s customers', async (size) => {
    const { code, err } = await run('simulate', `--sample=${size}`);
    expect(code).toBe(1);
    expect(err).toContain('Write a whole number from 1 upwards.');
  });
});

describe('crm plan --sample', () => {
  it('forecasts by some of the customers, and the plan is applied like any other', async () => {
    const { code, out } = await run('plan', '--sample', '16', '--out', 'plan.json', '--json');
    expect(code).toBe(0);
    const { sample, sends } = forecastOf(out);
    expect(sample).toMatchObject({ confidence: 0.9, of: expect.any(Number) });
    for (const { week } of sends) expect(week.sampled?.after?.high).toBeGreaterThanOrEqual(week.after ?? 0);
    const kept = JSON.parse(await readFile(join(root, 'plan.json'), 'utf8'));
    expect(kept.effects.forecast.sample).toEqual(sample);
    const applied = await run('apply', 'plan.json', '--auto-approve');
    expect(applied.err).toBe('');
    expect(applied.code).toBe(0);
    expect(applied.out).toContain('Applied as deployment 1.');
  });

  it('compares what is applied with the files by the same customers, on from a store that has run', async () => {
    await run('tick', '--no-dispatch');
    const campaign = join(root, 'campaigns/welcome.crm.yaml');
    const text = await readFile(campaign, 'utf8');
    await writeFile(campaign, text.replace(/wait: .*/, 'wait: 3 hours'));
    const exact = forecastOf((await run('plan', '--json')).out);
    const all = forecastOf((await run('plan', '--sample', '32', '--json')).out);
    expect(exact.basis).toBe('store');
    expect(all.sample).toMatchObject({ customers: 32, of: 32 });
    const numbers = ({ sends, entries, audiences }: Forecast) =>
      [...sends.flatMap(({ day, week, weekCost }) => [day, week, weekCost]), ...entries, ...audiences].map(
        ({ before, after }) => [before, after],
      );
    expect(numbers(all)).toEqual(numbers(exact));
    expect(exact.entries[0]?.after).toBeGreaterThan(0);

    const some = forecastOf((await run('plan', '--sample', '16', '--json')).out);
    for (const { before, after, sampled } of some.entries)
      expect(sampled?.difference?.estimate).toBe((after ?? 0) - (before ?? 0));
    expect((await run('plan', '--sample', '16')).out).toContain('difference');
    expect((await run('plan')).out).not.toContain('≈');
    await writeFile(campaign, text);
  });

  it('has no numbers where it is interrupted before a customer is drawn', async () => {
    const io = testIo(root, { now: () => Date.UTC(2026, 2, 4) });
    io.stop.abort();
    expect(await crm(['plan', '--sample', '16'], io)).not.toBe(0);
    expect(io.said.err).toContain('Interrupted: there is no plan.');
  });

  it('counts the rows that cannot be read of the whole files', async () => {
    await appendFile(join(root, 'sample/customers.csv'), 'one,cell,too,many,here,or,there,and,more,of,them,all\n');
    const { out } = await run('plan', '--json');
    const sampled = await run('plan', '--sample', '5', '--json');
    expect(forecastOf(sampled.out).losses).toEqual(forecastOf(out).losses);
    expect(forecastOf(out).losses).toMatchObject([{ path: 'sample/customers.csv', lost: 1 }]);
  });
});
