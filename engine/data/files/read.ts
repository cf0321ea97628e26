import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Source, Writing } from '../../../spec/model/data.ts';
import { later } from '../../../spec/words/t.ts';
import { type Batch, batching } from './batch.ts';
import { localClock } from './convert/local-clock.ts';
import { countryOfZone } from './convert/place.ts';
import type { Erased } from './erased.ts';
import { brokenFile, problemsOf } from './failures.ts';
import { containerOf, endingOf } from './format.ts';
import { brokenBy, isCompressed } from './gunzip.ts';
import { type Begun, readItems } from './items.ts';
import { PlainLines, type PlainRows } from './plain-lines.ts';
import type { PlainTable, TableTaking } from './plain-table.ts';
import type { Track } from './prefix.ts';
import { printable } from './problem.ts';
import { type InputFile, type Item, setAside } from './record.ts';
import { type Typed, typedRows } from './rows.ts';
import type { Shape } from './shape.ts';
import { statesFile, statesOf } from './states.ts';
import { mayBeWritten } from './writing.ts';

export interface ReadOptions extends Writing {
  /** The project's IANA zone, for instants without an offset. */
  zone: string;
  /** The project's currency, in which amounts of money are. Absent: an amount may have no currency beside it. */
  currency?: string;
  /** The instant of the reading, epoch milliseconds. */
  at: number;
  /** A refusal that is dated in the future counts from then on only. */
  waits?: boolean;
  /** The real time, epoch milliseconds: a file that was modified just before may be in the middle of a row. Absent: it is complete. */
  clock?: number;
  /** Customers who were erased. Absent: nobody was. */
  erased?: Erased;
  /** Follows the bytes. */
  track?: Track;
  /** The file, opened, and its beginning, where it is read only from where the track has ended. */
  begun?: Begun;
  /** Rows whose cells are plain are left to the database. */
  plain?: boolean;
  /** Column in the file → name in the model, or several. */
  rename?: Source['rename'];
  /** Columns that the file's folders are, with their value in each row. */
  folders?: InputFile['folders'];
  /** Gets the number of bytes of each piece that was read of a file; not called for a container such as a workbook. */
  onBytes?: ((bytes: number) => void) | undefined;
}

/** Reads the file `path`, relative to the folder `root`. What is wrong with it is in the batches, never thrown. */
export async function* readSourceFile(
  root: string,
  path: string,
  shape: Shape,
  { onBytes, ...options }: ReadOptions,
): AsyncGenerator<Batch> {
  // A pipe or a device might never end.
  const facts = await stat(resolve(root, path)).catch(() => undefined);
  if (facts && !facts.isFile()) {
    const batch = batching(shape);
    const message = facts.isDirectory()
      ? later`This is a folder, not a file. Name the files in it.`
      : later`This is not a file but a pipe or a device, and is not read. Write the rows into a file.`;
    batch.add({ rows: [], problems: [setAside(path, 0, 'unreadable-file', message)] });
    yield batch.take();
    return;
  }
  // The database takes a block at a time, and each costs it a statement.
  const highWaterMark = (options.plain && ['.csv', '.tsv', '.txt'].includes(endingOf(path)) ? 1024 : 256) * 1024;
  // Asked after the last byte, so that a write meanwhile is noticed.
  const writing = async () => {
    const { clock } = options;
    if (clock === undefined) return false;
    const now = await stat(resolve(root, path)).catch(() => undefined);
    return now !== undefined && mayBeWritten(now.mtimeMs, clock);
  };
  const container = containerOf(path);
  if (container) {
    const { plain, zone, erased } = options;
    const taking: TableTaking | undefined = plain ? { zone, erased: erased !== undefined } : undefined;
    const taken = () => {
      const found = taking?.found;
      if (taking) taking.found = undefined;
      return found;
    };
    yield* typedBatches((file) => container(resolve(root, path), file, taking), path, shape, options, writing, taken);
    return;
  }
  // Rows are loaded as they are read, and none is if the file is not whole: so its end is looked at first.
  const broken = isCompressed(path) && (await brokenBy(createReadStream(resolve(root, path), { highWaterMark })));
  if (broken) {
    const batch = batching(shape);
    batch.add({ rows: [], problems: await brokenFile(broken, path, writing) });
    yield batch.take();
    return;
  }
  const { begun, track } = options;
  const stream = begun
    ? begun.file.createReadStream({ start: track?.bytes ?? 0, highWaterMark, autoClose: false })
    : createReadStream(resolve(root, path), { highWaterMark });
  // Reading it reports its errors; but a file of unknown format is never read, and its error must not end the process.
  stream.on('error', () => undefined);
  try {
    yield* readSource(onBytes ? counted(stream, onBytes) : stream, path, shape, options, writing);
  } finally {
    stream.destroy();
  }
}

async function* counted(input: AsyncIterable<Uint8Array>, tell: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  for await (const piece of input) {
    yield piece;
    tell(piece.length);
  }
}

/**
 * Reads typed rows and problems from a file's bytes. `path` is for the problems, and its ending decides the
 * format. `mayGoOn`: called at the end; returns true if the bytes may end in the middle of a row. Where a later batch has the id of an
 * earlier one (customers only), its row takes the earlier one's place.
 */
export async function* readSource(
  input: AsyncIterable<Uint8Array>,
  path: string,
  shape: Shape,
  options: ReadOptions,
  mayGoOn: () => Promise<boolean> = async () => false,
): AsyncGenerator<Batch> {
  const { track, begun } = options;
  const followed = track ? follow(input, track) : input;
  const from = begun && { ...begun, lines: track?.lines ?? 0 };
  const { zone, erased } = options;
  let taking: PlainLines | undefined;
  const items = (file: InputFile) => {
    taking = options.plain ? new PlainLines(file, { zone, erased: erased !== undefined }) : undefined;
    return readItems(followed, file, mayGoOn, from, taking);
  };
  yield* typedBatches(items, path, shape, options, mayGoOn, () => taking?.taken());
}

/** Typed rows of the rows that `items` gives. */
async function* typedBatches(
  items: (file: InputFile) => AsyncIterable<Item[]>,
  path: string,
  shape: Shape,
  options: ReadOptions,
  mayGoOn: () => Promise<boolean>,
  plain: () => PlainRows | PlainTable | undefined = () => undefined,
): AsyncGenerator<Batch> {
  const {
    at,
    zone,
    currency,
    waits = false,
    erased,
    plain: _plain,
    track: _track,
    begun: _begun,
    clock: _clock,
    ...declared
  } = options;
  const file: InputFile = { path, shape, ...declared, rename: declared.rename ?? {} };
  const land = countryOfZone(zone);
  const typed = typedRows(file, {
    clock: localClock(declared.timezone ?? zone),
    ...(land && { country: land }),
    ...(currency && { currency }),
    at,
    waits,
    ...(erased && { erased }),
  });
  const batch = batching(shape);
  try {
    const asked = statesFile(file);
    const spread = statesOf(shape, asked);
    for await (const some of items(asked)) {
      for (const item of shape.states ? some.flatMap(spread) : some) {
        batch.add(inSheet(file, typedItem(item, typed)));
        if (batch.full()) yield batch.take();
      }
      const rows = plain();
      if (rows) {
        batch.addPlain(rows);
        yield batch.take();
      }
    }
  } catch (error) {
    batch.add({ rows: [], problems: await problemsOf(error, path, mayGoOn) });
  }
  if (!batch.empty()) yield batch.take();
}

/** The row alone is no place in a workbook with several sheets. */
function inSheet({ sheet }: InputFile, typed: Typed): Typed {
  if (sheet === undefined || typed.problems.length === 0) return typed;
  return {
    ...typed,
    problems: typed.problems.map((one) => ({ ...one, message: later`Sheet ${printable(sheet)}: ${one.message}` })),
  };
}

async function* follow(input: AsyncIterable<Uint8Array>, track: Track): AsyncGenerator<Uint8Array> {
  for await (const chunk of input) {
    track.add(chunk);
    yield chunk;
  }
}

function typedItem(item: Item, typed: (raw: Extract<Item, { cells: unknown[] }>) => Typed): Typed {
  return 'cells' in item ? typed(item) : { rows: [], problems: [item] };
}
