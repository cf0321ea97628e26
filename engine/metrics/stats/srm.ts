import { chiSquareAbove } from './distributions.ts';

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
 * Checks whether the arms have the customers that their weights give them, by Pearson's chi-square test. Arms of weight 0 do not count. Undefined
 * with fewer than two arms or without customers.
 */
export function sampleRatio(arms: readonly Assigned[]): SampleRatio | undefined {
  const drawn = arms.filter(({ weight }) => weight > 0);
  const n = drawn.reduce((sum, arm) => sum + arm.n, 0);
  const weights = drawn.reduce((sum, arm) => sum + arm.weight, 0);
  if (drawn.length < 2 || n === 0) return undefined;
  const chiSquare = drawn.reduce((sum, arm) => {
    const expected = (n * arm.weight) / weights;
    return sum + (arm.n - expected) ** 2 / expected;
  }, 0);
  const p = chiSquareAbove(chiSquare, drawn.length - 1);
  return { chiSquare, p, mismatch: p < mismatchBelow };
}
