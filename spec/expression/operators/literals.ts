import type { Expression, Literal, ValueType } from '../../model/expression.ts';
import { printDuration } from '../../words/durations.ts';
import { later, t } from '../../words/t.ts';
import { refuse } from '../refuse.ts';
import type { Context } from '../scope.ts';
import type { SyntaxOf } from '../syntax.ts';
import { type Family, meaning } from './family.ts';

/** The value of a literal, or the reason for which it has none. */
export type Reading<T> = { value: T } | { refusal: string; help?: string };

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

/** Reads a string between quotes, with JSON's escapes and `\'`. */
export function readString(image: string): Reading<string> {
  let wrong: string | undefined;
  const value = image
    .slice(1, -1)
    .replaceAll(/\\(?:u([0-9a-fA-F]{4})|(.))/g, (whole, code?: string, letter?: string) => {
      if (code) return String.fromCharCode(Number.parseInt(code, 16));
      if (letter && '"\'\\/'.includes(letter)) return letter;
      const meant = letter && escapes[letter];
      if (!meant) wrong ??= whole;
      return meant ?? '';
    });
  if (wrong)
    return { refusal: t`The string holds the unknown escape ${wrong}.`, help: t`A backslash itself is written \\\\.` };
  if (value.includes('\0') || !value.isWellFormed()) {
    return { refusal: t`The string holds a character that databases cannot store (NUL or half of a surrogate pair).` };
  }
  return { value };
}

/** Reads a number. Whole numbers must be exact, so they end at 2^53. */
export function readNumber(image: string): Reading<{ value: number; integer: boolean }> {
  const value = Number(image);
  const integer = /^\d+$/.test(image);
  if (Number.isFinite(value) && (!integer || Number.isSafeInteger(value))) return { value: { value, integer } };
  return {
    refusal: t`The number ${image} is too large.`,
    help: t`Whole numbers go up to ${String(Number.MAX_SAFE_INTEGER)}.`,
  };
}

/** Reads an amount with at most four decimals, as money is stored, and the code of its currency. */
export function readMoney(image: string): Reading<{ value: number; currency: string }> {
  const currency = image.slice(-3);
  const amount = image.slice(0, -3).trim();
  if (/\.\d{5}/.test(amount)) return { refusal: t`${image} has more than four decimals.` };
  const value = Number(amount);
  if (value < 1e11) return { value: { value, currency } };
  return { refusal: t`The amount ${image} is too large.`, help: t`Amounts have at most 11 digits before the point.` };
}

export function readDate(image: string): Reading<string> {
  return isDay(image)
    ? { value: image }
    : { refusal: t`There is no day ${image}.`, help: t`A date is year-month-day.` };
}

/** Reads an instant as epoch milliseconds. */
export function readInstant(image: string): Reading<number> {
  const example = () => t`An instant is written such as 2026-03-01T10:00:00Z or 2026-03-01T10:00:00+03:00.`;
  const [, day = '', time = '', zone] = /^(.{10})[Tt]([\d:.]+?)([Zz]|[+-]\d\d:\d\d)?$/.exec(image) ?? [];
  if (time && zone === undefined)
    return { refusal: t`The instant ${image} lacks its offset from UTC.`, help: example() };
  const ms = Date.parse(`${day}T${time}${zone?.toUpperCase()}`);
  return isDay(day) && Number.isSafeInteger(ms)
    ? { value: ms }
    : { refusal: t`There is no instant ${image}.`, help: example() };
}

/** Returns true if a calendar has the day; `Date` turns 31 February into a day of March. */
function isDay(text: string): boolean {
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isSafeInteger(ms) && new Date(ms).toISOString().startsWith(text);
}

export const literals: Family<'number' | 'money' | 'string' | 'boolean' | 'date' | 'instant' | 'duration', 'literal'> =
  {
    checks: {
      number: ({ integer, value }) => literal(integer ? 'integer' : 'number', value),
      money: amount,
      string: ({ kind, value }) => literal(kind, value),
      boolean: ({ kind, value }) => literal(kind, value),
      date: ({ kind, value }) => literal(kind, value),
      instant: ({ kind, ms }) => literal(kind, ms),
      duration: ({ kind, ms }) => literal(kind, ms),
    },
    prints: { literal: { text: printLiteral } },
    meanings: {
      true: meaning('true', later`Holds.`, 'subscriber == false'),
      false: meaning('false', later`Does not hold.`, 'subscriber == false'),
    },
  };

function literal(type: ValueType, value: string | number | boolean): Expression {
  return { kind: 'literal', type, value };
}

function amount({ value, currency, ...at }: SyntaxOf<'money'>, context: Context): Expression | undefined {
  const own = context.scope.currency;
  if (own !== undefined && own !== currency) {
    const help = t`All amounts are in ${own}; convert it: … ${own}.`;
    return refuse(context, 'CRM2012', at, t`This is in ${currency}, and the project's currency is ${own}.`, help);
  }
  return { kind: 'literal', type: 'money', value, currency };
}

function printLiteral({ type, value, currency }: Literal): string {
  switch (type) {
    case 'string':
      return JSON.stringify(value);
    case 'instant':
      return new Date(Number(value)).toISOString();
    case 'duration':
      return printDuration(Number(value));
    case 'number':
      // The fraction distinguishes a number from an integer.
      return /[.e]/.test(String(value)) ? String(value) : `${value}.0`;
    default:
      return currency ? `${decimal(Number(value))} ${currency}` : String(value);
  }
}

/** Prints a number without an exponent, which amounts cannot have. */
function decimal(value: number): string {
  return value.toFixed(4).replace(/\.?0+$/, '');
}
