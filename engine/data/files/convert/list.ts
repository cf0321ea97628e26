import type { Field } from '../../../../spec/model/data.ts';
import { later } from '../../../../spec/words/t.ts';
import type { Value } from '../../../store/database.ts';
import { type Converter, isTrouble, type Trouble } from './converter.ts';
import { TOO_BIG, tooBig } from './text.ts';

const BAD_LIST: Trouble = {
  code: 'bad-list',
  why: (what) => later`${what} is not a list; write it as a JSON array of objects`,
};

/**
 * A JSON array of objects (in CSV as text) → canonical JSON: the fields known to the model, by name, without the empty
 * ones. `unknown` gets the names of other fields.
 */
export function list(items: Field[], convert: (field: Field) => Converter, unknown: (name: string) => void): Converter {
  const fields = items
    .map((field) => ({ name: field.name, convert: convert(field) }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const known = new Set(fields.map((field) => field.name));

  const itemOf = (item: object, number: number): [string, Value][] | Trouble => {
    const given = new Map<string, unknown>(Object.entries(item));
    const result: [string, Value][] = [];
    for (const { name, convert } of fields) {
      const value = convert(given.get(name));
      if (isTrouble(value)) return { ...value, part: (column) => later`${column}, item ${number}, ${name}` };
      if (value !== null) result.push([name, value]);
    }
    for (const name of given.keys()) if (!known.has(name)) unknown(name);
    return result;
  };

  return (cell) => {
    const array = typeof cell === 'string' ? parsed(cell) : cell;
    if (!Array.isArray(array)) return BAD_LIST;
    const results: object[] = [];
    for (const [i, item] of array.entries()) {
      if (typeof item !== 'object' || item === null || Array.isArray(item))
        return { ...BAD_LIST, part: (column) => later`${column}, item ${i + 1}` };
      const result = itemOf(item, i + 1);
      if (!Array.isArray(result)) return result;
      results.push(Object.fromEntries(result));
    }
    const text = JSON.stringify(results);
    return tooBig(text) ? TOO_BIG : text;
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
