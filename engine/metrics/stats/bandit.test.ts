import fc from 'fast-check';
import { expect, it } from 'vitest';
import { thompson } from './bandit.ts';
import type { Share } from './sample.ts';

// The expected values are by the sum of E. Miller, “Formulas for Bayesian A/B testing” (2015), evaluated with logarithms in Python.
it.each<[Share, Share, number]>([
  [{ hits: 10, n: 100 }, { hits: 15, n: 100 }, 0.853284],
  [{ hits: 0, n: 50 }, { hits: 1, n: 1_000 }, 0.094652],
  [{ hits: 100, n: 10_000 }, { hits: 120, n: 10_000 }, 0.912013],
  [{ hits: 3, n: 4 }, { hits: 0, n: 9 }, 0.003663],
])('the second of %j and %j is better with the probability %f', (one, other, p) => {
  expect(thompson([one, other], 0)[1]).toBe(p);
});

it('arms that nobody has tried are equally likely', () => {
  expect(thompson(Array(4).fill({ hits: 0, n: 0 }), 0.05)).toEqual(Array(4).fill(0.25));
});

it('each arm has the floor, all together 1, and the better of two as large arms more', () => {
  const arm = fc
    .integer({ min: 0, max: 3_000 })
    .chain((n) => fc.record({ hits: fc.integer({ min: 0, max: n }), n: fc.constant(n) }));
  const floor = fc.double({ min: 0, max: 0.2, noNaN: true });
  fc.assert(
    fc.property(fc.array(arm, { minLength: 2, maxLength: 5 }), floor, (arms, floor) => {
      const ps = thompson(arms, floor);
      expect(ps.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 5);
      for (const p of ps) expect(p).toBeGreaterThanOrEqual(floor - 1e-6);
      arms.forEach((one, i) => {
        arms.forEach((other, j) => {
          if (one.n === other.n && one.hits > other.hits) expect(ps[i]).toBeGreaterThanOrEqual(ps[j] ?? 1);
        });
      });
    }),
    { numRuns: 30 },
  );
});

it('floors above 1 together are refused', () => {
  expect(() => thompson(Array(3).fill({ hits: 0, n: 0 }), 0.4)).toThrow(RangeError);
  expect(() => thompson([{ hits: 0, n: 0 }], -0.1)).toThrow(RangeError);
});
