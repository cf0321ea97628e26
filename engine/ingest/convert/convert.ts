import type { InputColumn } from '../shape.ts';
import { email, phone } from './address.ts';
import { date, instant } from './calendar.ts';
import type { Converter } from './converter.ts';
import { list } from './list.ts';
import type { LocalClock } from './local-clock.ts';
import { integer, money, number } from './number.ts';
import { locale, timezone } from './place.ts';
import { boolean, choice, key, messageId, TOO_BIG, text, tooBig } from './text.ts';

export interface ConvertOptions {
  /** For instants that do not say how far from UTC they are. */
  clock: LocalClock;
  /** Told the name of each field in a list's items that the model does not know, as `items.colour`. */
  unknown(name: string): void;
}

/** Returns the function from a cell of a file to its stored value; null: missing, as empty cells are. */
export function converter(column: Omit<InputColumn, 'required'>, options: ConvertOptions): Converter {
  const convert = column.choices ? choice(column.choices, column.otherwise) : ofType(column, options);
  return (cell) => {
    if (cell === undefined || cell === null) return null;
    if (typeof cell !== 'string') return convert(cell);
    const trimmed = cell.trim();
    if (trimmed === '') return null;
    return tooBig(trimmed) ? TOO_BIG : convert(trimmed);
  };
}

function ofType(column: Omit<InputColumn, 'required'>, options: ConvertOptions): Converter {
  switch (column.type) {
    case 'string':
      return text;
    case 'key':
      return key;
    case 'message':
      return messageId;
    case 'integer':
      return integer;
    case 'number':
      return number;
    case 'money':
      return money;
    case 'boolean':
      return boolean;
    case 'date':
      return date;
    case 'instant':
      return instant(options.clock);
    case 'email':
      return email;
    case 'phone':
      return phone;
    case 'timezone':
      return timezone;
    case 'locale':
      return locale;
    case 'list': {
      const unknown = (name: string) => options.unknown(`${column.name}.${name}`);
      return list(column.items ?? [], (field) => converter(field, options), unknown);
    }
  }
}
