import { currentLanguage } from '../../spec/words/language.ts';
import { count } from '../../spec/words/many.ts';
import { t } from '../../spec/words/t.ts';

export { clockFormat, zonedFormat } from '../../spec/words/clock.ts';
export { all, count, duration, either, many } from '../../spec/words/many.ts';

/** The options of a text view. */
export interface ViewOptions {
  color: boolean;
  /** The width of the terminal, in columns. */
  width: number;
}

/** Returns a formatter of amounts in the project's currency and the output's language. A price below the smallest coin keeps its decimals. */
export function moneyFormat({ currency }: { currency: string }): (amount: number) => string {
  const options = { style: 'currency', currency, currencyDisplay: 'narrowSymbol' } as const;
  const { language } = currentLanguage();
  const known = moneyFormats.get(`${language} ${currency}`);
  if (known) return (amount) => known.format(amount);
  const coins = new Intl.NumberFormat(language, options).resolvedOptions().maximumFractionDigits ?? 2;
  const format = new Intl.NumberFormat(language, { ...options, maximumFractionDigits: Math.max(coins, 4) });
  moneyFormats.set(`${language} ${currency}`, format);
  return (amount) => format.format(amount);
}

/** The formatters by language and currency: making one takes longer than a table of amounts. */
const moneyFormats = new Map<string, Intl.NumberFormat>();

/** Formats a number with exactly so many decimals, in the output's language: `2.0`. */
export function fixed(n: number, decimals: number): string {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(currentLanguage().language, digits).format(n);
}

/** Formats a share as a percentage, in the output's language: `12.5%` for 0.125. */
export function percent(share: number, decimals = 1): string {
  const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals };
  return new Intl.NumberFormat(currentLanguage().language, { style: 'percent', ...digits }).format(share);
}

/** Returns a difference with the minus sign that people write, as wide as a plus. */
export function minus(text: string): string {
  return text.replace('-', '−');
}

/** Formats a change of a number: `1,200 → 1,180`; one figure if it stays the same or if there is no earlier one. */
export function change(
  { before, after }: { before: number | null; after: number | null },
  show: (n: number) => string = count,
): string {
  if (before === null) return after === null ? '–' : show(after);
  if (before === after) return show(before);
  return `${show(before)} → ${after === null ? t`none` : show(after)}`;
}

/** Puts a title in the quotation marks of the output's language. */
export function quoted(title: string): string {
  return t`"${title}"`;
}

/** Moves lines to the right; empty lines stay empty. */
export function indent(lines: string[], by = 2): string[] {
  return lines.map((line) => (line === '' ? '' : ' '.repeat(by) + line));
}

/** Returns the same data with every text safe to print: nothing from files or customers may steer the terminal. */
export function printable<T>(value: T): T {
  if (typeof value === 'string')
    return value.replaceAll(/[\p{Cc}\p{Cs}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, '·') as T;
  if (Array.isArray(value)) return value.map(printable) as T;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [printable(key), printable(part)])) as T;
}

/** Shortens an id that was made from a row's content: such ids are long, and nobody types them. */
export function shortId(id: string): string {
  return /^[0-9a-f]{32,}$/.test(id) ? `${id.slice(0, 8)}…` : id;
}
