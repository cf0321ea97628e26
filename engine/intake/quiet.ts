import { open, stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Program } from '../compile/program.ts';
import { mayBeWritten, QUIET } from '../ingest/writing.ts';
import { feeds } from './feeds.ts';

/** Waits until the files whose last line has not ended have had time to be finished: 2 seconds at most. */
export async function quiet(program: Program, root: string, now: number): Promise<void> {
  const paths = [...new Set(feeds(program).map(({ source }) => source.path))];
  const unfinished = await Promise.all(paths.map((path) => openSince(resolve(root, path)).catch(() => undefined)));
  const last = Math.max(0, ...unfinished.map((since) => (since !== undefined && mayBeWritten(since, now) ? since : 0)));
  if (last > 0) await pause(Math.min(QUIET, Math.max(0, last + QUIET - now)) + 1);
}

/** Returns when a file was last modified that does not end with a line end. */
async function openSince(path: string): Promise<number | undefined> {
  const facts = await stat(path);
  if (!facts.isFile() || facts.size === 0) return undefined;
  const file = await open(path, 'r');
  try {
    const { buffer } = await file.read(Buffer.alloc(1), 0, 1, facts.size - 1);
    return buffer[0] === 10 ? undefined : facts.mtimeMs;
  } finally {
    await file.close();
  }
}
