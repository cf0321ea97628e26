import { maximise } from './maximise.ts';
import { hypergeometric, logBeta, logGamma } from './special.ts';

// P. S. Fader, B. G. S. Hardie and K. L. Lee, “‘Counting your customers’ the easy way: an alternative to the Pareto/NBD model”, Marketing Science 24
// (2005). Customers buy at random, each at a rate of his own, and after each purchase leave for good with a probability of their own. The numbers of the
// equations are those of the paper.

/** The purchases of a customer: `repeats` after the first one, the last of them `last` after the first one, seen for `age` since the first one. */
export interface Purchases {
  repeats: number;
  /** The time of the last purchase, in the unit of `age`: 0 … age; 0 without repeats. */
  last: number;
  age: number;
  /** Customers with just these; 1 where absent. */
  customers?: number;
}

/** All above 0. Rates have a gamma distribution (r, α), probabilities to leave a beta distribution (a, b). */
export interface BgNbd {
  r: number;
  alpha: number;
  a: number;
  b: number;
}

/** Returns ln L of the purchases (6). */
export function bgNbdLikelihood({ r, alpha, a, b }: BgNbd, purchases: readonly Purchases[]): number {
  const base = r * Math.log(alpha) - logGamma(r) - logBeta(a, b);
  // Customers with equal numbers of repeats share the slow terms.
  const common = new Map<number, { repeated: number; alive: number; left: number }>();
  const termsOf = (repeats: number) => {
    const known = common.get(repeats) ?? {
      repeated: logGamma(r + repeats),
      alive: logBeta(a, b + repeats),
      left: repeats > 0 ? logBeta(a + 1, b + repeats - 1) : Number.NEGATIVE_INFINITY,
    };
    common.set(repeats, known);
    return known;
  };
  return purchases.reduce((sum, { repeats, last, age, customers = 1 }) => {
    const terms = termsOf(repeats);
    const alive = terms.alive - (r + repeats) * Math.log(alpha + age);
    const left = terms.left - (r + repeats) * Math.log(alpha + last);
    const either = Math.max(alive, left) + Math.log1p(Math.exp(-Math.abs(alive - left)));
    return sum + customers * (base + terms.repeated + either);
  }, 0);
}

/** Returns the parameters with the largest likelihood. Undefined where no customer has bought again, or there is no maximum. */
export function fitBgNbd(purchases: readonly Purchases[]): BgNbd | undefined {
  if (!purchases.some(({ repeats }) => repeats > 0)) return undefined;
  // The rate's scale is a time, so the search begins at the scale of the data.
  const scale = purchases.reduce((longest, { age }) => Math.max(longest, age), 0);
  const found = maximise((logs) => bgNbdLikelihood(parametersOf(logs), purchases), [0, Math.log(scale / 10), 0, 0]);
  return found && parametersOf(found);
}

function parametersOf(logs: readonly number[]): BgNbd {
  const [r = 0, alpha = 0, a = 0, b = 0] = logs.map(Math.exp);
  return { r, alpha, a, b };
}

/** Returns the probability that a customer has not left for good (for customers with repeats; 1 without any, because in this model customers leave only after a repeat). */
export function aliveOf({ r, alpha, a, b }: BgNbd, { repeats, last, age }: Purchases): number {
  if (repeats === 0) return 1;
  const odds = Math.log(a / (b + repeats - 1)) + (r + repeats) * Math.log((alpha + age) / (alpha + last));
  return 1 / (1 + Math.exp(odds));
}

/** Returns the purchases to expect of a customer within the time to come (10), in the unit of his age. */
export function expectedPurchases(model: BgNbd, purchases: Purchases, time: number): number {
  return expectedIfAlive(model, purchases, time) * aliveOf(model, purchases);
}

/** Returns the same of a customer who has not left for good: it does not depend on when the last purchase was. */
export function expectedIfAlive(
  { r, alpha, a, b }: BgNbd,
  { repeats, age }: Pick<Purchases, 'repeats' | 'age'>,
  time: number,
): number {
  const series = hypergeometric(r + repeats, b + repeats, a + b + repeats - 1, time / (alpha + age + time));
  const shrinking = series * ((alpha + age) / (alpha + age + time)) ** (r + repeats);
  return ((a + b + repeats - 1) / (a - 1)) * (1 - shrinking);
}

/** Returns the repeats to expect of a new customer within a time since his first purchase (9). */
export function expectedOfNew({ r, alpha, a, b }: BgNbd, time: number): number {
  const series = hypergeometric(r, b, a + b - 1, time / (alpha + time)) * (alpha / (alpha + time)) ** r;
  return ((a + b - 1) / (a - 1)) * (1 - series);
}
