import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { difference, fixedP, lift, shareDifference, zOf } from './effects.ts';
import { fixedInterval, meanInterval, shareInterval } from './intervals.ts';
import { type Sample, type Share, sampleOf, shareSample } from './sample.ts';
import { sequentialInterval, sequentialP } from './sequential.ts';

const round = (value: number, digits = 5) => Number(value.toFixed(digits));
const some = <T>(value: T | undefined): T => {
  if (value === undefined) throw new Error('there is no such value');
  return value;
};

describe('values that GrowthBook prints', () => {
  /** Its variance of a share is ÷ n, and not ÷ n − 1. */
  const share = (hits: number, n: number) => ({ n, mean: hits / n, variance: (hits / n) * (1 - hits / n) });
  const [a, b] = [share(1_396, 3_000), share(2_422, 3_461)];

  it('are those of the sequential interval of a lift', () => {
    const measured = some(lift(b, a));
    const { estimate, low, high } = sequentialInterval(measured, 6_461);
    expect([estimate, low, high, measured.error].map((one) => round(one))).toEqual([
      0.50386, 0.40098, 0.60675, 0.03386,
    ]);
    expect(round(sequentialP(measured, 6_461))).toBe(0);
  });

  it('are those of the sequential interval of a lift of means', () => {
    const measured = some(lift(sampleOf(3_461, 2422.7, 134698.29), sampleOf(3_000, 1396.87, 52377.9767)));
    const { estimate, low, high } = sequentialInterval(measured, 6_461, 0.95, 1_000);
    expect([estimate, low, high, measured.error].map((one) => round(one))).toEqual([
      0.50336, -0.55844, 1.56516, 0.33341,
    ]);
    expect(sequentialP(measured, 6_461, 0.95, 1_000)).toBe(1);
  });

  it('are the standard errors of a difference and a lift of means', () => {
    const [treated, control] = [sampleOf(3_461, 2422.7, 134698.29), sampleOf(3_407, 1396.87, 52377.9767)];
    const absolute = some(difference(treated, control));
    expect([absolute.estimate, absolute.error].map((one) => round(one))).toEqual([0.29, 0.12478]);
    const relative = some(lift(treated, control));
    expect([relative.estimate, relative.error].map((one) => round(one))).toEqual([0.70732, 0.37879]);
  });
});

// Newcombe's paper, table II, methods 10 and (for one share) Wilson's as in his companion paper, table I.
it('intervals of shares are those that Newcombe prints', () => {
  const pair = (a: Share, b: Share) => {
    const { low, high } = some(shareDifference(a, b));
    return [round(low, 4), round(high, 4)];
  };
  expect(pair({ hits: 56, n: 70 }, { hits: 48, n: 80 })).toEqual([0.0524, 0.3339]);
  expect(pair({ hits: 9, n: 10 }, { hits: 3, n: 10 })).toEqual([0.1705, 0.809]);
  expect(pair({ hits: 10, n: 10 }, { hits: 0, n: 20 })).toEqual([0.6791, 1]);
  const single = (hits: number, n: number) => {
    const { low, high } = some(shareInterval({ hits, n }));
    return [round(low, 4), round(high, 4)];
  };
  expect(single(81, 263)).toEqual([0.2553, 0.3662]);
  expect(single(0, 20)).toEqual([0, 0.1611]);
  expect(single(1, 29)).toEqual([0.0061, 0.1718]);
});

it('the always-valid p is below α exactly where the interval excludes 0', () => {
  const estimate = fc.double({ min: -10, max: 10, noNaN: true });
  fc.assert(
    fc.property(estimate, fc.integer({ min: 1, max: 1_000_000 }), (estimate, n) => {
      const measured = { estimate, error: 1 };
      const { low, high } = sequentialInterval(measured, n, 0.9);
      expect(sequentialP(measured, n, 0.9) < 0.1).toBe(low > 0 || high < 0);
    }),
  );
});

describe('laws', () => {
  const sample = fc
    .record({
      n: fc.integer({ min: 2, max: 1_000_000 }),
      mean: fc.double({ min: 0.01, max: 1_000, noNaN: true }),
      variance: fc.double({ min: 0.01, max: 1e6, noNaN: true }),
    })
    .map((one): Sample => one);
  const share = fc
    .integer({ min: 1, max: 10_000 })
    .chain((n) => fc.record({ n: fc.constant(n), hits: fc.integer({ min: 0, max: n }) }));

  it('an interval contains its estimate, and a wider confidence contains the narrower', () => {
    fc.assert(
      fc.property(share, share, sample, sample, (a, b, c, d) => {
        const of = (confidence: number) => [
          some(shareInterval(a, confidence)),
          some(shareDifference(a, b, confidence)),
          some(meanInterval(c, confidence)),
          fixedInterval(some(difference(c, d)), confidence),
          sequentialInterval(some(difference(c, d)), c.n + d.n, confidence),
        ];
        const wide = of(0.99);
        of(0.8).forEach(({ estimate, low, high }, i) => {
          expect(low).toBeLessThanOrEqual(estimate);
          expect(high).toBeGreaterThanOrEqual(estimate);
          expect(wide[i]?.low).toBeLessThanOrEqual(low);
          expect(wide[i]?.high).toBeGreaterThanOrEqual(high);
        });
      }),
    );
  });

  it('arms that change places change the sign', () => {
    fc.assert(
      fc.property(share, share, sample, sample, (a, b, c, d) => {
        const [one, other] = [some(shareDifference(a, b)), some(shareDifference(b, a))];
        expect(one.low).toBeCloseTo(-other.high, 12);
        const [ahead, behind] = [some(difference(c, d)), some(difference(d, c))];
        expect(zOf(ahead) + zOf(behind)).toBe(0);
        expect(fixedP(ahead)).toBe(fixedP(behind));
      }),
    );
  });

  it('an always-valid interval is wider than one for a single look', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const measured = some(difference(a, b));
        const [fixed, always] = [fixedInterval(measured), sequentialInterval(measured, a.n + b.n)];
        expect(always.low).toBeLessThan(fixed.low);
        expect(sequentialP(measured, a.n + b.n)).toBeGreaterThanOrEqual(fixedP(measured));
      }),
    );
  });

  it('a lift does not depend on the unit', () => {
    fc.assert(
      fc.property(sample, sample, fc.double({ min: 0.01, max: 1_000, noNaN: true }), (a, b, unit) => {
        const scaled = ({ n, mean, variance }: Sample) => ({ n, mean: mean * unit, variance: variance * unit ** 2 });
        expect(zOf(some(lift(scaled(a), scaled(b))))).toBeCloseTo(zOf(some(lift(a, b))), 8);
      }),
    );
  });
});

it('nothing is said where there is nothing to say it by', () => {
  const nobody = sampleOf(0, 0, 0);
  const one = sampleOf(1, 5, 25);
  const zeros = shareSample({ hits: 0, n: 50 });
  const some = shareSample({ hits: 5, n: 50 });
  expect(shareInterval({ hits: 0, n: 0 })).toBeUndefined();
  expect(meanInterval(one)).toBeUndefined();
  expect([difference(nobody, some), difference(some, one), difference(zeros, zeros)]).toEqual(Array(3).fill(undefined));
  expect([lift(some, zeros), lift(zeros, zeros)]).toEqual(Array(2).fill(undefined));
  expect(shareDifference({ hits: 0, n: 0 }, { hits: 1, n: 2 })).toBeUndefined();
});
