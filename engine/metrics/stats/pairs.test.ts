import fc from 'fast-check';
import { expect, it } from 'vitest';
import { difference, lift } from './effects.ts';
import { type Pairs, pairsOf, ratioSample, withoutPast } from './pairs.ts';
import { sampleOf } from './sample.ts';

function ofRows(rows: [number, number][]): Pairs {
  const sum = (of: (row: [number, number]) => number) => rows.reduce((total, row) => total + of(row), 0);
  return pairsOf({
    n: rows.length,
    sum: sum(([one]) => one),
    squares: sum(([one]) => one ** 2),
    secondSum: sum(([, two]) => two),
    secondSquares: sum(([, two]) => two ** 2),
    products: sum(([one, two]) => one * two),
  });
}

const row = fc.tuple(fc.integer({ min: 0, max: 1_000 }), fc.integer({ min: 0, max: 1_000 }));
const arm = fc.array(row, { minLength: 3, maxLength: 40 }).map(ofRows);

it('the past never widens an interval, and leaves the mean of the control as it is', () => {
  fc.assert(
    fc.property(arm, arm, (treated, control) => {
      const freed = withoutPast(treated, control);
      const [without, plain] = [difference(freed.treated, freed.control), difference(treated.first, control.first)];
      if (without && plain) expect(without.error).toBeLessThanOrEqual(plain.error * (1 + 1e-9));
      expect(freed.control.mean).toBe(control.first.mean);
    }),
  );
});

it('a past that explains the outcome wholly leaves the effect alone', () => {
  const past = [3, 8, 1, 9, 4, 4, 7];
  const treated = ofRows(past.map((x, i) => [2 * x + 5 + (i % 2) / 1_000, x]));
  const control = ofRows(past.slice(1).map((x, i) => [2 * x + (i % 3) / 1_000, x]));
  const freed = withoutPast(treated, control);
  expect(freed.theta).toBeCloseTo(2, 3);
  const found = difference(freed.treated, freed.control);
  expect(found?.estimate).toBeCloseTo(5, 2);
  expect(found?.error).toBeLessThan(0.001);
});

it('a past that is the same for all changes nothing', () => {
  const treated = ofRows([
    [1, 7],
    [5, 7],
    [2, 7],
  ]);
  const control = ofRows([
    [2, 7],
    [2, 7],
    [4, 7],
  ]);
  const freed = withoutPast(treated, control);
  expect(freed).toEqual({ treated: treated.first, control: control.first, theta: 0 });
});

// The estimate is that of GrowthBook, whose own standard error of this lift, 0.3093, is with the treated arm's mean before it is adjusted.
it('the estimate with a given past is what GrowthBook prints for θ = 0.5', () => {
  const theta = 0.5;
  const mean = 2422.7 / 3_461 - theta * (22.7 / 3_461 - 16.87 / 3_000);
  const control = sampleOf(3_000, 1396.87, 52377.9767);
  expect(lift({ ...sampleOf(3_461, 2422.7, 134698.29), mean }, control)?.estimate.toFixed(5)).toBe('0.50236');
});

it('a ratio of sums has the variance of its linear part', () => {
  fc.assert(
    fc.property(fc.array(row, { minLength: 2, maxLength: 40 }), (rows) => {
      const { mean: ratio = 0, variance = -1 } = ratioSample(ofRows(rows)) ?? {};
      const seconds = rows.reduce((total, [, two]) => total + two, 0);
      if (seconds === 0) return expect(variance).toBe(-1);
      const linear = rows.map(([one, two]) => ((one - ratio * two) * rows.length) / seconds);
      const squares = linear.reduce((total, value) => total + value ** 2, 0);
      expect(Math.abs(variance - squares / (rows.length - 1))).toBeLessThan(1e-6 * (1 + variance));
    }),
  );
});

it('a ratio by a second value of 1 is the mean', () => {
  const rows: [number, number][] = [
    [3, 1],
    [8, 1],
    [4, 1],
  ];
  expect(ratioSample(ofRows(rows))).toEqual(ofRows(rows).first);
});
