import { difference, lift } from './stats/effects.ts';
import { fixedInterval } from './stats/intervals.ts';
import type { Estimate, Sample } from './stats/sample.ts';
import { sequentialInterval } from './stats/sequential.ts';

/** What an arm does to a customer, against the control. */
export interface Effect {
  /** In the unit of the values; its interval is for a single look, whose time was fixed before. */
  once: Estimate;
  /** The same with an interval that may be looked at every day. */
  always: Estimate;
  /** The difference as a share of the control's mean, with the interval that may be looked at every day; null where that is not above 0. */
  lift: Estimate | null;
}

/** Returns the effect; undefined where nothing can be said. `confidence`: that of each interval. */
export function effect(treated: Sample, control: Sample, confidence: number): Effect | undefined {
  const measured = difference(treated, control);
  if (!measured) return undefined;
  const n = treated.n + control.n;
  const relative = lift(treated, control);
  return {
    once: fixedInterval(measured, confidence),
    always: sequentialInterval(measured, n, confidence),
    lift: relative ? sequentialInterval(relative, n, confidence) : null,
  };
}
