import { afterEach, expect, it } from 'vitest';
import { Bench } from './trial.ts';
import { trials } from './trials.ts';

let bench: Bench;
afterEach(() => bench.close());

for (const trial of trials)
  it(`${trial.name}: ${trial.holds}`, { timeout: 120_000 }, async (context) => {
    bench = new Bench(1, false);
    const figures = await trial.run(bench);
    if (typeof figures.skipped === 'string') context.skip(figures.skipped);
    expect(figures).not.toEqual({});
  });
