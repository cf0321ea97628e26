import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile } from '../engine/compile/compile.ts';
import type { Delta, Forecast } from '../engine/plan/effects.ts';
import { forecast } from '../engine/plan/forecast.ts';
import { coverage, tallyAll, tallyFiles } from '../test/sample/coverage.ts';
import { changedShop, sampledShop, start, writeShop } from '../test/sample/shop.ts';
import type { BenchLine, Size } from './bench.ts';

const draws = 60;
/** One in so many customers is drawn. */
const part = 10;

/** Forecasts a change by so many samples, each simulated, and counts the intervals that have the exact number; a segment ranks everybody. */
export async function sampleBench({ customers = 3_000 }: Size): Promise<BenchLine[]> {
  const root = await writeShop(customers);
  const folder = await mkdtemp(join(tmpdir(), 'kaskad-drawn-'));
  try {
    const [applied, desired] = [compile(sampledShop()), compile(changedShop())];
    const input = { applied, desired, at: start, tz: 'bench', root };
    const exact = numbersOf(await forecast(input));
    const of = { everything: [0, 0], ranked: [0, 0], differences: [0, 0] };
    const count = (which: keyof typeof of, inside: boolean) => {
      of[which][0] = (of[which][0] ?? 0) + (inside ? 1 : 0);
      of[which][1] = (of[which][1] ?? 0) + 1;
    };
    for (let i = 0; i < draws; i++) {
      const sample = { size: customers / part, folder, salt: `draw ${i}` };
      const estimated = numbersOf(await forecast({ ...input, sample }));
      for (const [name, real] of exact) {
        const { sampled } = estimated.get(name) ?? {};
        for (const side of ['before', 'after'] as const) {
          const [truth, range] = [real[side] ?? 0, sampled?.[side]];
          // About ten customers of the sample.
          if (!range || truth < 10 * part) continue;
          count(/\btop\b/.test(name) ? 'ranked' : 'everything', range.low <= truth && truth <= range.high);
        }
        const [truth, range] = [(real.after ?? 0) - (real.before ?? 0), sampled?.difference];
        if (range && Math.abs(truth) >= 10 * part) count('differences', range.low <= truth && truth <= range.high);
      }
    }
    return Object.entries(of).map(([name, [inside = 0, all = 0]]) => ({
      name: `share of 90 % intervals with the exact number: ${name}`,
      ours: (100 * inside) / all,
      unit: '%',
      note: `${all} intervals of ${draws} samples of one in ${part} of ${customers} customers`,
    }));
  } finally {
    await rm(root, { recursive: true });
    await rm(folder, { recursive: true });
  }
}

/** Simulates everybody of so many generated shops under both programs, and draws one sample of each size from each shop. */
export async function sampleWorldsBench({ customers = 1_000 }: Size, worlds = 200): Promise<BenchLine[]> {
  const applied = compile(sampledShop({ ranked: false }));
  const desired = compile(changedShop({ ranked: false }));
  const sums = new Map<string, { inside: number; of: number }>();
  for (let world = 0; world < worlds; world++) {
    const root = await writeShop(customers, `w${world}`);
    try {
      const files = tallyFiles(root);
      await Promise.all([tallyAll(applied, root, files.before), tallyAll(desired, root, files.after)]);
      for (const part of [2, 4]) {
        const found = await coverage({
          ...files,
          draws: 1,
          size: customers / part,
          expected: [10, Number.POSITIVE_INFINITY],
        });
        for (const [kind, { inside, of }] of found) {
          const name = `${kind}, one in ${part}`;
          const sum = sums.get(name) ?? { inside: 0, of: 0 };
          sums.set(name, { inside: sum.inside + inside, of: sum.of + of });
        }
      }
    } finally {
      await rm(root, { recursive: true });
    }
  }
  return [...sums].map(([name, { inside, of }]) => ({
    name: `share of 90 % intervals with the exact number: ${name}`,
    ours: (100 * inside) / of,
    unit: '%',
    note: `${of} intervals of ${worlds} shops of ${customers} customers, one sample each`,
  }));
}

/** Returns the numbers of customers and messages by name. */
function numbersOf({ sends, entries, audiences }: Forecast): Map<string, Delta> {
  return new Map([
    ...sends.flatMap(({ campaign, channel, day, week }): [string, Delta][] => [
      [`day ${campaign} ${channel}`, day],
      [`week ${campaign} ${channel}`, week],
    ]),
    ...entries.map((one): [string, Delta] => [`entries ${one.campaign}`, one]),
    ...audiences.map((one): [string, Delta] => [`audience ${one.address}`, one]),
  ]);
}
