import { posix } from 'node:path';
import { UserError } from '../engine/user-error.ts';
import { suggest } from '../spec/words/suggest.ts';
import { t } from '../spec/words/t.ts';
import { type Answer, git } from './git.ts';

/** The files of a folder as of a commit. */
export interface Tree {
  /** The full hash of the commit. */
  commit: string;
  /** The number of its commits that change the folder and that the present one lacks. */
  ahead: number;
  /** The paths of its files, relative to the folder, with forward slashes. */
  paths: string[];
  /** The paths of submodules. */
  submodules: string[];
  /** Returns the contents of these files, in their order. Throws UserError for a link that leads out of the folder. */
  read(paths: string[]): Promise<Buffer[]>;
}

interface Entry {
  link: boolean;
  object: string;
}

/**
 * Finds what a folder had in a commit, and reads it from git's objects: no file is checked out or changed. `main...` means the common
 * ancestor of main and the present commit. Throws UserError where git cannot read the repository, or has no such commit.
 */
export async function treeAt(folder: string, ref: string): Promise<Tree> {
  const prefix = stripped(found(folder, ref, await git(folder, ['rev-parse', '--show-prefix'])));
  const top = stripped(found(folder, ref, await git(folder, ['rev-parse', '--show-toplevel'])));
  const commit = await commitAt(folder, ref);
  const tree = await treeOf(folder, commit, prefix, posix.join(top, prefix));
  return { ...tree, commit, ahead: await countAhead(folder, commit) };
}

/**
 * Finds what a folder had in a commit. `repository`: a folder in it, or a bare one. `prefix`: the folder, with a slash at its end; empty for
 * the top. `home`: the path from which links lead.
 */
export async function treeOf(
  repository: string,
  commit: string,
  prefix: string,
  home: string,
): Promise<Pick<Tree, 'paths' | 'submodules' | 'read'>> {
  const listed = await git(repository, ['ls-tree', '-r', '-z', '--full-tree', commit]);
  if (listed.code !== 0) throw unreadable(listed);
  const entries = new Map<string, Entry>();
  const submodules: string[] = [];
  for (const line of listed.out.toString('utf8').split('\0')) {
    const [, mode = '', object = '', path = ''] = /^(\d+) \w+ ([0-9a-f]+)\t([\s\S]*)$/.exec(line) ?? [];
    if (path === '' || !path.startsWith(prefix)) continue;
    const own = path.slice(prefix.length);
    if (mode === '160000') submodules.push(own);
    else entries.set(own, { link: mode === '120000', object });
  }
  return { paths: [...entries.keys()], submodules, read: (paths) => readAll(repository, home, entries, paths) };
}

async function commitAt(folder: string, ref: string): Promise<string> {
  const [, side] = /^(.+)\.\.\.(?:HEAD)?$/.exec(ref) ?? [];
  const name = side ?? ref;
  const words = side
    ? ['merge-base', '--end-of-options', side, 'HEAD']
    : ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`];
  const { code, out } = await git(folder, words);
  const commit = stripped(out);
  if (code === 0 && /^[0-9a-f]{40,64}$/.test(commit)) return commit;
  throw new UserError(
    'unknown-name',
    t`There is no commit \`${name}\` in this repository.`,
    await advice(folder, name),
  );
}

async function advice(folder: string, name: string): Promise<string> {
  const { out } = await git(folder, ['for-each-ref', '--format=%(refname:short)']);
  const meant = suggest(name, out.toString('utf8').split('\n').filter(Boolean));
  if (meant !== undefined) return t`Did you mean "${meant}"?`;
  const branch = name.replace(/^origin\//, '');
  return t`A clone of CI has few commits: clone with all of them (fetch-depth: 0), or fetch this one: git fetch origin ${branch}`;
}

/** Returns how many commits `commit` has that change the folder and that the present one lacks; 0 without a present one. */
async function countAhead(folder: string, commit: string): Promise<number> {
  const { code, out } = await git(folder, ['rev-list', '--count', commit, '^HEAD', '--', '.']);
  return code === 0 ? Number(stripped(out)) : 0;
}

/** Reads files and follows links as the folder's reader does: to files within the folder. */
async function readAll(
  folder: string,
  home: string,
  entries: ReadonlyMap<string, Entry>,
  paths: string[],
): Promise<Buffer[]> {
  const wanted = new Map(paths.map((path) => [path, path]));
  for (let turn = 0; turn < 10; turn++) {
    const links = [...wanted].filter(([, target]) => entries.get(target)?.link);
    if (links.length === 0) break;
    const targets = await readObjects(
      folder,
      links.map(([, target]) => entries.get(target)?.object ?? ''),
    );
    for (const [i, [path, place]] of links.entries()) {
      const target = posix.resolve(home, posix.dirname(place), targets[i]?.toString('utf8') ?? '');
      wanted.set(path, posix.relative(home, target));
    }
  }
  const objects = paths.map((path) => {
    const entry = entries.get(wanted.get(path) ?? '');
    if (entry && !entry.link) return entry.object;
    throw new UserError(
      'unsuitable-file',
      t`${path} is a link that leads out of the project.`,
      t`Copy what it leads to into the project: only what lies in it is reviewed and planned.`,
    );
  });
  return readObjects(folder, objects);
}

async function readObjects(folder: string, objects: string[]): Promise<Buffer[]> {
  if (objects.length === 0) return [];
  const answer = await git(folder, ['cat-file', '--batch'], { input: `${objects.join('\n')}\n` });
  let at = 0;
  return objects.map(() => {
    const end = answer.out.indexOf(10, at);
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(answer.out.toString('utf8', at, end))?.[1];
    if (end < 0 || size === undefined) throw unreadable(answer);
    at = end + 1 + Number(size) + 1;
    return answer.out.subarray(end + 1, at - 1);
  });
}

function found(folder: string, ref: string, answer: Answer): Buffer {
  if (answer.code === 0) return answer.out;
  if (answer.code === null)
    throw new UserError(
      'unreadable-file',
      t`There is no git on this machine, which \`--base\` needs.`,
      t`Install git.`,
    );
  if (/not a git repository/.test(answer.error))
    throw new UserError(
      'unknown-name',
      t`${folder} is in no git repository, so there is no \`${ref}\` to compare with.`,
      t`Name a folder that has the other files: --base ../before`,
    );
  throw unreadable(answer);
}

function unreadable({ error }: Answer): UserError {
  const dubious = /dubious ownership in repository at '(.*)'/.exec(error)?.[1];
  return new UserError(
    'unreadable-file',
    error === '' ? t`git cannot read its objects.` : t`git cannot read the repository: ${error}`,
    dubious === undefined
      ? t`Look at it with: git fsck`
      : t`If you trust it: git config --global --add safe.directory ${dubious}`,
  );
}

/** Returns what git printed, without the line break that it adds. */
function stripped(out: Buffer): string {
  return out.toString('utf8').replace(/\n$/, '');
}
