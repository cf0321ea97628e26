import type { ValueWriting } from '../../../../spec/model/data.ts';
import { later } from '../../../../spec/words/t.ts';
import { printable } from '../problem.ts';
import type { InputColumn } from '../shape.ts';
import { emailAttribute, phoneAttribute } from './address.ts';
import { date, instant } from './calendar.ts';
import type { Converter, Trouble } from './converter.ts';
import { list } from './list.ts';
import type { LocalClock } from './local-clock.ts';
import { numeric } from './number.ts';
import { country, locale, timezone } from './place.ts';
import { boolean, choice, key, messageId, TOO_BIG, text, tooBig } from './text.ts';

export interface ConvertOptions {
  /** The zone of instants without an offset. */
  clock: LocalClock;
  /** Gets the name of each field in a list's items that the model does not know, as `items.colour`. */
  unknown(name: string): void;
  /** Returns the country that a phone number without a code is of. */
  country?(): string | undefined;
  /** The currency of amounts of money. */
  currency?: string;
  /** The notation of the column's values. */
  writing?: ValueWriting;
}

/** Returns the function from a cell of a file to its stored value; null: missing, as empty cells are. */
export function converter(column: Omit<InputColumn, 'required'>, options: ConvertOptions): Converter {
  const convert = column.choices ? choice(column.choices, column.otherwise) : ofType(column, options);
  /** A spreadsheet's mark for text is no part of a value that is no text. */
  const marked = !['string', 'key', 'message', 'list'].includes(column.type) && column.choices === undefined;
  const ofCell: Converter = (cell) => {
    if (cell === undefined || cell === null) return null;
    if (typeof cell !== 'string') return convert(cell);
    const text = cell.trim();
    const trimmed = marked && text.length > 1 && text.startsWith("'") ? text.slice(1) : text;
    if (trimmed === '') return null;
    return tooBig(trimmed) ? TOO_BIG : convert(trimmed);
  };
  const words = meanings(options.writing?.values ?? {});
  const ofWord: Converter =
    words.size === 0
      ? ofCell
      : (cell) =>
          ofCell(typeof cell === 'object' || cell === undefined ? cell : (words.get(wordKey(String(cell))) ?? cell));
  const { between } = options.writing ?? {};
  return between ? within(between, ofWord) : ofWord;
}

/** Converts the part between two texts. */
function within([before = '', after = '']: string[], convert: Converter): Converter {
  const [left, right] = [printable(before), printable(after)];
  const none: Trouble = { code: 'bad-text', why: (what) => later`${what} has no text between ${left} and ${right}` };
  return (cell) => {
    if (typeof cell !== 'string' || cell.trim() === '') return convert(cell);
    const from = cell.indexOf(before);
    const to = from < 0 ? -1 : cell.indexOf(after, from + before.length);
    return to < 0 ? none : convert(cell.slice(from + before.length, to));
  };
}

/** Returns the meanings that a file gives to words, by their keys. */
export function meanings(values: Record<string, string>): Map<string, string> {
  return new Map(Object.entries(values).map(([word, meaning]) => [wordKey(word), meaning]));
}

/** Returns a word as words are compared. */
export function wordKey(word: string): string {
  return word.trim().normalize('NFC').toLowerCase();
}

function ofType(column: Omit<InputColumn, 'required'>, options: ConvertOptions): Converter {
  const { dates = [], decimal } = options.writing ?? {};
  switch (column.type) {
    case 'string':
      return text;
    case 'key':
      return key;
    case 'message':
      return messageId;
    case 'integer':
    case 'number':
    case 'money':
      return numeric(column.type, {
        ...(decimal && { decimal }),
        ...(options.currency && { currency: options.currency }),
      });
    case 'boolean':
      return boolean;
    case 'date':
      return date(options.clock, dates);
    case 'instant':
      return instant(options.clock, dates);
    case 'email':
      return emailAttribute;
    case 'phone':
      return phoneAttribute(options.country ?? (() => undefined));
    case 'timezone':
      return timezone;
    case 'locale':
      return locale;
    case 'country':
      return country;
    case 'list': {
      const unknown = (name: string) => options.unknown(`${column.name}.${name}`);
      return list(column.items ?? [], (field) => converter(field, options), unknown);
    }
  }
}
