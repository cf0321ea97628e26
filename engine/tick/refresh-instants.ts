import { IANAZone } from 'luxon';
import type { Project } from '../../spec/model/model.ts';

type Grid = Pick<Project, 'timezone' | 'refresh'>;

const second = 1000;

/**
 * The latest refresh instant that is not after `at`. Refresh instants are those at which the project's clock shows a
 * multiple of the interval, both times where it shows one twice; where it skips one, the first instant after the gap.
 */
export function lastRefresh({ timezone, refresh }: Grid, at: number): number {
  const shift = clock(timezone);
  for (let from = at; ; ) {
    const last = from - modulo(from + shift(from), refresh);
    if (shift(last) === shift(from)) return last;
    const change = lastChange(shift, last, from);
    if (skips(shift, change, refresh)) return change;
    from = change - second;
  }
}

/** The first refresh instant after `at`. */
export function refreshAfter({ timezone, refresh }: Grid, at: number): number {
  const shift = clock(timezone);
  const next = at - modulo(at + shift(at), refresh) + refresh;
  if (shift(next) === shift(at)) return next;
  const change = lastChange(shift, at, next);
  if (skips(shift, change, refresh)) return change;
  return change + modulo(-(change + shift(change)), refresh);
}

type Shift = (at: number) => number;

function clock(timezone: string): Shift {
  const zone = IANAZone.create(timezone);
  return (at) => zone.offset(at) * 60_000;
}

/** The first instant of the shift at `high`, where that at `low` is another. */
function lastChange(shift: Shift, low: number, high: number): number {
  const after = shift(high);
  let [before, found] = [Math.floor(low / second), Math.ceil(high / second)];
  while (found - before > 1) {
    const middle = Math.floor((before + found) / 2);
    if (shift(middle * second) === after) found = middle;
    else before = middle;
  }
  return found * second;
}

/** Returns true if the change of the clock passes over a multiple of the interval, or leads to one. */
function skips(shift: Shift, change: number, refresh: number): boolean {
  const before = change - second;
  return Math.floor((change + shift(change)) / refresh) > Math.floor((before + shift(before)) / refresh);
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
