import { suggest } from './suggest.ts';
import { t } from './t.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const week = 7 * day;

/** Ten thousand years: adding one to an instant stays well inside the integers that a double holds exactly. */
const longest = 3_652_500 * day;

const units: Record<string, number> = {
  second,
  seconds: second,
  s: second,
  minute,
  minutes: minute,
  m: minute,
  hour,
  hours: hour,
  h: hour,
  day,
  days: day,
  d: day,
  week,
  weeks: week,
  w: week,
};

const abbreviations: Record<string, string> = {
  sec: 'seconds',
  secs: 'seconds',
  min: 'minutes',
  mins: 'minutes',
  hr: 'hours',
  hrs: 'hours',
  wk: 'weeks',
  wks: 'weeks',
};

/** Returns the milliseconds of "2 hours", "90m", "1 hour 30 minutes"; undefined when `text` is no duration (see `explainDuration`). */
export function parseDuration(text: string): number | undefined {
  const found = read(text);
  return typeof found === 'number' ? found : undefined;
}

/** Returns the reason for which `parseDuration` refuses `text`, in one sentence or two for the person who wrote it. */
export function explainDuration(text: string): string {
  const found = read(text);
  return typeof found === 'number' ? t`"${text}" is a duration of ${printDuration(found)}.` : found;
}

/** Returns the canonical text, largest unit (days) first: 129,600,000 → "1 day 12 hours". Takes whole milliseconds. */
export function printDuration(ms: number): string {
  if (ms < 0) return `-${printDuration(-ms)}`;
  const parts: string[] = [];
  let rest = ms;
  for (const [unit, size] of [
    ['day', day],
    ['hour', hour],
    ['minute', minute],
  ] as const) {
    const count = Math.floor(rest / size);
    if (count > 0) parts.push(plural(count, unit));
    rest -= count * size;
  }
  if (rest > 0 || parts.length === 0) parts.push(plural(rest / second, 'second'));
  return parts.join(' ');
}

function plural(count: number, unit: string): string {
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

function read(text: string): number | string {
  const trimmed = text.trim();
  if (trimmed === '') return shape();
  if (/^[-−–]/.test(trimmed)) return t`"${trimmed}" is negative; a duration counts from zero up.`;
  if (/^\d+(\.\d+)?$/.test(trimmed))
    return t`"${trimmed}" lacks a unit: write "${trimmed} minutes", hours, days or weeks.`;
  if (/^\d+,\d/.test(trimmed)) return t`"${trimmed}": fractions are written with a point, such as "1.5 hours".`;
  const piece = /(\d+(?:\.\d+)?)[ \t]*(\p{L}+)[ \t]*/uy;
  let ms = 0;
  while (piece.lastIndex < trimmed.length) {
    const at = piece.lastIndex;
    const match = piece.exec(trimmed);
    if (!match) return t`"${trimmed}" is not understood from "${trimmed.slice(at)}" on. ${shape()}`;
    const [, amount = '', unit = ''] = match;
    const size = units[unit.toLowerCase()];
    if (size === undefined) return explainUnit(unit);
    if (/\.\d{4}/.test(amount)) return t`"${amount} ${unit}" has more than three decimals; use a smaller unit.`;
    // Every unit is a multiple of 1,000 ms and there are three decimals at most, so this only mends the product's last bits.
    ms += Math.round(Number(amount) * size);
  }
  return ms <= longest ? ms : t`"${trimmed}" is longer than ten thousand years.`;
}

function explainUnit(unit: string): string {
  const folded = unit.toLowerCase();
  if (/^(months?|mo|years?|yrs?|y|quarters?)$/.test(folded)) {
    const days = folded.startsWith('m') ? 30 : folded.startsWith('q') ? 90 : 365;
    return t`"${unit}" is not a fixed length of time: say how many days you mean, such as "${String(days)} days".`;
  }
  const meant =
    abbreviations[folded] ??
    suggest(
      unit,
      Object.keys(units).filter((name) => name.length > 1 && name.endsWith('s')),
    );
  return [
    t`There is no unit "${unit}".`,
    ...(meant ? [t`Did you mean "${meant}"?`] : []),
    t`Units are seconds, minutes, hours, days and weeks.`,
  ].join(' ');
}

function shape(): string {
  return t`A duration is a number and a unit, such as "2 hours" or "1 day 12 hours"; units are seconds, minutes, hours, days and weeks.`;
}
