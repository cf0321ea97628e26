import { expect, it } from 'vitest';
import { casesOf } from '../extent.ts';
import { Bench } from './trial.ts';
import { trials } from './trials.ts';

// Two at a time (see vitest.config.ts): much of their time they wait.
for (const trial of casesOf(trials, 4))
  it.concurrent(`${trial.name}: ${trial.holds}`, { timeout: 180_000 }, async (context) => {
    const bench = new Bench(1, false);
    try {
      const figures = await trial.run(bench);
      if (typeof figures.skipped === 'string') context.skip(figures.skipped);
      expect(figures).not.toEqual({});
    } finally {
      await bench.close();
    }
  });
