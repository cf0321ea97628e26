import { t } from '../../spec/words/t.ts';
import { clockFormat } from './format.ts';

const DAY = 86_400_000;

/** Returns true if a dry run has days without events at its end. `until`: the last event. */
export function endsEarly(until: number | undefined, end: number): boolean {
  return until === undefined || until < end - DAY;
}

/** A forecast of days about which the data has nothing looks like one of days on which nothing happens. `until`: the last event. */
export function endOfData(until: number | undefined, timezone: string): string {
  return until === undefined
    ? t`The data has no event: the simulation has only waits, dates and schedules.`
    : t`The last event in the data is of ${clockFormat(timezone)(until)}. After it the simulation has no events, only waits, dates and schedules.`;
}
