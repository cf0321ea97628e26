import { type DateForm, readDateForm } from '../../../../spec/words/date-forms.ts';
import { later } from '../../../../spec/words/t.ts';
import { type Converter, ofText, remembered, type Trouble } from './converter.ts';
import type { LocalClock } from './local-clock.ts';

const DAY = '2026-03-31';
const TIME = '2026-03-31T14:05:00+03:00';

/** `declared`: the forms that the source has. */
function noDate(what: string, declared: string[]): string {
  return declared.length === 0
    ? later`${what} is not a date of the calendar; write it like ${DAY}, or declare the form by \`dates\` at the source`
    : later`${what} is not a date of the calendar; write it as \`dates\` of the source says (${listed(declared)}) or like ${DAY}, or add its form there`;
}

function noInstant(what: string, declared: string[]): string {
  return declared.length === 0
    ? later`${what} is not a point in time; write it like ${TIME}, or declare the form by \`dates\` at the source, which a plain number needs`
    : later`${what} is not a point in time; write it as \`dates\` of the source says (${listed(declared)}) or like ${TIME}, or add its form there`;
}

function listed(forms: string[]): string {
  return forms.map((form) => `\`${form}\``).join(', ');
}

const DATE = /^(\d{4})(-?)(\d\d)\2(\d\d)$/;
const INSTANT =
  /^(\d{4})(-?)(\d\d)\2(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)? ?([Zz]|[+-]\d\d(?::?\d\d)?)?)?$/;
/** The spellings of other programs: an hour of one digit, no colons, UTC as a word. */
const WIDER =
  /^(\d{4})(-?)(\d\d)\2(\d\d)[Tt ] ?(\d{1,2})(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?|(?<=\d\d)(\d\d)(\d\d)?)? ?([Zz]|UTC|GMT|[+-]\d\d(?::?\d\d)?)?$/;
const MINUTE = 60_000;

/** Epoch milliseconds at which a clock in UTC shows the same; `ahead`: how far the clock is ahead of UTC, where that is known. */
interface Shown {
  local: number;
  ahead?: number;
}

/**
 * `YYYY-MM-DD` or `YYYYMMDD`, in the years 1000 to 9999, or one of the forms → `YYYY-MM-DD`. A time of day does not count;
 * of a number since 1970 it is the clock's day.
 */
export function date(clock: LocalClock, declared: string[] = []): Converter {
  const bad: Trouble = { code: 'bad-date', why: (what) => noDate(what, declared) };
  const forms = declared.flatMap((form) => readDateForm(form) ?? []);
  const shown = showing(forms, clock);
  return ofText((cell) => {
    const found = forms.length === 0 ? DATE.exec(cell) : null;
    if (found) {
      const [, year = '', , month = '', day = ''] = found;
      return dayStart(year, month, day) === undefined ? bad : `${year}-${month}-${day}`;
    }
    const there = shown(cell);
    return there === undefined ? bad : new Date(there.local).toISOString().slice(0, 10);
  }, bad);
}

/**
 * One of the forms, or ISO 8601 → epoch milliseconds (what is finer is cut off). Without an offset it is the clock's local
 * time, without a time of day its midnight. Numbers are refused where no form is one: nobody can tell seconds from
 * milliseconds.
 */
export function instant(clock: LocalClock, declared: string[] = []): Converter {
  const bad: Trouble = { code: 'bad-instant', why: (what) => noInstant(what, declared) };
  const forms = declared.flatMap((form) => readDateForm(form) ?? []);
  const shown = showing(forms, clock);
  const counted = forms.some((form) => 'unit' in form);
  return (cell) => {
    const there = typeof cell === 'string' || (counted && typeof cell === 'number') ? shown(String(cell)) : undefined;
    if (!there) return bad;
    return there.ahead === undefined ? clock.instantOf(there.local) : there.local - there.ahead;
  };
}

function showing(forms: DateForm[], clock: LocalClock): (text: string) => Shown | undefined {
  return (text) => {
    for (const form of forms) {
      const there = 'unit' in form ? counted(text, form.unit, clock) : patterned(text, form.pattern);
      if (there) return there;
    }
    return iso(text);
  };
}

function counted(text: string, unit: number, clock: LocalClock): Shown | undefined {
  const at = /^-?\d{1,16}(\.\d+)?$/.test(text) ? Math.floor(Number(text) * unit) : Number.NaN;
  if (!(Math.abs(at) < 8e15)) return undefined;
  const ahead = clock.ahead(at);
  return { local: at + ahead, ahead };
}

function patterned(text: string, pattern: RegExp): Shown | undefined {
  const parts = pattern.exec(text)?.groups;
  if (!parts) return undefined;
  const { hours = '0', minutes = '0', seconds = '0', fraction = '', halfday, utc } = parts;
  if (halfday !== undefined && (Number(hours) < 1 || Number(hours) > 12)) return undefined;
  const hour = halfday === undefined ? Number(hours) : (Number(hours) % 12) + (/^p/i.test(halfday) ? 12 : 0);
  const offset = parts.offset ?? (utc === undefined ? undefined : 'Z');
  const { year: written = '', month = '', day = '' } = parts;
  // Two digits are a year from 1950 to 2049, as spreadsheets read them.
  const year = written.length > 2 ? written : `${Number(written) < 50 ? 20 : 19}${written}`;
  return shownOf(dayStart(year, month, day), timeOfDay(hour, Number(minutes), Number(seconds), fraction), offset);
}

/** ISO 8601. */
export function iso(text: string): Shown | undefined {
  return (text.length >= 19 ? usual(text) : undefined) ?? anyIso(text);
}

/** Files have many instants of few days. */
const days = remembered((text: string) => {
  const [, year = '', month = '', day = ''] = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  return dayStart(year, month, day) ?? Number.NaN;
});
const offsets = remembered((text: string) =>
  /^([Zz]|[+-]\d\d(?::?\d\d)?)$/.test(text) ? (offsetOf(text) ?? Number.NaN) : Number.NaN,
);

/** `YYYY-MM-DDTHH:mm:ss`, and perhaps `Z` or an offset behind it: what nearly all instants look like. Undefined: it is another form, or none. */
function usual(text: string): Shown | undefined {
  const [t, first, second] = [text.charCodeAt(10), text.charCodeAt(13), text.charCodeAt(16)];
  if ((t !== 84 && t !== 32) || first !== 58 || second !== 58) return undefined;
  const time = (twoDigits(text, 11, 23) * 60 + twoDigits(text, 14, 59)) * 60 + twoDigits(text, 17, 59);
  const local = days(text.slice(0, 10)) + time * 1000;
  const ahead = text.length === 19 ? 0 : offsets(text.slice(19));
  if (Number.isNaN(local) || Number.isNaN(ahead)) return undefined;
  return text.length === 19 ? { local } : { local, ahead };
}

/** Returns the number of two digits; NaN where there are none, or it is greater than `most`. */
function twoDigits(text: string, at: number, most: number): number {
  const [tens, units] = [text.charCodeAt(at) - 48, text.charCodeAt(at + 1) - 48];
  const number = tens * 10 + units;
  return tens >= 0 && tens <= 9 && units >= 0 && units <= 9 && number <= most ? number : Number.NaN;
}

/** The same, for every form of it. */
export function anyIso(text: string): Shown | undefined {
  const found = INSTANT.exec(text);
  if (found) {
    const [, year = '', , month = '', day = '', hours = '0', minutes = '0', seconds = '0', fraction = '', offset] =
      found;
    const time = timeOfDay(Number(hours), Number(minutes), Number(seconds), fraction);
    return shownOf(dayStart(year, month, day), time, offset);
  }
  const wider = WIDER.exec(text);
  if (!wider) return undefined;
  const [, year = '', , month = '', day = '', hours = '', colon, second, fraction = '', basic, last, offset] = wider;
  const time = timeOfDay(Number(hours), Number(colon ?? basic ?? 0), Number(second ?? last ?? 0), fraction);
  return shownOf(dayStart(year, month, day), time, offset);
}

function shownOf(start: number | undefined, time: number | undefined, offset: string | undefined): Shown | undefined {
  const ahead = offset === undefined ? 0 : offsetOf(offset);
  if (start === undefined || time === undefined || ahead === undefined) return undefined;
  return offset === undefined ? { local: start + time } : { local: start + time, ahead };
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
