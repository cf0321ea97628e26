import type { CustomerData, Field, Source } from '../../spec/model/data.ts';
import { rowsIn } from '../ingest/batch.ts';
import type { RowProblem } from '../ingest/problem.ts';
import { readSourceFile } from '../ingest/read.ts';
import { consentShape, customerShape, eventShape, type Shape, stateShape, suppressionShape } from '../ingest/shape.ts';
import type { FileGuess } from './guess.ts';

/** The result of reading a file as it was guessed. */
export interface Checked {
  rows: number;
  /** Rows that `where` and `unless` leave out. */
  leftOut: number;
  /** Rows that are lost. */
  lost: number;
  /** Of the rows, those whose customer is known. Absent where no customers are known, and of their own files. */
  joined?: number;
  /** What is lost, by cause, the worst first: rows before values. */
  causes: Cause[];
}

export interface Cause {
  code: string;
  field?: string;
  count: number;
  /** It costs the row. */
  row: boolean;
  /** The lines of the first three. */
  lines: number[];
  /** Of the first. */
  message: string;
}

export interface Reading {
  root: string;
  zone: string;
  /** The instant of the reading, epoch milliseconds. */
  at: number;
  /** Words for channels. */
  channels: string[];
}

/** The remarks that the guess answers by itself. */
const known = ['unknown-column', 'guessed-encoding', 'unknown-customer', 'repeated-id'];
const PLACES = 3;

/** Reads a file of customers as it was guessed, and adds their ids. */
export async function checkCustomers(
  guess: { path: string; source: Source },
  data: CustomerData,
  reading: Reading,
  ids: Set<string>,
): Promise<Checked> {
  const found = await read(guess.source, customerShape(data), reading, ([id]) => void ids.add(String(id)));
  if (!data.consent) return found;
  const stated = await read(guess.source, stateShape(data.consent, reading.channels), reading, () => {});
  const causes = stated.causes.filter(
    ({ code, field }) => !found.causes.some((one) => one.code === code && one.field === field),
  );
  return { ...found, causes: [...found.causes, ...causes.filter(({ row }) => !row)] };
}

/** Reads a file of anything else, and counts the rows whose customer has one of the ids. */
export async function checkOther(
  guess: FileGuess,
  fields: Field[],
  reading: Reading,
  ids: ReadonlySet<string>,
): Promise<Checked> {
  const shape = shapeOf(guess, fields, reading.channels);
  const at = 1 + shape.columns.findIndex(({ name }) => name === 'customer');
  let joined = 0;
  const found = await read(guess.source, shape, reading, (row) => {
    if (ids.has(String(row[at]))) joined++;
  });
  return ids.size === 0 ? found : { ...found, joined };
}

function shapeOf({ kind, event = '' }: FileGuess, fields: Field[], channels: string[]): Shape {
  if (kind === 'consent') return consentShape(channels);
  return kind === 'suppressions' ? suppressionShape(channels) : eventShape({ name: event, sources: [], fields });
}

async function read(source: Source, shape: Shape, reading: Reading, each: (row: unknown[]) => void): Promise<Checked> {
  const { path, ...options } = source;
  const { root, zone, at } = reading;
  const causes = new Map<string, Cause>();
  const checked: Checked = { rows: 0, leftOut: 0, lost: 0, causes: [] };
  for await (const batch of readSourceFile(root, path, shape, { ...options, zone, at })) {
    checked.rows += rowsIn(batch);
    checked.leftOut += batch.passed;
    for (const row of batch.rows) each(row);
    for (const problem of batch.problems) {
      if (problem.fatal) checked.lost++;
      if (!known.includes(problem.code)) note(causes, problem);
    }
  }
  checked.causes = [...causes.values()].sort((a, b) => Number(b.row) - Number(a.row) || b.count - a.count);
  return checked;
}

function note(causes: Map<string, Cause>, { code, field, line, message, fatal }: RowProblem): void {
  const key = `${code} ${field ?? ''} ${fatal}`;
  const cause = causes.get(key);
  if (!cause)
    causes.set(key, { code, ...(field !== undefined && { field }), count: 1, row: fatal, lines: [line], message });
  else {
    cause.count++;
    if (cause.lines.length < PLACES) cause.lines.push(line);
  }
}
