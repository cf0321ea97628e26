import { betaBelow } from './distributions.ts';
import type { Share } from './sample.ts';
import { logBeta } from './special.ts';

/**
 * An integral is made of pieces that end so many standard deviations from an arm's mean. The density further out is negligible, even for the skewed
 * distribution of an arm without conversions.
 */
const ends = [-20, -9, -4, -1.5, 0, 1.5, 4, 9, 20];
/** Intervals of a piece, an even number. */
const intervals = 64;
/** The decimals of a probability: a log must not depend on how a machine rounds. */
const decimals = 6;

/** The posterior beta distribution of an arm's share, from a uniform prior. */
interface Belief {
  a: number;
  b: number;
}

/**
 * Returns the probability of each arm by Thompson sampling: that its share is the largest, given the conversions so far: W. R. Thompson, “On the
 * likelihood that one unknown probability exceeds another in view of the evidence of two samples”, Biometrika 25 (1933). Integrated by Simpson's rule and
 * not drawn, so that the same conversions always give the same probabilities.
 *
 * Each arm has at least the probability `floor`, from 0 to 1 ÷ arms: without exploration, an arm with bad luck would never be tried again, and no policy
 * could be judged by the log. The sum is 1 to 5 decimals.
 *
 * @throws RangeError where the floors are more than 1 together
 */
export function thompson(arms: readonly Share[], floor: number): number[] {
  if (!(floor >= 0 && floor * arms.length <= 1)) throw new RangeError(`${arms.length} floors of ${floor} are above 1`);
  const beliefs = arms.map(({ hits, n }) => ({ a: 1 + hits, b: 1 + n - hits }));
  const best = beliefs.map((one) => bestOf(one, beliefs));
  const total = best.reduce((sum, p) => sum + p, 0);
  const rest = 1 - floor * arms.length;
  return best.map((p) => Number((floor + (rest * p) / total).toFixed(decimals)));
}

/** Returns ∫ f(x) · Π F(x) of the others. */
function bestOf(one: Belief, all: readonly Belief[]): number {
  const others = all.filter((other) => other !== one);
  const own = endsOf(one);
  const [low = 0, high = 1] = [own[0], own.at(-1)];
  // The others may be known much better, so that they rise within a small part of the way.
  const places = all.flatMap(endsOf).filter((x) => x >= low && x <= high);
  const sorted = Float64Array.from(new Set(places)).sort();
  const at = (x: number) => others.reduce((product, { a, b }) => product * betaBelow(x, a, b), density(x, one));
  return sorted.slice(1).reduce((sum, end, i) => sum + integral(at, sorted[i] ?? 0, end), 0);
}

function endsOf({ a, b }: Belief): number[] {
  const mean = a / (a + b);
  const deviation = Math.sqrt((mean * (1 - mean)) / (a + b + 1));
  return ends.map((end) => Math.min(1, Math.max(0, mean + end * deviation)));
}

/** Integrates by Simpson's rule. */
function integral(of: (x: number) => number, low: number, high: number): number {
  const step = (high - low) / intervals;
  let sum = of(low) + of(high);
  for (let i = 1; i < intervals; i++) sum += (i % 2 === 1 ? 4 : 2) * of(low + i * step);
  return (sum * step) / 3;
}

/** Returns the density of the beta distribution; both parameters are at least 1. */
function density(x: number, { a, b }: Belief): number {
  const part = (power: number, value: number) => (power === 0 ? 0 : power * Math.log(value));
  return Math.exp(part(a - 1, x) + part(b - 1, 1 - x) - logBeta(a, b));
}
