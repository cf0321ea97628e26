import { currentLanguage } from './language.ts';

/** Returns a number as the language of the output writes it: `12,480`. */
export function count(n: number): string {
  // Needs no format, which takes 20 ms to make.
  if (Number.isInteger(n) && n > 0 && n < 1000) return String(n);
  return currentLanguage().numbers.format(n);
}

/** Returns a number with its noun in the language of the output: `1 customer`, `12,480 customers`. */
export function many(n: number, thing: string, things = `${thing}s`): string {
  const forms = currentLanguage().catalogue?.nouns.get(thing);
  return `${count(n)} ${forms ? formOf(n, ...forms) : n === 1 ? thing : things}`;
}

/** Returns milliseconds as `1 day 12 hours` in the language of the output, for sentences; `printDuration` is for files. */
export function duration(ms: number): string {
  const parts = [
    [Math.floor(ms / DAY), many(Math.floor(ms / DAY), 'day')],
    [Math.floor((ms % DAY) / HOUR), many(Math.floor((ms % DAY) / HOUR), 'hour')],
    [Math.floor((ms % HOUR) / MINUTE), many(Math.floor((ms % HOUR) / MINUTE), 'minute')],
    [ms % MINUTE, many((ms % MINUTE) / SECOND, 'second')],
  ] as const;
  const shown = parts.flatMap(([n, text]) => (n > 0 ? [text] : []));
  return shown.length > 0 ? shown.join(' ') : many(0, 'second');
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Returns a noun alone, in the language of the output. */
export function noun(thing: string): string {
  return currentLanguage().catalogue?.nouns.get(thing)?.[0] ?? thing;
}

/** Returns the form of a word that fits a number: after 1, after 2, after 5. For languages that have three. */
export function formOf(n: number, one: string, few: string, many: string): string {
  const rule = currentLanguage().plurals.select(n);
  return rule === 'one' ? one : rule === 'many' ? many : few;
}

/** Returns names as `a, b or c` in the language of the output. */
export function either(names: readonly string[]): string {
  return listed(names, 'disjunction');
}

/** Returns names as `a, b and c` in the language of the output. */
export function all(names: readonly string[]): string {
  return listed(names, 'conjunction');
}

function listed(names: readonly string[], type: Intl.ListFormatType): string {
  const { language } = currentLanguage();
  // American English puts a comma before the last one.
  return new Intl.ListFormat(language === 'en' ? 'en-GB' : language, { type }).format(names);
}
