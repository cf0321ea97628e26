import { conditionsOf } from './conditions.ts';
import { knownNames, MOST_UNKNOWN, modelNames, unknownColumn, unusedRename } from './header.ts';
import type { Line } from './lines.ts';
import { type Format, faultyLine, type InputFile, type Item, setAside } from './record.ts';

const DEEPEST = 32;

/** One JSON object per line. */
export function jsonLinesFormat(file: InputFile): Format {
  const index = new Map(knownNames(file).map((name, i) => [name, i]));
  const reported = new Set<string>();
  const unused = new Set(Object.keys(file.rename));
  const conditions = conditionsOf(file);
  const asked = new Set(conditions.map(({ column }) => column));
  let rows = 0;

  const rowOf = (line: Line): Item[] => {
    const value = parseObject(line.text);
    if (typeof value === 'string') return [setAside(file.path, line.number, 'broken-json', value)];
    const items: Item[] = [];
    const cells = new Array<unknown>(index.size);
    for (const [key, cell] of Object.entries(value)) {
      unused.delete(key);
      for (const name of modelNames(key, file)) {
        const at = index.get(name);
        if (at !== undefined) cells[at] = cell;
        else if (!file.shape.ignoresOthers && !asked.has(key) && !reported.has(name) && reported.size < MOST_UNKNOWN) {
          reported.add(name);
          items.push(unknownColumn(name, line.number, file));
        }
      }
    }
    rows++;
    const passed = conditions.some(({ column, holds }) => !holds(textOf(Reflect.get(value, column))));
    items.push(passed ? { line: line.number, cells, passed } : { line: line.number, cells });
    return items;
  };

  return (lines, last) => {
    const items = lines.flatMap((line) => {
      if (line.fault) return [faultyLine(file.path, line)];
      return line.text.trim() === '' ? [] : rowOf(line);
    });
    return last && rows > 0 ? [...items, ...[...unused].map((key) => unusedRename(key, 0, file))] : items;
  };
}

/** The object, or what is wrong. */
function parseObject(text: string): object | string {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return 'The line is not valid JSON and was left out. Write one JSON object per line.';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return 'The line is not a JSON object and was left out. Write one object per line, like {"id": "1"}.';
  }
  return deeper(value, DEEPEST) ? `The line is nested deeper than ${DEEPEST} levels and was left out.` : value;
}

function deeper(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return levels === 0 || Object.values(value).some((inner) => deeper(inner, levels - 1));
}

/** Returns a value as a condition is asked of it. */
function textOf(value: unknown): string {
  return value === undefined || value === null ? '' : String(value);
}
