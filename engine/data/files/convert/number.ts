import { later } from '../../../../spec/words/t.ts';
import { type Converter, ofText, type Trouble } from './converter.ts';
import { markedAmount, means } from './currency.ts';

const BAD_INTEGER: Trouble = {
  code: 'bad-number',
  why: (what) => later`${what} is not a whole number below 9 quadrillion`,
};
const NEGATIVE: Trouble = {
  code: 'negative-money',
  why: (what) => later`${what} is negative; an amount of money is 0 or more`,
};

const INTEGER = /^[+-]?\d{1,16}$/;
const NUMBER = /^[+-]?(?:\d{1,300}(?:\.\d{0,300})?|\.\d{1,300})(?:[eE][+-]?\d{1,3})?$/;
const MONEY = /^\+?(?:\d{1,11}(?:\.\d{0,4})?|\.\d{1,4})$/;
const NEGATIVE_MONEY = /^[-−]\d*\.?\d*$/;

/** Programs of web shops export amounts as their pages show them. */
function withoutEntities(text: string): string {
  return text.replace(/&nbsp;|&#(\d{2,6});/g, (_, code?: string) =>
    code === undefined ? ' ' : String.fromCodePoint(Number(code)),
  );
}

type Decimal = ',' | '.';

export interface NumericOptions {
  /** The sign before the decimals, as the file writes them in text. */
  decimal?: Decimal;
  /** The currency of amounts of money. */
  currency?: string;
}

/** Returns the converter of a type of numbers. */
export function numeric(type: 'integer' | 'number' | 'money', { decimal, currency }: NumericOptions): Converter {
  const convert = notated(type, decimal);
  return type === 'money' && currency !== undefined ? inCurrency(convert, currency) : convert;
}

function notated(type: 'integer' | 'number' | 'money', decimal?: Decimal): Converter {
  const convert = ofType(type, decimal);
  if (decimal === undefined) return convert;
  const digits = numerals(decimal);
  const plain = type === 'money' ? digits : (text: string) => digits(text.replace(/^\p{Sc}\s*|\s*\p{Sc}$/gu, ''));
  return (cell) => convert(typeof cell === 'string' ? plain(cell) : cell);
}

/** A currency beside an amount must be the project's: the amount would be wrong in it. */
function inCurrency(convert: Converter, currency: string): Converter {
  const why = (what: string) =>
    later`${what} is not in the project's currency, ${currency}; leave such rows out by \`where\` of the source, or convert the amounts`;
  const other: Trouble = { code: 'other-currency', why };
  return (cell) => {
    const plain = convert(cell);
    if (typeof plain === 'number' || typeof cell !== 'string') return plain;
    const text = withoutEntities(cell);
    const found = markedAmount(text);
    if (!found) return text === cell ? plain : convert(text);
    const meant = found.marks.map((mark) => means(mark, currency));
    if (meant.includes(undefined)) return plain;
    return meant.includes(false) ? other : convert(found.digits);
  };
}

function ofType(type: 'integer' | 'number' | 'money', decimal?: Decimal): Converter {
  if (type === 'integer') return integer;
  const example = `1234${decimal ?? '.'}5`;
  if (type === 'number') return number({ code: 'bad-number', why: (what) => noNumber(what, example, decimal) });
  return money({ code: 'bad-number', why: (what) => noAmount(what, `${example}0`, decimal) });
}

function noNumber(what: string, example: string, decimal?: Decimal): string {
  return decimal
    ? later`${what} is not a number; write it like ${example}, as \`decimal\` of the source says`
    : later`${what} is not a number; write it like ${example}, or declare \`decimal\` at the source`;
}

function noAmount(what: string, example: string, decimal?: Decimal): string {
  return decimal
    ? later`${what} is not an amount of money; write it like ${example}, with at most 4 decimals and 11 digits before them, as \`decimal\` of the source says`
    : later`${what} is not an amount of money; write it like ${example}, with at most 4 decimals and 11 digits before them, or declare \`decimal\` at the source`;
}

/** Within ±(2^53 − 1). */
const integer: Converter = ofText((cell) => {
  const value = INTEGER.test(cell) ? Number(cell) : Number.NaN;
  return Number.isSafeInteger(value) ? plain(value) : BAD_INTEGER;
}, BAD_INTEGER);

const number = (otherwise: Trouble): Converter =>
  ofText((cell) => {
    const value = NUMBER.test(cell) ? Number(cell) : Number.NaN;
    return Number.isFinite(value) ? plain(value) : otherwise;
  }, otherwise);

/** 0 to 99,999,999,999.9999: exact to the fourth decimal in a double too. */
const money = (otherwise: Trouble): Converter =>
  ofText((cell) => {
    if (MONEY.test(cell)) return Number(cell);
    return NEGATIVE_MONEY.test(cell) && cell.length > 1 ? NEGATIVE : otherwise;
  }, otherwise);

/** Minus zero is not the same everywhere. */
function plain(value: number): number {
  return value === 0 ? 0 : value;
}

/** A text that is no number. */
const NONE = '?';

/** Returns a function from a number as a file writes it to the same with a dot, without groups. */
function numerals(decimal: Decimal): (text: string) => string {
  const [group, point] = decimal === ',' ? ['.', ','] : [',', '\\.'];
  const grouped = new RegExp(`^([+-]?\\d{1,3}(?:[${group}’'\\s]\\d{3})+)(${point}\\d*)?$`);
  const bare = new RegExp(`^([+-]?\\d*)(${point}\\d*)?$`);
  return (text) => {
    const plain = text.replace('−', '-');
    const [, whole, decimals = ''] = grouped.exec(plain) ?? bare.exec(plain) ?? [];
    if (whole === undefined) return /[.,]/.test(text) ? NONE : text;
    const digits = whole.replace(/[^\d+-]/g, '');
    return /^(.0*)?$/.test(decimals) ? digits : `${digits}.${decimals.slice(1)}`;
  };
}
