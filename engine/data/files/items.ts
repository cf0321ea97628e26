import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Writing } from '../../../spec/model/data.ts';
import { HEAD } from './encoding.ts';
import { problemsOf } from './failures.ts';
import { containerOf, endingOf, formatOf } from './format.ts';
import { gunzipped, isCompressed } from './gunzip.ts';
import { type Line, readLines, readPieces } from './lines.ts';
import { openingOf, plain } from './opening.ts';
import { peek } from './peek.ts';
import type { PlainLines } from './plain-lines.ts';
import { type InputFile, type Item, unfinishedLine } from './record.ts';
import { WRITTEN } from './shape.ts';

/** The handle of the file whose beginning was checked: another file may have taken its path since. */
export interface Begun {
  file: FileHandle;
  /** Its first bytes. */
  head: Uint8Array;
  /** The lines that name the columns. */
  header: Line[];
}

/** Reads the rows of the file `path`, as far as they are asked for, as they are written. */
export async function* readWritten(root: string, path: string, writing: Writing): AsyncGenerator<Item[]> {
  const file: InputFile = { path, shape: WRITTEN, rename: {}, ...writing };
  const container = containerOf(path);
  const stream = container ? undefined : createReadStream(resolve(root, path), { highWaterMark: 256 * 1024 });
  stream?.on('error', () => undefined);
  try {
    if (container) yield* container(resolve(root, path), file);
    else if (stream) yield* readItems(stream, file, async () => false);
  } catch (error) {
    yield await problemsOf(error, path, async () => false);
  } finally {
    stream?.destroy();
  }
}

/**
 * Reads the rows of a file's bytes as they are written. `mayGoOn`: called at the end; returns true if the bytes may end in the middle of a
 * row. `begun`: the beginning of the file, and the number of lines before the input.
 */
export async function* readItems(
  input: AsyncIterable<Uint8Array>,
  file: InputFile,
  mayGoOn: () => Promise<boolean>,
  begun?: Begun & { lines: number },
  taking?: PlainLines,
): AsyncGenerator<Item[]> {
  const format = formatOf(file, taking);
  const compressed = isCompressed(file.path);
  const bytes = compressed ? gunzipped(input) : input;
  const { head, all } = begun ? { head: begun.head, all: bytes } : await peek(bytes, HEAD);
  const opening = openingOf(file.path, head, file);
  if (begun) format(begun.header, false);
  else yield opening.problems;
  let open: Line | undefined;
  const text = plain(all, opening);
  for await (const lines of endingOf(file.path) === '.json'
    ? readPieces(text)
    : readLines(text, begun?.lines, taking)) {
    open = lines.find((line) => line.open);
    if (!open) yield format(lines, false);
  }
  // A file that was decompressed to its end is whole.
  if (compressed || !(await mayGoOn())) {
    yield format(open ? [open] : [], true);
    return;
  }
  const items = format([], 'unfinished');
  yield items;
  if (open && !items.some((item) => 'code' in item && item.code === 'unfinished-line'))
    yield [unfinishedLine(file.path, open.number)];
}
