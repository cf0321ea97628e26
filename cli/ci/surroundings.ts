import { git } from '../git.ts';

type Env = Record<string, string | undefined>;

/** The service whose CI runs the command. */
export type Forge = 'github' | 'gitlab';

/** Returns the service whose CI has set these variables; undefined outside of both. */
export function forgeOf(env: Env): Forge | undefined {
  if (env.GITHUB_ACTIONS === 'true') return 'github';
  return env.GITLAB_CI === 'true' ? 'gitlab' : undefined;
}

/**
 * Returns the ref with which a pull request is compared: the common ancestor with its target branch. Of the names that it can have in a
 * clone, this is the first that the clone knows, or the first of all. Undefined where the job is of no pull request.
 */
export async function targetOf(folder: string, env: Env): Promise<string | undefined> {
  const branch = env.GITHUB_BASE_REF || env.CI_MERGE_REQUEST_TARGET_BRANCH_NAME;
  if (!branch) return undefined;
  // A clone of GitLab has no branch but that of the merge request.
  const ancestor = env.CI_MERGE_REQUEST_DIFF_BASE_SHA;
  const names = [`origin/${branch}...`, `${branch}...`, ...(ancestor ? [ancestor] : [])];
  for (const name of names) {
    const commit = `${name.replace(/\.\.\.$/, '')}^{commit}`;
    const { code } = await git(folder, ['rev-parse', '--verify', '--quiet', '--end-of-options', commit]);
    if (code === 0) return name;
  }
  return names[0];
}
