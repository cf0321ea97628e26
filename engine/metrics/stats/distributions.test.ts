import fc from 'fast-check';
import { expect, it } from 'vitest';
import { betaBelow, chiSquareAbove, criticalValue, normalAbove, normalBelow, normalQuantile } from './distributions.ts';
import { hypergeometric, logGamma, upperGamma } from './special.ts';

// The expected values are printed by SciPy 1.17.

const near = (value: number, expected: number) => expect(Math.abs(value / expected - 1)).toBeLessThan(1e-10);

it.each([
  [normalAbove(0), 0.5],
  [normalAbove(1.959963984540054), 0.025],
  [normalAbove(9), 1.1285884059538324e-19],
  [normalBelow(-3), 0.0013498980316300957],
  [normalQuantile(0.975), 1.959963984540054],
  [normalQuantile(1e-10), -6.361340902404056],
  [criticalValue(0.99), 2.5758293035489004],
  [chiSquareAbove(40, 1), 2.5396285894708634e-10],
  [chiSquareAbove(3.5, 7), 0.8352254826103422],
  [chiSquareAbove(120, 7), 7.661246463353007e-23],
  [betaBelow(0.3, 2, 5), 0.5798250000000003],
  [betaBelow(0.031, 300, 9_000), 0.2491650475265192],
  [logGamma(0.3), 1.0957979948180756],
  [logGamma(1_234.5), 7550.550901077894],
  [upperGamma(10_000, 10_100), 0.15865124955282037],
  [hypergeometric(1.2, 2.3, 3.4, 0.9), 4.589921292994116],
])('%f is %f', near);

it('the quantile undoes the distribution', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-12, max: 1 - 1e-12, noNaN: true }), (p) => {
      expect(Math.abs(normalBelow(normalQuantile(p)) - p)).toBeLessThan(1e-14);
    }),
  );
});

it('the tails of a distribution make 1', () => {
  const positive = fc.double({ min: 0.1, max: 500, noNaN: true });
  fc.assert(
    fc.property(fc.double({ min: 0.001, max: 0.999, noNaN: true }), positive, positive, (x, a, b) => {
      expect(betaBelow(x, a, b) + betaBelow(1 - x, b, a)).toBeCloseTo(1, 9);
    }),
  );
});

it('there is no quantile of what is no probability', () => {
  for (const p of [0, 1, -1, Number.NaN]) expect(() => normalQuantile(p)).toThrow(RangeError);
});
