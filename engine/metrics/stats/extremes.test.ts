import { expect, it } from 'vitest';
import { cappedSample, quantile } from './extremes.ts';

it('a quantile is between two values in proportion, as in the databases', () => {
  expect([0, 0.25, 0.5, 0.6, 1].map((share) => quantile([10, 1, 3, 2], share))).toEqual([1, 1.75, 2.5, 2.8, 10]);
  expect(quantile([], 0.5)).toBeUndefined();
});

it('no value counts more than the cap', () => {
  expect(cappedSample([1, 2, 100], 3)).toEqual({ n: 3, mean: 2, variance: 1 });
  expect(cappedSample([1, 2, 3], 3)).toEqual(cappedSample([1, 2, 3], 100));
});
