import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Source } from '../../../spec/model/data.ts';
import type { Program } from '../../program/program.ts';
import { eventInbox } from '../../store/tables.ts';
import { rowsIn } from '../files/batch.ts';
import type { RowProblem } from '../files/problem.ts';
import { readSourceFile } from '../files/read.ts';
import type { Shape } from '../files/shape.ts';
import { type Feed, feeds } from '../intake/feeds.ts';
import { feedsNow } from '../intake/feeds-of-files.ts';
import { ShareRead } from '../intake/share-read.ts';
import type { FileGuess } from './guess.ts';

/** The result of reading a file as it was guessed. */
export interface Checked {
  rows: number;
  /** Rows that `where` and `unless` leave out. */
  leftOut: number;
  /** Rows that are lost. */
  lost: number;
  /** Rows with the id of an earlier row, in the place of which they count; of events, with its customer too. */
  repeated: number;
  /** The lines of the first three of those, where the reader reports them. */
  repeatedAt: number[];
  /** The number of rows whose customer is known. Absent where no customers are known, and for files of customers. */
  joined?: number;
  /** The losses by cause, the worst first: rows before values. */
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
  /** The message of the first one. */
  message: string;
}

export interface Reading {
  root: string;
  zone: string;
  /** The project's currency. */
  currency: string;
  /** The instant of the reading, epoch milliseconds. */
  at: number;
}

/** The remarks that the guess already answers. */
const known = ['unknown-column', 'guessed-encoding', 'unknown-customer', 'repeated-id'];
const PLACES = 3;

/**
 * Reads the files as the project declares them now. `ids`: of the customers of its other files; those of the files are added.
 * `onReading`: gets the share that has been read, from 0 to 1.
 */
export async function checkFiles(
  guesses: FileGuess[],
  program: Program,
  reading: Reading,
  ids: Set<string>,
  onReading?: (share: number) => void,
): Promise<Checked[]> {
  const all = feeds(program);
  const checked: Checked[] = [];
  const files = guesses.map((guess) => {
    const own = all.filter(({ source }) => isOf(source, guess.source));
    const feed = own.find(({ inbox, shape }) => inbox === inboxOf(guess) && !shape.states);
    if (!feed) throw new Error(`${guess.path} is not declared as it was guessed`);
    const states = guess.kind === 'customers' ? own.find(({ shape }) => shape.states) : undefined;
    return { feed, states };
  });
  const sizeOf = ({ path }: Source) => stat(resolve(reading.root, path)).then(({ size }) => size);
  const readings = files.flatMap(({ feed, states }) => (states ? [feed, states] : [feed]));
  const sizes = await Promise.all(readings.map(({ source }) => sizeOf(source)));
  const share = onReading && new ShareRead(sizes, onReading);
  const readOne = ({ source, shape }: Feed, each: (row: unknown[]) => void) => {
    share?.begin(sizes.shift() ?? 0);
    return read(source, shape, reading, each, share?.add);
  };
  for (const { feed, states } of files) {
    if (feed.inbox === 'inbox_customer') {
      const found = await readOne(feed, ([id]) => void ids.add(String(id)));
      checked.push(states ? withStates(found, await readOne(states, () => {})) : found);
    } else {
      const at = 1 + feed.shape.columns.findIndex(({ name }) => name === 'customer');
      let joined = 0;
      const found = await readOne(feed, (row) => {
        if (ids.has(String(row[at]))) joined++;
      });
      checked.push(ids.size === 0 ? found : { ...found, joined });
    }
  }
  return checked;
}

/** Returns the ids of the customers whom the files of a project name. `without`: paths that do not count. */
export async function customersOf(program: Program, without: string[], reading: Reading): Promise<Set<string>> {
  const ids = new Set<string>();
  for (const { source, shape, inbox, declared, fault } of await feedsNow(program, reading.root)) {
    if (inbox !== 'inbox_customer' || fault || without.includes(declared.source.path)) continue;
    await read(source, shape, reading, ([id]) => void ids.add(String(id)));
  }
  return ids;
}

/** Returns true if the two are of the same rows of one file. */
function isOf(one: Source, other: Source): boolean {
  return one.path === other.path && one.each === other.each && one.sheet === other.sheet;
}

function inboxOf({ kind, event = '' }: FileGuess): string {
  if (kind === 'events') return eventInbox(event);
  return { customers: 'inbox_customer', consent: 'inbox_consent', suppressions: 'inbox_suppression' }[kind];
}

/** Problems of rows are reported of the customers in them already. */
function withStates(found: Checked, { causes }: Checked): Checked {
  const isNew = ({ code, field, row }: Cause) =>
    !row && !found.causes.some((one) => one.code === code && one.field === field);
  return { ...found, causes: [...found.causes, ...causes.filter(isNew)] };
}

async function read(
  source: Source,
  shape: Shape,
  reading: Reading,
  each: (row: unknown[]) => void,
  onBytes?: (bytes: number) => void,
): Promise<Checked> {
  const { path, ...options } = source;
  const { root, zone, currency, at } = reading;
  const causes = new Map<string, Cause>();
  const checked: Checked = { rows: 0, leftOut: 0, lost: 0, repeated: 0, repeatedAt: [], causes: [] };
  // The reader reports an id that is repeated, and keeps only the last row with it in a batch.
  const ids = ['given', 'derived'].includes(shape.id) ? new Set<string>() : undefined;
  const reported = shape.id === 'given';
  const customer = 1 + shape.columns.findIndex(({ name }) => name === 'customer');
  for await (const batch of readSourceFile(root, path, shape, { ...options, zone, currency, at, onBytes })) {
    checked.rows += rowsIn(batch);
    checked.leftOut += batch.passed;
    for (const row of batch.rows) {
      each(row);
      ids?.add(reported ? String(row[0]) : JSON.stringify([row[0], row[customer]]));
    }
    for (const problem of batch.problems) {
      if (problem.fatal) checked.lost++;
      if (problem.code === 'repeated-id') {
        checked.repeated++;
        if (checked.repeatedAt.length < PLACES) checked.repeatedAt.push(problem.line);
      }
      if (!known.includes(problem.code)) note(causes, problem);
    }
  }
  if (reported && ids) checked.rows = ids.size + checked.repeated;
  else if (ids) checked.repeated = checked.rows - ids.size;
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
