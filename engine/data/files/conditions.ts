import type { Writing } from '../../../spec/model/data.ts';
import { later } from '../../../spec/words/t.ts';
import { type InputFile, Refused, setAside } from './record.ts';

/** A column of the file, and whether its value lets the row be one of the source. */
interface Condition {
  column: string;
  holds(value: string): boolean;
}

/** Returns the conditions that the rows of a source meet. */
export function conditionsOf({ where = {}, unless = {} }: Writing): Condition[] {
  const among = (values: string[]) => {
    const keys = new Set(values.map(key));
    const starts = [...keys].filter((one) => /.\*$/.test(one)).map((one) => one.slice(0, -1));
    const ends = [...keys].filter((one) => /^\*./.test(one)).map((one) => one.slice(1));
    const fits = (value: string) =>
      keys.has(value) || starts.some((one) => value.startsWith(one)) || ends.some((one) => value.endsWith(one));
    return (value: string) => fits(key(value));
  };
  const wanted = Object.entries(where).map(([column, values]) => ({ column, holds: among(values) }));
  const unwanted = Object.entries(unless).map(([column, values]) => {
    const found = among(values);
    return { column, holds: (value: string) => !found(value) };
  });
  return [...wanted, ...unwanted];
}

/**
 * Returns the predicate on a row's cells that selects the rows of the source; undefined: all rows. Throws `Refused` where a column
 * of the conditions is missing: the rows that they exclude would be read.
 */
export function selection(names: string[], line: number, file: InputFile): ((cells: unknown[]) => boolean) | undefined {
  const conditions = conditionsOf(file).map((one) => ({ ...one, at: names.indexOf(one.column) }));
  const missing = conditions.filter(({ at }) => at < 0);
  if (missing.length > 0)
    throw new Refused(missing.map(({ column }) => setAside(file.path, line, 'missing-column', absent(column))));
  if (conditions.length === 0) return undefined;
  return (cells) => conditions.every(({ at, holds }) => holds(String(cells[at] ?? '')));
}

const absent = (column: string) =>
  later`The file has no column "${column}", which \`where\` or \`unless\` of its source asks for. Correct the name there, or add the column.`;

function key(value: string): string {
  return value.trim().normalize('NFC').toLowerCase();
}
