import { betaBelow, chiSquareAbove } from './distributions.ts';

/** An arm with its customers, and the share of all that it should have; any unit of weight. */
export interface Assigned {
  n: number;
  weight: number;
}

export interface SampleRatio {
  chiSquare: number;
  /** The probability of arms at least as uneven by chance. */
  p: number;
  /** The arms are so uneven that something is wrong with the assignment or the counting: no verdict may be given. */
  mismatch: boolean;
}

/** A smaller p is a mismatch: A. Fabijan et al., “Diagnosing sample ratio mismatch in online controlled experiments”, KDD (2019). */
export const mismatchBelow = 0.0005;

/**
 * Checks whether the arms have the customers that their weights give them, by Pearson's chi-square test; where one would have fewer than 5 customers, by
 * the exact binomial test of each arm, corrected for their number (Bonferroni). Arms of weight 0 do not count. Undefined with fewer than two arms or
 * without customers.
 */
export function sampleRatio(arms: readonly Assigned[]): SampleRatio | undefined {
  const drawn = arms.filter(({ weight }) => weight > 0);
  const n = drawn.reduce((sum, arm) => sum + arm.n, 0);
  const weights = drawn.reduce((sum, arm) => sum + arm.weight, 0);
  if (drawn.length < 2 || n === 0) return undefined;
  const shares = drawn.map((arm) => ({ n: arm.n, share: arm.weight / weights }));
  const chiSquare = shares.reduce((sum, arm) => sum + (arm.n - n * arm.share) ** 2 / (n * arm.share), 0);
  const rare = shares.some(({ share }) => n * share < least);
  const p = rare
    ? Math.min(1, drawn.length * Math.min(...shares.map((arm) => asFarFrom(arm.n, n, arm.share))))
    : chiSquareAbove(chiSquare, drawn.length - 1);
  return { chiSquare, p, mismatch: p < mismatchBelow };
}

/** With fewer expected in an arm, the chi-square distribution is not that of the sum: W. G. Cochran, Biometrics 10 (1954). */
const least = 5;

/** Returns twice the smaller tail of the binomial distribution of n trials, from k on: P(X ≥ k) = I(share; k, n − k + 1). */
function asFarFrom(k: number, n: number, share: number): number {
  const atLeast = (j: number) => (j <= 0 ? 1 : j > n ? 0 : betaBelow(share, j, n - j + 1));
  return 2 * Math.min(atLeast(k), 1 - atLeast(k + 1));
}
