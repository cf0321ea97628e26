import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Before, daily, daysNeeded, detectableLift, powerAfter, powerOf } from './power.ts';

const before = (mean: number, treated: number, control = treated): Before => ({
  control: { mean },
  perDay: { treated, control },
});

// (1.96 + 0.8416)² (p₁q₁ + p₂q₂) / (p₁ − p₂)², as in J. L. Fleiss, “Statistical methods for rates and proportions”, 3.2.
it.each([
  [0.1, 0.2, 3_839],
  [0.05, 0.2, 8_155],
  [0.3, 0.1, 3_760],
])('a share of %f raised by %f needs %i customers in each arm', (mean, lift, customers) => {
  expect(powerAfter(before(mean, customers), lift, 1)).toBeGreaterThanOrEqual(0.8);
  expect(powerAfter(before(mean, customers - 1), lift, 1)).toBeLessThan(0.8);
});

it('a mean that is raised by half a standard deviation needs 63 customers in each arm', () => {
  const control = { mean: 10, variance: 400 };
  expect(daysNeeded({ control, perDay: { treated: 1, control: 1 } }, 1)).toBe(63);
});

it('without an effect, the power is the error of the first kind', () => {
  expect(powerOf(0, 1, 1.959963984540054)).toBeCloseTo(0.05, 12);
});

it('looking every day needs more customers than one look', () => {
  expect(daysNeeded(before(0.1, 400), 0.1)).toBe(37);
  expect(daysNeeded(before(0.1, 400), 0.1, daily)).toBe(80);
});

it('the smallest effect after the days that an effect needs is that effect, or smaller', () => {
  const share = fc.double({ min: 0.01, max: 0.4, noNaN: true });
  const perDay = fc.integer({ min: 50, max: 5_000 });
  fc.assert(
    fc.property(
      share,
      perDay,
      perDay,
      fc.double({ min: 0.05, max: 0.9, noNaN: true }),
      (mean, treated, control, lift) => {
        const known = before(mean, treated, control);
        for (const judging of [{}, daily]) {
          const days = daysNeeded(known, lift, judging);
          if (days === undefined) return;
          expect(detectableLift(known, days, judging)).toBeLessThanOrEqual(lift + 1e-5);
          if (days > 1) expect(powerAfter(known, lift, days - 1, judging)).toBeLessThan(0.8);
        }
      },
    ),
    { numRuns: 50 },
  );
});

it('nothing is promised where nobody enters, nobody buys, or two years are not enough', () => {
  expect(daysNeeded(before(0.1, 0), 0.1)).toBeUndefined();
  expect(daysNeeded(before(0, 100), 0.1)).toBeUndefined();
  expect(daysNeeded(before(0.001, 1), 0.01)).toBeUndefined();
  expect(detectableLift(before(0.1, 1), 1)).toBeUndefined();
  expect(detectableLift(before(0, 100), 3)).toBeUndefined();
});
