import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The result of a call of git. `code` is null where git does not exist. */
export interface Answer {
  code: number | null;
  out: Buffer;
  /** The line of its error that says what is wrong, in English. */
  error: string;
}

export interface GitOptions {
  input?: string;
  /** More variables of its environment. */
  env?: Record<string, string>;
  /** Ends it, and what it has started. */
  signal?: AbortSignal;
}

/** Calls git in a folder. */
export function git(folder: string, words: string[], { input = '', env, signal }: GitOptions = {}): Promise<Answer> {
  return new Promise((done) => {
    if (signal?.aborted) return done({ code: 1, out: Buffer.of(), error: 'interrupted' });
    const child = spawn('git', ['--no-replace-objects', '--literal-pathspecs', ...words], {
      cwd: folder,
      env: { ...environment(), ...env },
      stdio: 'pipe',
      // git leaves the work with a server to processes of its own.
      detached: signal !== undefined,
    });
    const end = () => {
      try {
        if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
      } catch {
        // It has ended already.
      }
    };
    signal?.addEventListener('abort', end);
    const [out, error]: [Buffer[], Buffer[]] = [[], []];
    child.stdout.on('data', (part: Buffer) => out.push(part));
    child.stderr.on('data', (part: Buffer) => error.push(part));
    const answer = (code: number | null) => {
      signal?.removeEventListener('abort', end);
      const lines = Buffer.concat(error).toString('utf8').split('\n');
      const first = lines.find((line) => /^(?:fatal|error): /.test(line)) ?? lines[0] ?? '';
      done({ code, out: Buffer.concat(out), error: first.replace(/^(?:fatal|error): /, '') });
    };
    child.on('error', () => answer(null));
    child.on('close', (code) => answer(code ?? 1));
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

/** In a hook, git sets GIT_DIR without a work tree, and would take each folder for the top of the repository. */
function environment(): NodeJS.ProcessEnv {
  const { GIT_DIR, GIT_INDEX_FILE, GIT_PREFIX, GIT_COMMON_DIR, ...rest } = process.env;
  const own = rest.GIT_WORK_TREE === undefined ? {} : { GIT_DIR, GIT_INDEX_FILE, GIT_PREFIX, GIT_COMMON_DIR };
  return { ...rest, ...own, LC_ALL: 'C', GIT_OPTIONAL_LOCKS: '0' };
}

/** Returns true if git would find no repository from the folder on: to ask it takes a process, and longer than to look. */
function isOutside(folder: string): boolean {
  if (process.env.GIT_DIR !== undefined || !existsSync(folder)) return false;
  // A bare repository has no `.git`, but a file HEAD.
  const has = (at: string): boolean =>
    existsSync(join(at, '.git')) || existsSync(join(at, 'HEAD')) || (dirname(at) !== at && has(dirname(at)));
  return !has(realpathSync(folder));
}

/** Returns the commit of the folder, with `-dirty` if files differ from it; undefined outside of git. */
export async function commitOf(folder: string): Promise<string | undefined> {
  if (isOutside(folder)) return undefined;
  const { code, out } = await git(folder, ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*']);
  return (code === 0 && out.toString('utf8').trim()) || undefined;
}

/** Returns the paths, relative to the folder, that git tracks; none outside of git. */
export async function trackedOf(folder: string, paths: string[]): Promise<string[]> {
  if (paths.length === 0 || isOutside(folder)) return [];
  const { code, out } = await git(folder, ['ls-files', '-z', '--', ...paths]);
  return code === 0 ? out.toString('utf8').split('\0').filter(Boolean) : [];
}

/**
 * Returns the e-mail addresses of those who wrote what the folder has now, or had at `head`: the authors of the commits after `since`, or of the last one
 * where git does not know `since`; with uncommitted changes, whoever works here too.
 */
export async function authorsOf(folder: string, since: string | undefined, head = 'HEAD'): Promise<string[]> {
  const lines = ({ code, out }: Answer) => (code === 0 ? out.toString('utf8').split('\n').filter(Boolean) : undefined);
  const base = since?.replace(/-dirty$/, '');
  const known = base !== undefined && (await git(folder, ['merge-base', '--is-ancestor', base, head])).code === 0;
  const range = known ? [`${base}..${head}`] : ['-1', head];
  const written = lines(await git(folder, ['log', '--no-merges', '--format=%ae', ...range])) ?? [];
  const isDirty = head === 'HEAD' && ((await commitOf(folder))?.endsWith('-dirty') ?? false);
  const own = isDirty ? (lines(await git(folder, ['config', 'user.email'])) ?? []) : [];
  return [...new Set([...written, ...own])].sort();
}
