import { describe, expect, it } from 'vitest';
import { predicted, predictedOfSample } from './prediction.ts';

/** Draws numbers in [0, 1) by a linear congruential generator (Park and Miller). */
function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

/** Draws a Poisson count: the number of exponential times within the mean. */
function poisson(mean: number, draw: () => number): number {
  let n = -1;
  for (let time = 0; time < mean; n++) time += -Math.log(draw());
  return n;
}

describe('the interval of a count to come', () => {
  it('is the one of the paper, by hand', () => {
    // (100 - y)² = 2.7055·(100 + y): y = 101.353 ± 23.301.
    expect(predicted(100, 1)).toEqual({ low: 79, high: 124 });
    // Where nothing was forecast, up to z² may come.
    expect(predicted(0, 1)).toEqual({ low: 0, high: 2 });
    expect(predicted(1_000, 0)).toEqual({ low: 0, high: 0 });
  });

  it.each([
    [3, 1],
    [20, 1],
    [20, 0.3],
    [400, 1],
    [400, 0.1],
  ])('has about 90 %% of the counts: mean %d, share %d', (mean, share) => {
    const draw = uniform(7);
    const times = 4_000;
    let within = 0;
    for (let i = 0; i < times; i++) {
      const { low, high } = predicted(poisson(mean, draw), share);
      const count = poisson(mean * share, draw);
      if (count >= low && count <= high) within++;
    }
    expect(within / times).toBeGreaterThan(0.88);
    expect(within / times).toBeLessThan(0.96);
  });

  it('is wider where the forecast is an estimate, and the same where that is exact', () => {
    expect(predictedOfSample(100, { low: 100, high: 100 }, 1)).toEqual(predicted(100, 1));
    const { low, high } = predictedOfSample(100, { low: 60, high: 150 }, 1);
    expect(low).toBeLessThan(60);
    expect(high).toBeGreaterThan(150);
  });
});
