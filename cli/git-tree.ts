import { spawn } from 'node:child_process';
import { UserError } from '../engine/user-error.ts';
import { t } from '../spec/words/t.ts';

/** The files of a folder as of a commit. */
export interface Tree {
  /** The full hash of the commit. */
  commit: string;
  /** The paths of its files, relative to the folder, with forward slashes. */
  paths: string[];
  /** Returns the contents of these files, in their order; undefined for one that is a link out of the repository. */
  read(paths: string[]): Promise<(Buffer | undefined)[]>;
}

/**
 * Finds what a folder had in a commit, and reads it from git's objects: no file is checked out or changed. Throws UserError where
 * there is no git, no repository, or no such commit.
 */
export async function treeAt(folder: string, ref: string): Promise<Tree> {
  const [prefix] = await lines(folder, ['rev-parse', '--show-prefix']);
  if (prefix === undefined)
    throw new UserError(
      'unknown-name',
      t`${folder} is in no git repository, so there is no \`${ref}\` to compare with.`,
      t`Name a folder that has the other files: --base ../before`,
    );
  const [commit] = await lines(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`]);
  if (!commit)
    throw new UserError(
      'unknown-name',
      t`There is no commit \`${ref}\` in this repository.`,
      t`A clone of CI has few of them: fetch it first (git fetch origin ${ref}), or clone with all (fetch-depth: 0). It may be called origin/${ref}.`,
    );
  const listed = await git(folder, ['ls-tree', '-r', '-z', '--full-tree', '--name-only', commit, '--', `${prefix}.`]);
  const paths = (listed ?? Buffer.of())
    .toString('utf8')
    .split('\0')
    .filter((path) => path.startsWith(prefix) && !path.includes('\n'));
  return {
    commit,
    paths: paths.map((path) => path.slice(prefix.length)),
    read: (wanted) =>
      readBlobs(
        folder,
        wanted.map((path) => `${commit}:${prefix}${path}`),
      ),
  };
}

async function readBlobs(folder: string, names: string[]): Promise<(Buffer | undefined)[]> {
  if (names.length === 0) return [];
  const out = await git(folder, ['cat-file', '--batch', '--follow-symlinks'], `${names.join('\n')}\n`);
  if (!out) throw new UserError('unreadable-file', t`git cannot read its objects.`, t`Look at it with: git fsck`);
  let at = 0;
  return names.map(() => {
    const end = out.indexOf(10, at);
    const head = out.toString('utf8', at, end);
    const size = /^[0-9a-f]+ blob (\d+)$/.exec(head)?.[1];
    at = end + 1;
    if (size === undefined) {
      // For a link that it cannot follow, git prints the length of the target here and the target on the next line.
      const rest = /^(?:dangling|loop|symlink|notdir) (\d+)$/.exec(head)?.[1];
      if (rest !== undefined) at += Number(rest) + 1;
      return undefined;
    }
    at += Number(size) + 1;
    return out.subarray(at - Number(size) - 1, at - 1);
  });
}

async function lines(folder: string, words: string[]): Promise<string[]> {
  const out = await git(folder, words);
  return out === undefined ? [] : out.toString('utf8').split('\n').slice(0, -1);
}

/** Returns what git prints; undefined where it fails, or does not exist. */
function git(folder: string, words: string[], input = ''): Promise<Buffer | undefined> {
  return new Promise((done) => {
    const child = spawn('git', ['--no-replace-objects', ...words], { cwd: folder, stdio: ['pipe', 'pipe', 'ignore'] });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.on('error', () => done(undefined));
    child.on('close', (code) => done(code === 0 ? Buffer.concat(parts) : undefined));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}
