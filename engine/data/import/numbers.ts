import { currenciesOf, markedAmount } from '../files/convert/currency.ts';
import { STRAY } from './dates.ts';

/** A column of numbers. */
export interface Numbers {
  /** The most decimals of a value. */
  decimals: number;
  negative: boolean;
  /** The sign, code or word of a currency beside a value. */
  currency?: string;
  /** The sign before the decimals, where that matters. */
  decimal?: ',' | '.';
  /** The values cannot be read unless the sign is declared. */
  needs: boolean;
  /** `1,234` may be a thousand or one and a little. */
  ambiguous?: { example: string };
}

const NUMBER = /^([+−-]?)\s*([\d.,’'\s]*\d)$/u;
const GROUP = /^\d{1,3}\.\d{3}$/;
const PLAIN = /^\d+(\.\d+)?$/;

/** Returns how a column's numbers are written, if all of its values are numbers; `asked`: the sign to take where the values leave it open. */
export function numbersOf(values: string[], asked: ',' | '.'): Numbers | undefined {
  if (values.length === 0) return undefined;
  const found = values.flatMap((value) => bare(value) ?? []);
  if (values.length - found.length > STRAY * values.length) return undefined;
  const texts = found.map((one) => one.digits);
  const told = decimalOf(texts);
  if (told === 'neither') return undefined;
  const unclear =
    told === undefined
      ? texts.find((text) => /^\d{1,3},\d{3}$/.test(text) || (asked === ',' && GROUP.test(text)))
      : undefined;
  const currency = found.find((one) => one.currency !== undefined)?.currency;
  const needs = currency !== undefined || unclear !== undefined || texts.some((text) => !PLAIN.test(text));
  const decimal = told ?? (needs ? asked : '.');
  const digits = texts.filter((text) => readable(text, decimal));
  if (values.length - digits.length > STRAY * values.length) return undefined;
  const decimals = digits.reduce((most, text) => Math.max(most, decimalsOf(text, decimal)), 0);
  const pointed = needs || decimals > 0;
  return {
    decimals,
    negative: found.some((one) => one.negative),
    needs,
    ...(pointed && { decimal }),
    ...(currency !== undefined && { currency }),
    ...(unclear !== undefined && { ambiguous: { example: unclear } }),
  };
}

interface Bare {
  digits: string;
  negative: boolean;
  currency?: string;
}

function bare(value: string): Bare | undefined {
  const amount = markedAmount(value);
  if (amount?.marks.some((mark) => currenciesOf(mark) === undefined)) return undefined;
  const [, sign, digits] = NUMBER.exec(amount?.digits ?? value) ?? [];
  if (digits === undefined) return undefined;
  const [currency] = amount?.marks ?? [];
  return { digits, negative: sign === '-' || sign === '−', ...(currency !== undefined && { currency }) };
}

/** Undefined: the values leave it open. Neither: the values contradict one another. */
function decimalOf(all: string[]): ',' | '.' | 'neither' | undefined {
  const counts = { ',': 0, '.': 0, '': 0 };
  for (const text of all) {
    const [comma, dot] = [text.lastIndexOf(','), text.lastIndexOf('.')];
    if (comma >= 0 && dot >= 0) counts[comma > dot ? ',' : '.']++;
    else if (comma >= 0) counts[lone(text, ',')]++;
    else if (dot >= 0) counts[lone(text, '.')]++;
  }
  const [commas, dots] = [counts[','], counts['.']];
  if (Math.min(commas, dots) > STRAY * all.length) return 'neither';
  if (commas === dots) return undefined;
  return commas > dots ? ',' : '.';
}

/** Returns the sign before the decimals that a number with one kind of sign shows, if it does. */
function lone(text: string, sign: ',' | '.'): ',' | '.' | '' {
  const other = sign === ',' ? '.' : ',';
  if (text.split(sign).length > 2) return other;
  if (!/^\d{1,3}$/.test(text.slice(0, text.indexOf(sign))) || !/^\d{3}$/.test(text.slice(text.indexOf(sign) + 1)))
    return sign;
  return '';
}

/** The texts that the reader takes with the sign before their decimals. */
const READABLE = {
  ',': /^(?:\d{1,3}(?:[.’'\s]\d{3})+|\d+)(?:,\d*)?$/,
  '.': /^(?:\d{1,3}(?:[,’'\s]\d{3})+|\d+)(?:\.\d*)?$/,
};

function readable(text: string, decimal: ',' | '.'): boolean {
  return READABLE[decimal].test(text);
}

function decimalsOf(text: string, decimal: ',' | '.'): number {
  const at = text.indexOf(decimal);
  return at < 0 ? 0 : text.length - at - 1;
}
