import { IANAZone } from 'luxon';

const DAY = 86_400_000;
const MINUTE = 60_000;

export interface LocalClock {
  /**
   * `local`: the epoch milliseconds at which a clock in UTC would show the same. A time that the zone skips becomes the
   * first instant after the gap; one that it has twice, the first.
   */
  instantOf(local: number): number;
  /** Returns how many milliseconds the zone is ahead of UTC at an instant. */
  ahead(instant: number): number;
}

/** Luxon's own answer for skipped and repeated times depends on the day on which it is asked; this one does not. */
export function localClock(zone: string): LocalClock {
  const iana = IANAZone.create(zone);
  const ahead = (instant: number) => iana.offset(instant) * MINUTE;
  const days = new Map<number, number>();

  /** The offset all through a local day and its neighbours; NaN where it changes. */
  const steady = (day: number): number => {
    let offset = days.get(day);
    if (offset === undefined) {
      const [before, after] = [ahead((day - 1) * DAY), ahead((day + 2) * DAY)];
      offset =
        before === after && ahead(day * DAY) === before && ahead((day + 1) * DAY) === before ? before : Number.NaN;
      if (days.size > 10_000) days.clear();
      days.set(day, offset);
    }
    return offset;
  };

  return {
    ahead,
    instantOf(local) {
      const offset = steady(Math.floor(local / DAY));
      return Number.isNaN(offset) ? nearChange(local, ahead) : local - offset;
    },
  };
}

function nearChange(local: number, ahead: (instant: number) => number): number {
  const fits = [ahead(local - DAY), ahead(local + DAY), ahead(local)]
    .map((offset) => local - offset)
    .filter((instant) => instant + ahead(instant) === local);
  return fits.length > 0 ? Math.min(...fits) : firstAfter(local, ahead);
}

/** The first instant whose local time is not before `local`, to the millisecond. */
function firstAfter(local: number, ahead: (instant: number) => number): number {
  let [before, after] = [local - 2 * DAY, local + 2 * DAY];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (middle + ahead(middle) >= local) after = middle;
    else before = middle;
  }
  return after;
}
