import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { later } from '../../spec/words/t.ts';
import { readProject } from '../project.ts';

/** Hashes of the texts that the sync has written, by path. `next`: of those that it is writing. */
interface Written {
  files: Record<string, string>;
  next?: Record<string, string>;
}

/** Returns why these files may not be put into the folder, as texts that are stored: somebody has written or changed files there, which would be lost. */
export async function reasonsToLeave(root: string, files: SourceFile[]): Promise<string[]> {
  const [written, present] = await Promise.all([readWritten(root), presentFiles(root)]);
  const wanted = hashesOf(files);
  const ours = ({ path, text }: SourceFile) => {
    const hash = hashOf(text);
    return [wanted[path], written.files[path], written.next?.[path]].includes(hash);
  };
  const edited = present.filter((file) => !ours(file)).map(({ path }) => path);
  if (edited.length === 0) return [];
  return [
    later`Edited in the folder, and would be lost: ${edited.join(', ')}.`,
    later`To keep it, commit it in the repository. Then remove it here: the next round puts back what the commit has.`,
  ];
}

/** Makes the files of the project in the folder these, one by one, and each whole; what is missing is put back. What was begun and cut off is finished by the next call. */
export async function putFiles(root: string, files: SourceFile[]): Promise<void> {
  const { files: before } = await readWritten(root);
  const next = hashesOf(files);
  const present = hashesOf(await presentFiles(root));
  if (isDeepStrictEqual([before, present], [next, next])) return;
  await writeWritten(root, { files: before, next });
  for (const { path, text } of files) {
    const place = join(root, path);
    if ((await readFile(place, 'utf8').catch(() => undefined)) !== text) await writeWhole(place, text);
  }
  for (const path of Object.keys(present)) if (!(path in next)) await rm(join(root, path), { force: true });
  await writeWritten(root, { files: next });
}

const listOf = (root: string) => join(root, '.kaskad', 'sync.json');

async function readWritten(root: string): Promise<Written> {
  try {
    return JSON.parse(await readFile(listOf(root), 'utf8')) as Written;
  } catch {
    return { files: {} };
  }
}

async function writeWritten(root: string, written: Written): Promise<void> {
  await writeWhole(listOf(root), JSON.stringify(written));
}

async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.tmp`;
  await writeFile(draft, text);
  await rename(draft, path);
}

async function presentFiles(root: string): Promise<SourceFile[]> {
  return (await readProject(root)).filter(({ path }) => !path.startsWith('.'));
}

function hashesOf(files: SourceFile[]): Record<string, string> {
  return Object.fromEntries(files.map(({ path, text }) => [path, hashOf(text)]));
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
