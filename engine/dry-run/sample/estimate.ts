import type { Draw } from './draw.ts';

/** What the units of a sample contribute to a figure. Those that contribute nothing are in none of the numbers. */
export interface Spread {
  units: number;
  total: number;
  /** The sum of the squares of what each contributes. */
  squares: number;
  least: number;
  most: number;
}

export interface Range {
  low: number;
  high: number;
}

/** A total of all customers by a sample, with the interval in which it is with 90 % confidence. */
export interface Estimate extends Range {
  estimate: number;
}

export const confidence = 0.9;
/** The quantile of the normal distribution for it, two-sided. */
const z = 1.6448536269514722;

export const nothing: Spread = { units: 0, total: 0, squares: 0, least: 0, most: 0 };

/**
 * Estimates the total of all units by a simple random sample without replacement: the sample's total times the number of
 * units over the number in the sample, with a score interval, which holds also where few contribute or none.
 *
 * Where all who contribute contribute the same, the share of those is estimated: E. B. Wilson, “Probable inference, the law of succession,
 * and statistical inference”, JASA 22 (1927). Otherwise the total has a variance proportional to its mean, with the dispersion of the
 * sample: (t − µ)² = z²·µ·d, solved for µ, which for large totals is the usual t ± z·√(n·s²). Both have the finite population
 * correction: W. G. Cochran, “Sampling Techniques”, 3rd edition (1977), 2.6. `amount`: what one would contribute where none does.
 */
export function estimate(spread: Spread, draw: Draw, amount: number): Estimate {
  const { units: n, ofUnits } = draw;
  const { total } = spread;
  if (n === 0) return { estimate: 0, low: 0, high: 0 };
  const weight = ofUnits / n;
  const { low, high } = spread.least === spread.most ? share(spread, draw, amount) : sum(spread, draw);
  // What the sample has is certain.
  return { estimate: total * weight, low: Math.max(low * weight, total), high: high * weight };
}

/** Returns the part of the sampling variance that the finite population leaves: 0 where all are in the sample. */
function left({ units, ofUnits }: Draw): number {
  return 1 - units / ofUnits;
}

function share({ units, least }: Spread, draw: Draw, amount: number): Range {
  const n = draw.units;
  const square = (z ** 2 * left(draw)) / n;
  const p = units / n;
  const middle = (p + square / 2) / (1 + square);
  const half = Math.sqrt(square * (p * (1 - p) + square / 4)) / (1 + square);
  const scale = n * (units > 0 ? least : amount);
  return { low: (middle - half) * scale, high: (middle + half) * scale };
}

function sum(spread: Spread, draw: Draw): Range {
  const { total } = spread;
  const square = (z ** 2 * left(draw) * variance(spread, draw)) / total;
  const middle = total + square / 2;
  const half = Math.sqrt(square * (total + square / 4));
  return { low: middle - half, high: middle + half };
}

/** Returns the variance of the sample's total, as if each unit were drawn by itself. */
function variance({ total, squares }: Spread, { units: n }: Draw): number {
  return n > 1 ? Math.max(0, (squares - total ** 2 / n) * (n / (n - 1))) : squares;
}

/**
 * Estimates a difference by what it is for each unit: `gain` has those with more than before, `loss` those with less. The interval is made of
 * those of both: G. Y. Zou and A. Donner, “Construction of confidence limits about effect measures”, Statistics in Medicine 27 (2008).
 */
export function difference(gain: Spread, loss: Spread, draw: Draw, amount: number): Estimate {
  const [more, less] = [estimate(gain, draw, amount), estimate(loss, draw, amount)];
  const deviations = Math.sqrt(variance(gain, draw) * variance(loss, draw));
  // A unit that gains does not lose.
  const correlation = deviations > 0 ? -Math.min(1, (gain.total * loss.total) / draw.units / deviations) : 0;
  const reach = (a: number, b: number) => Math.sqrt(a ** 2 + b ** 2 - 2 * correlation * a * b);
  const middle = more.estimate - less.estimate;
  return {
    estimate: middle,
    low: middle - reach(more.estimate - more.low, less.high - less.estimate),
    high: middle + reach(more.high - more.estimate, less.estimate - less.low),
  };
}

/** Rounds the numbers to so many decimals, the interval outwards. */
export function rounded({ estimate: middle, low, high }: Estimate, decimals: number): Estimate {
  const whole = 10 ** decimals;
  // Binary fractions of decimal numbers are off by less than this.
  const [down, up] = [Math.floor(low * whole + 1e-6) / whole, Math.ceil(high * whole - 1e-6) / whole];
  return { estimate: Math.round(middle * whole) / whole, low: down, high: up };
}
