import { criticalValue, normalBelow } from './distributions.ts';
import { usual } from './sample.ts';
import { sequentialCritical, usualTuning } from './sequential.ts';

/** The rule by which an experiment will be judged. */
export interface Judging {
  /** 0.95 where absent. */
  confidence?: number;
  /** The wanted power; 0.8 where absent. */
  power?: number;
  /** The number of customers at which the always-valid intervals of daily looks are narrowest; absent: there is one look at the end. */
  tuning?: number;
}

/** The facts that are known before the start. */
export interface Before {
  /** The outcome of a customer without the campaign: a share, or a mean with its variance. */
  control: { mean: number; variance?: number };
  /** Customers that enter each arm in a day. */
  perDay: { treated: number; control: number };
}

/** Experiments that need longer are not worth waiting for. */
const longest = 730;

/**
 * Returns the probability that a true effect of so many standard errors is seen, that is, that the estimate is further from 0 than the critical value.
 * J. Cohen, “Statistical power analysis for the behavioral sciences”, 2nd edition (1988).
 */
export function powerOf(effect: number, error: number, critical: number): number {
  const distance = Math.abs(effect) / error;
  return normalBelow(distance - critical) + normalBelow(-distance - critical);
}

/**
 * Returns the whole days until a relative effect is seen with the wanted power; undefined where two years are not enough. `lift`: 0.1 for +10 %. With
 * `tuning`, the power is that of the last look alone, so that earlier ones come on top.
 */
export function daysNeeded(before: Before, lift: number, judging: Judging = {}): number | undefined {
  const { power = 0.8 } = judging;
  const enough = (days: number) => powerAfter(before, lift, days, judging) >= power;
  return enough(longest) ? Math.ceil(leastOf(0, longest, enough, 0.001)) : undefined;
}

/** Returns the smallest relative effect above 0 that is seen after so many days with the wanted power; undefined where even twice the control's outcome is not. */
export function detectableLift(before: Before, days: number, judging: Judging = {}): number | undefined {
  const { power = 0.8 } = judging;
  const { mean, variance } = before.control;
  // A share cannot be above 1.
  const most = variance === undefined ? Math.min(1, 1 / mean - 1) : 1;
  const enough = (lift: number) => powerAfter(before, lift, days, judging) >= power;
  return most > 0 && enough(most) ? leastOf(0, most, enough, 1e-6) : undefined;
}

/** Returns the probability that a relative effect is seen after so many days. */
export function powerAfter(before: Before, lift: number, days: number, judging: Judging = {}): number {
  const { confidence = usual, tuning } = judging;
  const { mean, variance } = before.control;
  const [treated, control] = [before.perDay.treated * days, before.perDay.control * days];
  if (!(mean > 0) || treated < 2 || control < 2) return 0;
  const raised = mean * (1 + lift);
  const [up, down] = variance === undefined ? [raised * (1 - raised), mean * (1 - mean)] : [variance, variance];
  const error = Math.sqrt(Math.max(0, up) / treated + down / control);
  const critical =
    tuning === undefined ? criticalValue(confidence) : sequentialCritical(treated + control, confidence, tuning);
  return powerOf(mean * lift, error, critical);
}

/** The rule for daily looks with the tuning of the reports. */
export const daily: Judging = { tuning: usualTuning };

/** Returns the least number between two for which `enough` holds, to the given exactness, if it holds for all greater ones. */
function leastOf(low: number, high: number, enough: (value: number) => boolean, exactness: number): number {
  let [less, more] = [low, high];
  while (more - less > exactness) {
    const middle = (less + more) / 2;
    if (enough(middle)) more = middle;
    else less = middle;
  }
  return more;
}
