import { git } from './git.ts';
import type { Io } from './io.ts';

export interface ActorOptions {
  /** The name given by `--as`. */
  as?: string;
}

/**
 * Returns who gives a command, for the audit log: the name of `--as`, of CRM_ACTOR, of git's `user.name` in the project, or of the account. The
 * log believes it: whoever may write to the store can call themselves anything.
 */
export async function actorOf(io: Io, root: string, { as }: ActorOptions): Promise<string> {
  const named = as ?? io.env.CRM_ACTOR;
  if (named) return named;
  const { code, out } = await git(root, ['config', 'user.name']);
  const byGit = code === 0 ? out.toString('utf8').trim() : '';
  return byGit || io.env.USER || io.env.USERNAME || 'unknown';
}
