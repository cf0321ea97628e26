import { type Dirent, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, resolve, sep } from 'node:path';
import { UserError } from '../engine/user-error.ts';
import type { SourceFile } from '../spec/diagnostics/diagnostic.ts';
import { environmentOf, isResourceFile, projectFile, projectFileDsl } from '../spec/document/project-files.ts';
import { t } from '../spec/words/t.ts';

/** Returns the folder of the project: `wanted`, or the nearest one from `cwd` upwards that holds a crm.yaml or project.crm. */
export async function findRoot(cwd: string, wanted?: string): Promise<string> {
  if (wanted !== undefined) {
    const folder = resolve(cwd, wanted);
    if (isProject(folder)) return folder;
    throw new UserError(
      'project-missing',
      t`There is no crm.yaml in ${folder}.`,
      t`Name the folder that holds it, or run \`crm init ${wanted}\`.`,
    );
  }
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (isProject(folder)) return folder;
    if (folder === dirname(folder)) break;
  }
  throw new UserError(
    'project-missing',
    t`There is no crm.yaml in ${cwd} or above it.`,
    t`Go to a project, name one by --project, or begin one by \`crm init\`.`,
  );
}

/**
 * Returns the texts of a project: crm.yaml, every `*.crm.yaml` and `*.crm`, `environments/*.yaml`, and the files under `templates/`,
 * in the order of their paths. Reads synchronously: a promise per file costs several times as much as reading it. Throws UserError for
 * a folder or a file that cannot be read.
 */
export async function readProject(root: string): Promise<SourceFile[]> {
  const paths = find(root);
  const home = realpathSync.native(root);
  return paths.sort((a, b) => (a < b ? -1 : 1)).map((path) => ({ path, text: text(join(root, path), home) }));
}

/** Returns true if a folder is the top of a project. */
export function isProject(folder: string): boolean {
  return exists(join(folder, projectFile)) || exists(join(folder, projectFileDsl));
}

/** Returns the paths, relative to the root, of the files below one of its folders; `folder` is empty or ends with a slash. */
function find(root: string, folder = ''): string[] {
  const entries = entriesOf(join(root, folder));
  if (folder && entries.some(({ name }) => name === projectFile || name === projectFileDsl)) return [];
  return entries.flatMap((entry) => {
    const path = folder + entry.name;
    if (entry.isDirectory()) return skipped(entry.name) ? [] : find(root, `${path}/`);
    return belongs(path) ? [path] : [];
  });
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    throw unreadable(folder, error);
  }
}

/** Returns true for hidden folders, modules, and `out`, into which commands write. */
function skipped(name: string): boolean {
  return name.startsWith('.') || name === 'node_modules' || name === 'out';
}

function belongs(path: string): boolean {
  return (
    isResourceFile(path) ||
    environmentOf(path) !== undefined ||
    (path.startsWith('templates/') && path.endsWith('.hbs'))
  );
}

/** Returns true if a file is one of those that `readProject` reads; `path` is relative to the root, with forward slashes. */
export function isPart(path: string): boolean {
  return belongs(path) && !path.split('/').slice(0, -1).some(skipped);
}

/** Returns true if `readProject` reads a file below this folder of the project. */
export function partsIn(root: string, folder: string): boolean {
  return find(root).some((path) => path.startsWith(`${folder}/`));
}

/** Returns those of these paths, relative to the root, that `readProject` would read: not those of a project that lies in this one. */
export function partsOf(paths: string[]): string[] {
  const inner = paths.flatMap((path) => {
    const at = path.lastIndexOf('/');
    return at >= 0 && [projectFile, projectFileDsl].includes(path.slice(at + 1)) ? [path.slice(0, at + 1)] : [];
  });
  return paths
    .filter((path) => isPart(path) && !inner.some((folder) => path.startsWith(folder)))
    .sort((a, b) => (a < b ? -1 : 1));
}

/** The largest file that is read, bytes: far above the limit of a file, and far below that of a text in memory. */
const MOST = 64 * 1024 * 1024;

/** Reads a file. A link may lead to another place in the project (`home`, without links). Bytes that are not UTF-8 become U+FFFD, which the reader of the project reports. */
function text(path: string, home: string): string {
  try {
    const facts = statSync(path);
    if (!facts.isFile()) throw notRegular(path);
    const place = realpathSync.native(path);
    if (!place.startsWith(home.endsWith(sep) ? home : home + sep)) throw ledAway(path);
    if (facts.size <= MOST) return withoutMark(readFileSync(path, 'utf8'));
  } catch (error) {
    throw error instanceof UserError ? error : unreadable(path, error);
  }
  throw new UserError(
    'unsuitable-file',
    t`${path} is far too long for a file of a project.`,
    t`Customers and events belong into data files.`,
  );
}

function unreadable(path: string, error: unknown): UserError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
  return new UserError('unreadable-file', t`${path} cannot be read (${code}).`, t`Check its kind and permissions.`);
}

/** Returns the error of a pipe or a device, which might never end. */
function notRegular(path: string): UserError {
  return new UserError(
    'unsuitable-file',
    t`${path} is not a regular file.`,
    t`Put a file with its text there, or take it away.`,
  );
}

function ledAway(path: string): UserError {
  return new UserError(
    'unsuitable-file',
    t`${path} is a link that leads out of the project.`,
    t`Copy what it leads to into the project: only what lies in it is reviewed and planned.`,
  );
}

/** Removes the byte order mark, which editors do not count as a column. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text;
}

function exists(path: string): boolean {
  try {
    return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
  } catch {
    return false;
  }
}
