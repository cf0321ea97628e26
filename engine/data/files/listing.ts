import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { posix, resolve } from 'node:path';
import { later } from '../../../spec/words/t.ts';
import { endingOf } from './format.ts';
import { depthOf, fitting, fixedPart, isPassedOver, isPattern } from './pattern.ts';
import { Refused, setAside } from './record.ts';

/**
 * Returns the files of a source whose path is a pattern or a folder, relative to `root`, by their names; undefined: it is a path
 * of one file. Throws `Refused` where there are none or of several formats, and what the disk throws.
 */
export async function filesOf(root: string, path: string): Promise<string[] | undefined> {
  const there = await stat(resolve(root, path)).catch(() => undefined);
  // Also a file whose name has signs of a pattern.
  if (there ? !there.isDirectory() : !isPattern(path)) return undefined;
  const fits = fitting(path);
  const all = await below(root, fixedPart(path), depthOf(path));
  const found = all.filter(fits).sort((a, b) => (a < b ? -1 : 1));
  const [first] = found;
  if (first === undefined) throw new Refused([nothing(path)]);
  const other = found.find((file) => endingOf(file) !== endingOf(first));
  if (other !== undefined)
    throw new Refused([
      setAside(
        path,
        0,
        'unreadable-file',
        later`The files of a source have one format, and here are ${first} and ${other}. Write a pattern that only some of them fit, as \`*.csv\`; the others may be another source.`,
      ),
    ]);
  return found;
}

async function below(root: string, folder: string, depth: number): Promise<string[]> {
  const entries = await readdir(resolve(root, folder), { withFileTypes: true }).catch(nowhere);
  const found: string[] = [];
  for (const entry of entries) {
    if (isPassedOver(entry.name)) continue;
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (depth > 1) found.push(...(await below(root, path, depth - 1)));
    } else if (await isFile(root, path, entry)) found.push(path);
  }
  return found;
}

/** A folder may be gone since it was seen. */
function nowhere(error: NodeJS.ErrnoException): Dirent[] {
  if (error.code !== 'ENOENT' && error.code !== 'ENOTDIR') throw error;
  return [];
}

/** Links to files are followed, but those to folders are not: they might lead in a circle. */
async function isFile(root: string, path: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isFile();
  return (await stat(resolve(root, path)).catch(() => undefined))?.isFile() === true;
}

function nothing(path: string) {
  if (!isPattern(path))
    return setAside(
      path,
      0,
      'unreadable-file',
      later`This is a folder, not a file. No data file is in it: put one there, or correct the path in the project.`,
    );
  const message = later`No file fits this pattern. Create one, or correct the pattern in the project.`;
  return { path, line: 0, code: 'missing-file', message, fatal: false } as const;
}
