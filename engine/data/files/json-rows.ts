import { later } from '../../../spec/words/t.ts';
import { conditionsOf } from './conditions.ts';
import { knownNames, MOST_UNKNOWN, modelNames, unknownColumn, unusedRename } from './header.ts';
import type { RowProblem } from './problem.ts';
import { type InputFile, type Item, setAside } from './record.ts';

const DEEPEST = 32;

/** Makes rows of the JSON objects of a file. */
export interface JsonRows {
  /** `what`: the text as messages call it. */
  rowsOf(text: string, line: number, what: 'row' | 'line'): Item[];
  /** About the file as a whole, when all has been read. */
  atEnd(): RowProblem[];
}

/** A column is a key of the object, or a path to one within it: `customer.email`. */
export function jsonRows(file: InputFile): JsonRows {
  const { each, shape, path } = file;
  const known = knownNames(file);
  const index = new Map(known.map((name, i) => [name, i]));
  const texts = new Set(shape.columns.filter(({ type }) => type !== 'list').map(({ name }) => name));
  const renamed = Object.keys(file.rename).map((column) => ({ column, names: modelNames(column, file) }));
  const unused = new Set(renamed.map(({ column }) => column).filter((column) => !file.known?.includes(column)));
  const conditions = conditionsOf(file);
  const used = [...[...renamed, ...conditions].map(({ column }) => column), ...(file.known ?? [])];
  /** Keys that something in them is asked for. */
  const asked = new Set(
    [...used, ...(each ? [each] : [])].flatMap((column) => [column, column.split('.')[0] ?? column]),
  );
  const reported = new Set<string>();
  // A refusal that names several refuses each of them; so does a consent mean each.
  const named = shape.refuses ? known.findIndex((name) => name === 'customer' || name === 'message') : -1;
  let rows = 0;

  const rowOf = (value: object, line: number, nth?: number): Item[] => {
    const items: Item[] = [];
    const cells = new Array<unknown>(known.length);
    let several: unknown[] | undefined;
    const put = (name: string, cell: unknown, column: string) => {
      const at = index.get(name);
      if (at === undefined) return false;
      if (at === named) several = plainItems(cell);
      const text = name === 'id' || texts.has(name) ? joined(cell) : cell;
      cells[at] = name === 'id' && nth !== undefined && !within(column, each) ? numbered(text, nth) : text;
      return true;
    };
    const report = (name: string) => {
      if (shape.ignoresOthers || shape.others?.includes(name) || reported.has(name) || reported.size >= MOST_UNKNOWN)
        return;
      reported.add(name);
      items.push(unknownColumn(name, line, file));
    };
    for (const [key, cell] of Object.entries(value)) {
      if (Object.hasOwn(file.rename, key)) continue;
      for (const name of modelNames(key, file)) if (!put(name, cell, key) && !asked.has(key)) report(name);
    }
    for (const { column, names } of renamed) {
      const cell = valueAt(value, column);
      if (cell === undefined) continue;
      unused.delete(column);
      for (const name of names) if (!put(name, cell, column)) report(name);
    }
    rows++;
    const passed = conditions.some(({ column, holds }) => !holds(textOf(joined(valueAt(value, column)))));
    const all = named >= 0 && several !== undefined ? several.map((one) => cells.with(named, one)) : [cells];
    items.push(...all.map((cells) => (passed ? { line, cells, passed } : { line, cells })));
    return items;
  };

  const rowsOf = (text: string, line: number, what: 'row' | 'line'): Item[] => {
    const own = parseObject(text, what);
    if (typeof own === 'string') return [setAside(path, line, 'broken-json', own)];
    const value = file.folders ? { ...file.folders, ...own } : own;
    if (shape.written) return [{ line, cells: [value] }];
    if (each === undefined) return rowOf(value, line);
    const list = valueAt(value, each);
    if (list === undefined || list === null) return [];
    return [list].flat().flatMap((item, i) => rowOf(withAt(value, each.split('.'), item), line, i + 1));
  };

  return {
    rowsOf,
    atEnd: () => (rows > 0 ? [...unused].map((column) => unusedRename(column, 0, file)) : []),
  };
}

/**
 * Returns the value of a key, or at a path; of a list on the way, those of its items, or of the item by its number, from 1.
 * Undefined: there is none.
 */
export function valueAt(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) {
    const [, number, rest] = /^([1-9]\d*)(?:\.(.+))?$/.exec(path) ?? [];
    if (number !== undefined) {
      const item: unknown = value[Number(number) - 1];
      return rest === undefined ? item : valueAt(item, rest);
    }
    const found = value.map((item) => valueAt(item, path)).filter((item) => item !== undefined);
    return found.length > 0 ? found.flat() : undefined;
  }
  if (Object.hasOwn(value, path)) return Reflect.get(value, path);
  for (let dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', dot + 1)) {
    const key = path.slice(0, dot);
    if (Object.hasOwn(value, key)) return valueAt(Reflect.get(value, key), path.slice(dot + 1));
  }
  return undefined;
}

/** Returns the object with another value at a path. */
function withAt(value: object, [key = '', ...rest]: string[], put: unknown): object {
  const inner: unknown = Reflect.get(value, key);
  const own = rest.length === 0 || typeof inner !== 'object' || inner === null ? put : withAt(inner, rest, put);
  return { ...value, [key]: own };
}

/** A list of plain values, where a text is wanted. */
function joined(cell: unknown): unknown {
  const plain = Array.isArray(cell) && cell.every((item) => item === null || typeof item !== 'object');
  return plain ? cell.filter((item) => item !== null).join(', ') : cell;
}

/** Returns the items of a list of more than one plain value that are there. */
function plainItems(cell: unknown): unknown[] | undefined {
  if (!Array.isArray(cell) || cell.some((item) => item !== null && typeof item === 'object')) return undefined;
  const items = cell.filter((item) => item !== null && item !== '');
  return items.length > 1 ? items : undefined;
}

function within(column: string, each: string | undefined): boolean {
  return each !== undefined && (column === each || column.startsWith(`${each}.`));
}

/** The id of an item of a list, where only the whole has one. */
function numbered(id: unknown, nth: number): unknown {
  return id === undefined || id === null || id === '' ? id : `${id}/${nth}`;
}

/** The object, or what is wrong. */
function parseObject(text: string, what: 'row' | 'line'): object | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return what === 'row'
      ? later`The row is not valid JSON and is lost. Write one JSON object per row.`
      : later`The line is not valid JSON and is lost. Write one JSON object per line.`;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return what === 'row'
      ? later`The row is not a JSON object and is lost. Write one object per row, like {"id": "1"}.`
      : later`The line is not a JSON object and is lost. Write one object per line, like {"id": "1"}.`;
  }
  if (!deeper(value, DEEPEST)) return value;
  return what === 'row'
    ? later`The row is nested deeper than ${DEEPEST} levels and is lost.`
    : later`The line is nested deeper than ${DEEPEST} levels and is lost.`;
}

function deeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => deeper(inner, levels - 1));
}

/** Returns a value as a condition is asked of it. */
function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}
