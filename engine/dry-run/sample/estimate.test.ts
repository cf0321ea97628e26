import { describe, expect, it } from 'vitest';
import type { Draw } from './draw.ts';
import { difference, estimate, nothing, rounded, type Spread } from './estimate.ts';

const draw = (units: number, ofUnits: number): Draw => ({ customers: units, of: ofUnits, units, ofUnits, bound: 0 });

/** The spread of these amounts. */
function spread(amounts: number[]): Spread {
  const sum = (of: (n: number) => number) => amounts.reduce((so, n) => so + of(n), 0);
  const [least, most] = [Math.min(...amounts), Math.max(...amounts)];
  return { units: amounts.length, total: sum((n) => n), squares: sum((n) => n * n), least, most };
}

const times = (n: number, amount: number) => Array<number>(n).fill(amount);

describe('an estimate', () => {
  it('is the total of the sample times all over the sample, with the interval of Wilson for a share', () => {
    // 10 of 100, by hand: (0.1 + z²/200 ± z·√(0.09/100 + z²/40000)) / (1 + z²/100).
    const { estimate: middle, low, high } = estimate(spread(times(10, 1)), draw(100, 1e9), 1);
    expect(middle / 1e9).toBeCloseTo(0.1, 9);
    expect(low / 1e9).toBeCloseTo(0.0607, 4);
    expect(high / 1e9).toBeCloseTo(0.1604, 4);
  });

  it('of a large total is t ± z·√(n·s²·(1 − n/N)), by hand', () => {
    // 1,000 customers with 1 and 1,000 with 3, of 4,000 in the sample: the mean is 1, the variance 1.5.
    const { low, high } = estimate(spread([...times(1_000, 1), ...times(1_000, 3)]), draw(4_000, 8_000), 1);
    const half = 1.644854 * Math.sqrt(4_000 * 1.5 * 0.5) * 2;
    expect((high - low) / 2 / half).toBeCloseTo(1, 3);
    expect((high + low) / 2 / 8_000).toBeCloseTo(1, 3);
  });

  it('of what nobody in the sample has ends where the sample would hardly have missed it', () => {
    const { low, high } = estimate(nothing, draw(1_000, 1_000_000), 1);
    expect(low).toBe(0);
    // A rule of three: 2.7 of those in the sample.
    expect(high / 1_000).toBeCloseTo(2.7, 1);
    expect(estimate(nothing, draw(1_000, 1_000_000), 0).high, 'what costs nothing').toBe(0);
  });

  it('of what all in the sample have leaves room for others', () => {
    const { low, high } = estimate(spread(times(1_000, 1)), draw(1_000, 1_000_000), 1);
    expect(high).toBeCloseTo(1_000_000, 0);
    expect(1_000_000 - low).toBeGreaterThan(2_000);
  });

  it.each([
    ['a share', times(7, 1)],
    ['a sum', [1, 2, 5]],
    ['nothing', []],
  ])('of everybody is exact: %s', (_, amounts) => {
    const { total } = amounts.length > 0 ? spread(amounts) : nothing;
    const { estimate: middle, low, high } = estimate(amounts.length > 0 ? spread(amounts) : nothing, draw(50, 50), 1);
    for (const n of [middle, low, high]) expect(n).toBeCloseTo(total, 9);
  });

  it('is never less than what the sample has', () => {
    expect(estimate(spread([1, 4]), draw(90, 100), 1).low).toBeGreaterThanOrEqual(5);
  });

  it('of no customers is nothing', () => {
    expect(estimate(nothing, draw(0, 0), 1)).toEqual({ estimate: 0, low: 0, high: 0 });
  });
});

describe('a difference', () => {
  it('of what never differs in the sample is nothing, with room on both sides', () => {
    const { estimate: middle, low, high } = difference(nothing, nothing, draw(1_000, 1_000_000), 1);
    expect(middle).toBe(0);
    expect(low).toBe(-high);
    expect(high / 1_000).toBeCloseTo(2.7, 1);
  });

  it('is as exact as the customers who differ, however many do not', () => {
    const { low, high } = difference(spread(times(40, 1)), nothing, draw(10_000, 1_000_000), 1);
    expect(low).toBeGreaterThan(2_500);
    expect(high).toBeLessThan(6_500);
  });

  it('of half who gain one and half who lose one has the variance of 1 for each', () => {
    const half = spread(times(5_000, 1));
    const { estimate: middle, high } = difference(half, half, draw(10_000, 1e9), 1);
    expect(middle).toBe(0);
    expect(high / 1e5 / (1.644854 * 100)).toBeCloseTo(1, 2);
  });
});

it('rounds outwards', () => {
  expect(rounded({ estimate: 10.5, low: 3.2, high: 18.1 }, 0)).toEqual({ estimate: 11, low: 3, high: 19 });
  expect(rounded({ estimate: 0.3, low: 0.1 + 0.2, high: 0.3 }, 2)).toEqual({ estimate: 0.3, low: 0.3, high: 0.3 });
});
