import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import type { Encoding, Writing } from '../../../spec/model/data.ts';
import { t } from '../../../spec/words/t.ts';
import { HEAD, recognise, separatorLine } from '../files/encoding.ts';
import { containerOf, endingOf } from '../files/format.ts';
import { gunzipped, isCompressed } from '../files/gunzip.ts';
import { readWritten } from '../files/items.ts';
import { peek } from '../files/peek.ts';
import type { RowProblem } from '../files/problem.ts';
import { bestDelimiter } from './delimiter.ts';

/** The beginning of a file: its notation as far as the bytes show it, and its first rows by columns. */
export interface Look {
  path: string;
  /** The cells are JSON values, and the columns may be paths. */
  json: boolean;
  writing: Writing;
  columns: Column[];
  rows: number;
  /** Names that several columns have, so that none of them can be declared. */
  alike?: string[];
  /** The reason for which nothing can be read. */
  problem?: RowProblem;
}

export interface Column {
  name: string;
  /** A cell for each row; undefined: there is none. */
  cells: unknown[];
}

/** A guess from so many rows is as good as one from all. */
const MOST_ROWS = 20_000;

/** Looks at the beginning of the file `path`, relative to `root`; of a workbook, at a sheet. */
export async function lookAt(root: string, path: string, sheet?: string): Promise<Look> {
  const json = ['.json', '.jsonl', '.ndjson', '.parquet'].includes(endingOf(path));
  const found = await notation(root, path).catch((): Writing => ({}));
  const writing = { ...found, ...(sheet !== undefined && { sheet }) };
  const rows: unknown[][] = [];
  const problems: RowProblem[] = [];
  for await (const items of readWritten(root, path, writing)) {
    for (const item of items) 'cells' in item ? rows.push(item.cells) : problems.push(item);
    if (rows.length > MOST_ROWS) break;
  }
  const problem = problems.find(({ line, code }) => line === 0 && code !== 'guessed-encoding') ?? problems[0];
  const all = json ? flatten(rows.map(([value]) => value)) : tabular(rows);
  // A column without a name cannot be declared.
  const columns = all.filter(({ name }) => name !== '' && all.filter((one) => one.name === name).length === 1);
  const alike = [
    ...new Set(
      all.filter(({ name }) => name !== '' && !columns.some((one) => one.name === name)).map(({ name }) => name),
    ),
  ];
  const count = json ? rows.length : Math.max(0, rows.length - 1);
  return { path, json, writing, columns, alike, rows: count, ...(columns.length === 0 && problem && { problem }) };
}

function tabular([names = [], ...rows]: unknown[][]): Column[] {
  const whole = rows.filter((cells) => cells.length === names.length);
  return names.map((name, at) => ({ name: String(name), cells: whole.map((cells) => cells[at]) }));
}

/** Returns the encoding, where the reader would only guess it, and the delimiter, where it is not the usual one. */
async function notation(root: string, path: string): Promise<Writing> {
  if (containerOf(path)) return {};
  const stream = createReadStream(resolve(root, path));
  try {
    const { head } = await peek(isCompressed(path) ? gunzipped(stream) : stream, HEAD);
    const { letters, guessed } = recognise(head);
    const encoding: Encoding = letters.startsWith('utf-16') ? 'utf-16' : (letters as Encoding);
    const text = new TextDecoder(letters).decode(head);
    const delimiter = delimited(path, text);
    return { ...(guessed && { encoding }), ...(delimiter !== undefined && { delimiter }) };
  } finally {
    stream.destroy();
  }
}

function delimited(path: string, text: string): string | undefined {
  const ending = endingOf(path);
  if (!['.csv', '.tsv', '.txt'].includes(ending)) return undefined;
  if (separatorLine(text.split(/\r?\n|\r/, 1)[0] ?? '') !== undefined && ending !== '.txt') return undefined;
  const best = bestDelimiter(text);
  return best === ',' && ending !== '.txt' ? undefined : best;
}

/** Returns a remark about columns with the same name. */
export function alikeIn({ alike = [] }: Look): string[] {
  return alike.map(
    (name) =>
      t`several columns are called "${name}", so none of them can be declared: name them differently in the file`,
  );
}

/** The number of levels of objects in objects that are followed. */
const DEEPEST = 3;

/** Returns the columns of JSON objects: their keys, and for objects in them the paths. */
function flatten(rows: unknown[]): Column[] {
  const columns = new Map<string, unknown[]>();
  rows.forEach((row, at) => {
    for (const [path, value] of leaves(row, '', DEEPEST)) {
      const cells = columns.get(path) ?? new Array<unknown>(rows.length).fill(undefined);
      cells[at] = value;
      columns.set(path, cells);
    }
  });
  return [...columns].map(([name, cells]) => ({ name, cells }));
}

function leaves(value: unknown, path: string, levels: number): [string, unknown][] {
  const inner = typeof value === 'object' && value !== null && !Array.isArray(value) && levels > 0;
  if (!inner) return path === '' ? [] : [[path, value]];
  return Object.entries(value).flatMap(([key, part]) => leaves(part, path === '' ? key : `${path}.${key}`, levels - 1));
}
