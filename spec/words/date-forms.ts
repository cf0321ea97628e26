type Part = 'year' | 'month' | 'day' | 'hours' | 'halfday' | 'minutes' | 'seconds' | 'fraction' | 'offset' | 'utc';

/** A form of dates and instants, as `DD.MM.YYYY HH:mm`: a pattern with a named group for each part. */
export interface DatePattern {
  pattern: RegExp;
}

/** A number of seconds or milliseconds since 1970, UTC; `unit`: one of these in milliseconds. */
export interface EpochForm {
  unit: number;
}

export type DateForm = DatePattern | EpochForm;

/** The words of a form. */
const WORDS: Record<string, { part: Part; pattern: string }> = {
  YYYY: { part: 'year', pattern: '\\d{4}' },
  YY: { part: 'year', pattern: '\\d{2}' },
  MM: { part: 'month', pattern: '\\d{2}' },
  M: { part: 'month', pattern: '\\d{1,2}' },
  DD: { part: 'day', pattern: '\\d{2}' },
  D: { part: 'day', pattern: '\\d{1,2}' },
  HH: { part: 'hours', pattern: '\\d{2}' },
  H: { part: 'hours', pattern: '\\d{1,2}' },
  h: { part: 'hours', pattern: '\\d{1,2}' },
  A: { part: 'halfday', pattern: '[AaPp]\\.?[Mm]\\.?' },
  mm: { part: 'minutes', pattern: '\\d{2}' },
  ss: { part: 'seconds', pattern: '\\d{2}' },
  SSS: { part: 'fraction', pattern: '\\d{1,9}' },
  Z: { part: 'offset', pattern: '[Zz]|[+-]\\d\\d(?::?\\d\\d)?' },
  UTC: { part: 'utc', pattern: 'UTC|GMT' },
};
const WORD = /UTC|YYYY|YY|MM|M|DD|D|HH|H|h|A|mm|ss|SSS|Z|T|\s+|[^A-Za-z\d\s]/g;
const EPOCH: Record<string, number> = { 'epoch seconds': 1000, 'epoch milliseconds': 1 };

/** Reads a form of dates; undefined where the text is none: it needs a year, a month and a day, and no part twice. */
export function readDateForm(text: string): DateForm | undefined {
  const unit = Object.hasOwn(EPOCH, text) ? EPOCH[text] : undefined;
  if (unit !== undefined) return { unit };
  const words = text.match(WORD) ?? [];
  const parts = words.flatMap((word) => (Object.hasOwn(WORDS, word) ? [WORDS[word]?.part] : []));
  const has = (part: Part) => parts.includes(part);
  const needs = (part: Part, ...others: Part[]) => !has(part) || others.every(has);
  const sound =
    words.join('') === text &&
    new Set(parts).size === parts.length &&
    (['year', 'month', 'day'] as const).every(has) &&
    needs('minutes', 'hours') &&
    needs('seconds', 'minutes') &&
    needs('fraction', 'seconds') &&
    (words as string[]).includes('h') === has('halfday') &&
    !(has('offset') && has('utc'));
  return sound ? { pattern: new RegExp(`^${words.map(patternOf).join('')}$`) } : undefined;
}

function patternOf(word: string): string {
  const known = Object.hasOwn(WORDS, word) ? WORDS[word] : undefined;
  if (known) return `(?<${known.part}>${known.pattern})`;
  return /^\s+$/.test(word) ? '\\s+' : word.replace(/[^\w]/, '\\$&');
}
