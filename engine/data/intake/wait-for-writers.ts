import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Clock } from '../../clock.ts';
import type { Program } from '../../program/program.ts';
import { containerOf } from '../files/format.ts';
import { isCompressed } from '../files/gunzip.ts';
import { mayBeWritten, QUIET } from '../files/writing.ts';
import { feedsNow } from './feeds-of-files.ts';

/** Waits until the files whose last line has not ended are likely to be complete: 2 seconds at most. */
export async function waitForWriters(program: Program, root: string, { now, sleep }: Clock): Promise<void> {
  const at = now();
  const paths = [...new Set((await feedsNow(program, root)).map(({ source }) => source.path))];
  const unfinished = await Promise.all(paths.map((path) => openSince(resolve(root, path)).catch(() => undefined)));
  const last = Math.max(0, ...unfinished.map((since) => (since !== undefined && mayBeWritten(since, at) ? since : 0)));
  if (last > 0) await sleep(Math.min(QUIET, Math.max(0, last + QUIET - at)) + 1);
}

/** Returns the instant of the last change of a file that does not end with a line end. */
async function openSince(path: string): Promise<number | undefined> {
  const facts = await stat(path);
  if (!facts.isFile() || facts.size === 0 || isCompressed(path) || containerOf(path)) return undefined;
  const file = await open(path, 'r');
  try {
    // The two bytes of a line end in UTF-16 are in either order.
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, Math.max(0, facts.size - 2));
    const [last = 0, before = 0] = [...buffer.subarray(0, bytesRead)].reverse();
    const ended = isEnd(last) || (last === 0 && isEnd(before));
    return ended ? undefined : facts.mtimeMs;
  } finally {
    await file.close();
  }
}

function isEnd(byte: number): boolean {
  return byte === 10 || byte === 13;
}
