import { type Converter, ofText, type Trouble } from './converter.ts';
import type { LocalClock } from './local-clock.ts';

const BAD_DATE: Trouble = { code: 'bad-date', why: 'is not a date of the calendar; write it like 2026-03-31' };
const BAD_INSTANT: Trouble = {
  code: 'bad-instant',
  why: 'is not a point in time; write it like 2026-03-31T14:05:00+03:00 (a plain number is not one)',
};

const DATE = /^(\d{4})(-?)(\d\d)\2(\d\d)$/;
const INSTANT =
  /^(\d{4})(-?)(\d\d)\2(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?([Zz]|[+-]\d\d(?::?\d\d)?)?)?$/;
const MINUTE = 60_000;

/** `YYYY-MM-DD` or `YYYYMMDD`, in the years 1000 to 9999 → `YYYY-MM-DD`. */
export const date: Converter = ofText((cell) => {
  const found = DATE.exec(cell);
  if (!found) return BAD_DATE;
  const [, year = '', , month = '', day = ''] = found;
  return dayStart(year, month, day) === undefined ? BAD_DATE : `${year}-${month}-${day}`;
}, BAD_DATE);

/**
 * ISO 8601 → epoch milliseconds (what is finer is cut off). Without an offset it is the clock's local time, without a
 * time of day its midnight. JSON numbers are refused: nobody can tell seconds from milliseconds.
 */
export function instant(clock: LocalClock): Converter {
  return (cell) => {
    const found = typeof cell === 'string' ? INSTANT.exec(cell) : null;
    if (!found) return BAD_INSTANT;
    const [, year = '', , month = '', day = '', hours = '0', minutes = '0', seconds = '0', fraction = '', offset] =
      found;
    const start = dayStart(year, month, day);
    const time = timeOfDay(Number(hours), Number(minutes), Number(seconds), fraction);
    const ahead = offset === undefined ? 0 : offsetOf(offset);
    if (start === undefined || time === undefined || ahead === undefined) return BAD_INSTANT;
    return offset === undefined ? clock.instantOf(start + time) : start + time - ahead;
  };
}

/** Midnight UTC of a day, in epoch milliseconds; undefined for a day that the calendar does not have. */
function dayStart(year: string, month: string, day: string): number | undefined {
  const start = Date.UTC(Number(year), Number(month) - 1, Number(day));
  // Date.UTC lets days and months run over, and takes years below 100 for the twentieth century's.
  const exists = Number(year) >= 1000 && Number(month) <= 12 && new Date(start).getUTCDate() === Number(day);
  return exists && Number(month) >= 1 ? start : undefined;
}

function timeOfDay(hours: number, minutes: number, seconds: number, fraction: string): number | undefined {
  if (hours > 23 || minutes > 59 || seconds > 59) return undefined;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0'));
}

/** `+03:00`, `+0300`, `+03` or `Z` in milliseconds ahead of UTC; undefined beyond 18 hours. */
function offsetOf(text: string): number | undefined {
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(text) ?? [];
  if (sign === undefined) return 0;
  const ahead = (Number(hours) * 60 + Number(minutes)) * MINUTE;
  if (Number(minutes) > 59 || ahead > 18 * 60 * MINUTE) return undefined;
  return sign === '-' ? -ahead : ahead;
}
