import { twoSided } from './distributions.ts';
import { shareInterval } from './intervals.ts';
import { type Estimate, type Measured, type Sample, type Share, usual } from './sample.ts';

/**
 * Returns the difference of two means, treated − control, with its standard error by unpooled variances √(s₁²/n₁ + s₂²/n₂): B. L. Welch, “The
 * significance of the difference between two means when the population variances are unequal”, Biometrika 29 (1938). In the unit of the
 * values. Undefined where an arm has fewer than two customers, or no value differs from another.
 */
export function difference(treated: Sample, control: Sample): Measured | undefined {
  const square = treated.variance / treated.n + control.variance / control.n;
  if (treated.n < 2 || control.n < 2 || square <= 0) return undefined;
  return { estimate: treated.mean - control.mean, error: Math.sqrt(square) };
}

/**
 * Returns the relative difference of two means, treated ÷ control − 1, with its standard error by the delta method: A. Deng, U. Knoblich and
 * J. Lu, “Applying the delta method in metric analytics”, KDD (2018). Undefined as `difference` is, and where the control's mean is not above 0.
 */
export function lift(treated: Sample, control: Sample): Measured | undefined {
  if (!difference(treated, control) || control.mean <= 0) return undefined;
  const ratio = treated.mean / control.mean;
  const square = treated.variance / treated.n + (ratio ** 2 * control.variance) / control.n;
  return square > 0 ? { estimate: ratio - 1, error: Math.sqrt(square) / control.mean } : undefined;
}

/** Returns how many standard errors the estimate is from 0. */
export function zOf({ estimate, error }: Measured): number {
  return estimate / error;
}

/** Returns the two-sided p-value of no effect: valid at one look whose time was fixed in advance. */
export function fixedP(measured: Measured): number {
  return twoSided(zOf(measured));
}

/**
 * Returns the difference of two shares with an interval made of their score intervals, which holds also where few or none converted: R. G.
 * Newcombe, “Interval estimation for the difference between independent proportions”, Statistics in Medicine 17 (1998), method 10. Undefined
 * where an arm has no customer.
 */
export function shareDifference(treated: Share, control: Share, confidence = usual): Estimate | undefined {
  const [a, b] = [shareInterval(treated, confidence), shareInterval(control, confidence)];
  if (!a || !b) return undefined;
  const estimate = a.estimate - b.estimate;
  return {
    estimate,
    low: estimate - Math.hypot(a.estimate - a.low, b.high - b.estimate),
    high: estimate + Math.hypot(a.high - a.estimate, b.estimate - b.low),
  };
}
