import type { Range } from '../dry-run/sample/estimate.ts';

/** The quantile of the normal distribution for 90 %, two-sided. */
const z = 1.6448536269514722;

/**
 * Returns the whole numbers that a count is between with 90 % confidence, if a simulation of the whole time had `forecast` of them, and `share` of
 * what it forecasts was expected until now.
 *
 * Both are taken for Poisson counts of the same rate: customers behave independently of each other, in reality as in the simulation, which
 * is one draw of the behaviour and not its mean. The count y that comes is within (share·x − y)² ≤ z²·share·(x + y), solved for y: the joint sampling
 * interval of K. Krishnamoorthy and J. Peng, “Improved closed-form prediction intervals for binomial and Poisson
 * distributions”, Journal of Statistical Planning and Inference 141 (2011).
 */
export function predicted(forecast: number, share: number): Range {
  const middle = share * forecast + (z ** 2 * share) / 2;
  const half = z * Math.sqrt(share * (share * forecast + forecast + (z ** 2 * share) / 4));
  // Binary fractions of whole numbers are off by less than this.
  return { low: Math.max(0, Math.ceil(middle - half - 1e-9)), high: Math.floor(middle + half + 1e-9) };
}

/**
 * Returns the same of an estimated forecast, which has an interval of its own: the distances of both from the middle are added as those of
 * independent errors (G. Y. Zou and A. Donner, Statistics in Medicine 27, 2008).
 */
export function predictedOfSample(estimate: number, { low, high }: Range, share: number): Range {
  const own = predicted(estimate, share);
  const middle = estimate * share;
  return {
    low: Math.max(0, Math.ceil(middle - Math.hypot(middle - own.low, (estimate - low) * share) - 1e-9)),
    high: Math.floor(middle + Math.hypot(own.high - middle, (high - estimate) * share) + 1e-9),
  };
}
