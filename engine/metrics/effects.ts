import { difference, lift } from './stats/effects.ts';
import { fixedInterval } from './stats/intervals.ts';
import { type Pairs, withoutPast } from './stats/pairs.ts';
import type { Estimate } from './stats/sample.ts';
import { sequentialInterval } from './stats/sequential.ts';

/** The effect of an arm on a customer, compared with the control. */
export interface Effect {
  /** The difference in the unit of the values; its interval is valid for a single look at a time that was fixed before. */
  once: Estimate;
  /** The same difference with an interval that may be looked at every day. */
  always: Estimate;
  /** The difference as a share of the control's mean, with the interval that may be looked at every day; null where that is not above 0. */
  lift: Estimate | null;
  /** The difference without the part that the customers' own past explains; null if no customer has a past. */
  freed: Freed | null;
}

export interface Freed {
  /** The adjusted difference; its interval may be looked at every day, and is never wider than the other. */
  always: Estimate;
  /** The share of the variance that the past explains, 0 … 1. */
  explained: number;
}

/** Returns the effect on the first of both values; the second is the past. Undefined where nothing can be said. `confidence`: that of each interval. */
export function effect(treated: Pairs, control: Pairs, confidence: number): Effect | undefined {
  const measured = difference(treated.first, control.first);
  if (!measured) return undefined;
  const n = treated.n + control.n;
  const relative = lift(treated.first, control.first);
  const { treated: mine, control: base, theta } = withoutPast(treated, control);
  const freed = theta === 0 ? undefined : difference(mine, base);
  return {
    once: fixedInterval(measured, confidence),
    always: sequentialInterval(measured, n, confidence),
    lift: relative ? sequentialInterval(relative, n, confidence) : null,
    freed: freed
      ? { always: sequentialInterval(freed, n, confidence), explained: 1 - (freed.error / measured.error) ** 2 }
      : null,
  };
}
