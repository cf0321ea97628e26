import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../../engine/user-error.ts';
import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { t } from '../../spec/words/t.ts';
import { type Answer, authorsOf, git } from '../git.ts';
import { treeOf } from '../git-tree.ts';
import { partsOf, withoutMark } from '../project.ts';
import { type Source, withoutSecrets } from './source.ts';

/** The time that a fetch may take, milliseconds. */
const PATIENCE = 120_000;
const WANTED = 'refs/kaskad/wanted';
const APPLIED = 'refs/kaskad/applied';

/** A bare copy of the repository, kept beside the store. Nothing is checked out of it. */
export class Mirror {
  private readonly folder: string;
  private readonly source: Source;

  /** `root`: the folder of the project. */
  constructor(root: string, source: Source) {
    this.folder = join(root, '.kaskad', 'sync.git');
    this.source = source;
  }

  /** Fetches the branch. Returns its commit. Throws UserError where it cannot be had; what was fetched before stays. */
  async fetch(signal: AbortSignal): Promise<string> {
    await mkdir(this.folder, { recursive: true, mode: 0o700 });
    const ready = await this.git(['rev-parse', '--git-dir'], signal);
    // An unfinished one is completed, and a whole one stays as it is.
    if (ready.code !== 0) this.found(await this.git(['init', '--quiet', '--bare', '.'], signal));
    const slow = ['-c', 'http.lowSpeedLimit=1', '-c', 'http.lowSpeedTime=30', '-c', 'gc.autoDetach=false'];
    const words = [
      'fetch',
      '--quiet',
      '--no-tags',
      '--no-write-fetch-head',
      '--no-recurse-submodules',
      '--end-of-options',
    ];
    const late = AbortSignal.timeout(PATIENCE);
    const answer = await this.git(
      [...slow, ...words, this.source.url, `+${this.source.ref}:${WANTED}`],
      AbortSignal.any([signal, late]),
    );
    if (late.aborted) throw unreachable(t`it took longer than two minutes`);
    const { ref, shown } = this.source;
    if (ref === 'HEAD' && /remote ref HEAD$/.test(answer.error))
      throw unreachable(
        t`its HEAD names no branch that is there, so name one: ${shown.replace(/#HEAD(?=:[^:]*$|$)/, '#main')}`,
      );
    this.found(answer);
    const { code, out } = await this.git(['rev-parse', '--verify', '--quiet', `${WANTED}^{commit}`], signal);
    if (code !== 0) throw unreachable(t`what was fetched is no commit`);
    return out.toString('utf8').trim();
  }

  /** Returns true if the commit has a signature that git trusts, by the settings of this user. */
  async isSigned(commit: string): Promise<boolean> {
    return (await this.git(['verify-commit', commit])).code === 0;
  }

  /** Returns true if `older` is an ancestor of `newer`; false after a rewritten history. */
  async descends(older: string, newer: string): Promise<boolean> {
    return (await this.git(['merge-base', '--is-ancestor', older, newer])).code === 0;
  }

  /** Returns the e-mail addresses of those who wrote what a commit has more than `since`. */
  authors(commit: string, since: string | undefined): Promise<string[]> {
    return authorsOf(this.folder, since, commit);
  }

  /** Keeps the commit from being removed with what nothing leads to any more. */
  async keep(commit: string): Promise<void> {
    await this.git(['update-ref', APPLIED, commit]);
  }

  /** Returns the texts of the project as of a commit. Throws UserError where one cannot be read. */
  async files(commit: string): Promise<SourceFile[]> {
    const { folder } = this.source;
    const { paths, read } = await treeOf(this.folder, commit, folder, `/${folder}`);
    const parts = partsOf(paths);
    const texts = await read(parts);
    return parts.map((path, i) => ({ path, text: withoutMark(texts[i]?.toString('utf8') ?? '') }));
  }

  private git(words: string[], signal?: AbortSignal): Promise<Answer> {
    const asks = { GIT_TERMINAL_PROMPT: '0', GIT_SSH_COMMAND: process.env.GIT_SSH_COMMAND ?? 'ssh -o BatchMode=yes' };
    return git(this.folder, [`--git-dir=.`, ...words], { env: asks, ...(signal && { signal }) });
  }

  private found({ code, error }: Answer): void {
    if (code === 0) return;
    if (code === null) throw unreachable(t`there is no git on this machine`);
    throw unreachable(withoutSecrets(error, this.source));
  }
}

function unreachable(why: string): UserError {
  return new UserError('sync-unreachable', t`The repository cannot be fetched: ${why}`);
}
