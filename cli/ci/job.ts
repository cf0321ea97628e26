import { readFile } from 'node:fs/promises';
import { UserError } from '../../engine/user-error.ts';
import { t } from '../../spec/words/t.ts';
import type { Io } from '../io.ts';
import type { Pull } from './forge.ts';
import { field, findGithubPull, mergedGithubPull, openGithubPull } from './github.ts';
import { mergedGitlabPull, openGitlabPull } from './gitlab.ts';
import { Requests, type Target } from './requests.ts';
import { forgeOf } from './surroundings.ts';

/** The job of CI in which a command runs, for one pull request. */
export interface Job {
  /** The job runs for a fork, and so with fewer rights. */
  fork: boolean;
  /** The newest commit of the pull request when the job began, if the job knows it. */
  commit: string | undefined;
  /**
   * Opens the pull request; undefined where the branch of a second workflow has no open one with this commit any more. Throws UserError
   * without a token.
   */
  open(): Promise<Pull | undefined>;
}

/** Identifies a pull request. */
export interface Wanted {
  /** Its number; absent: that of the job. */
  number?: number | undefined;
  /** In a job of a branch, the one by which its newest commit has come (true), or in any job the one by which this commit has come. */
  merged?: true | string | undefined;
}

/** Returns the job. Throws UserError outside of a pull request. */
export async function jobOf(io: Io, wanted: Wanted): Promise<Job> {
  const forge = forgeOf(io.env);
  if (forge === 'github') return githubJob(io, wanted);
  if (forge === 'gitlab') return gitlabJob(io, wanted);
  throw new UserError(
    'wrong-call',
    t`This is no job of GitHub Actions or of GitLab CI, so there is no pull request to write to.`,
    t`\`crm plan --format markdown\` prints the text of the comment.`,
  );
}

/** A job that began before the newest commit must not write over the plan of that one. */
export async function hasMovedOn(pull: Pull, { commit }: Job): Promise<boolean> {
  return commit !== undefined && (await pull.state()).head !== commit;
}

/** Returns true for an error of a token that is missing or may not write. */
export function isRefusal(error: unknown): boolean {
  return error instanceof UserError && (error.code === 'secret-missing' || error.code === 'forge-refused');
}

async function githubJob(io: Io, { number: asked, merged }: Wanted): Promise<Job> {
  const repository = io.env.GITHUB_REPOSITORY ?? '';
  const requests = () => githubRequests(io);
  const at = (number: number) => async () => openGithubPull(requests(), repository, number);
  if (asked !== undefined) return { fork: false, commit: undefined, open: at(asked) };
  const event = typeof merged === 'string' ? undefined : await readEvent(io.env.GITHUB_EVENT_PATH);
  const pull = field(event, 'pull_request');
  const [head, base] = [field(pull, 'head'), field(pull, 'base')];
  const nameOf = (side: unknown) => field(field(side, 'repo'), 'full_name');
  if (pull !== undefined)
    return {
      fork: nameOf(head) !== nameOf(base),
      commit: String(field(head, 'sha')),
      open: at(Number(field(pull, 'number'))),
    };
  const opened = (find: (api: Requests) => Promise<number | undefined>) => async () => {
    const api = requests();
    const number = await find(api);
    return number === undefined ? undefined : openGithubPull(api, repository, number);
  };
  const sha = merged === true ? io.env.GITHUB_SHA : merged;
  if (sha) return { fork: false, commit: undefined, open: opened((api) => mergedGithubPull(api, repository, sha)) };
  // A second workflow has the rights of its own repository, whatever has started the first.
  const run = field(event, 'workflow_run');
  if (run === undefined) throw noPull();
  const commit = String(field(run, 'head_sha'));
  const owner = String(field(field(field(run, 'head_repository'), 'owner'), 'login'));
  const branch = String(field(run, 'head_branch'));
  return { fork: false, commit, open: opened((api) => findGithubPull(api, repository, { owner, branch, commit })) };
}

function gitlabJob(io: Io, { number: asked, merged }: Wanted): Job {
  const { env } = io;
  const own = typeof merged === 'string' ? undefined : env.CI_MERGE_REQUEST_IID;
  const number = asked ?? Number(own || Number.NaN);
  const project = env.CI_MERGE_REQUEST_PROJECT_ID || env.CI_PROJECT_ID || '';
  const sha = merged === true ? env.CI_COMMIT_SHA : merged;
  if (Number.isNaN(number) && sha) {
    const open = async () => {
      const api = gitlabRequests(io);
      const found = await mergedGitlabPull(api, project, sha);
      return found === undefined ? undefined : openGitlabPull(api, project, found);
    };
    return { fork: false, commit: undefined, open };
  }
  if (Number.isNaN(number)) throw noPull();
  // A pipeline on the merged result runs on a commit that the branch does not have.
  const commit = asked === undefined ? env.CI_MERGE_REQUEST_SOURCE_BRANCH_SHA || env.CI_COMMIT_SHA : undefined;
  const fork = (env.CI_PROJECT_ID || project) !== project;
  return { fork, commit, open: async () => openGitlabPull(gitlabRequests(io), project, number) };
}

function githubRequests(io: Io): Requests {
  const token = tokenFrom(io, 'GitHub', ['CRM_CI_TOKEN', 'GITHUB_TOKEN', 'GH_TOKEN']);
  const headers = { Accept: 'application/vnd.github+json', 'X-GitHub-Api-Version': '2022-11-28' };
  return requestsTo(io, { name: 'GitHub', url: io.env.GITHUB_API_URL || 'https://api.github.com', token, headers });
}

function gitlabRequests(io: Io): Requests {
  const token = tokenFrom(io, 'GitLab', ['CRM_CI_TOKEN', 'GITLAB_TOKEN']);
  return requestsTo(io, {
    name: 'GitLab',
    url: io.env.CI_API_V4_URL || 'https://gitlab.com/api/v4',
    token,
    headers: {},
  });
}

function tokenFrom(io: Io, name: 'GitHub' | 'GitLab', variables: string[]): string {
  const token = variables.map((variable) => io.env[variable]).find(Boolean);
  if (token !== undefined) return token;
  throw new UserError(
    'secret-missing',
    t`There is no token for ${name}: none of ${variables.join(', ')} is set.`,
    name === 'GitHub'
      ? t`Give the step the token of the job: env: { GITHUB_TOKEN: ${'"$' + '{{ github.token }}"'} }`
      : t`Make a token of the project with the scope \`api\`, and a masked variable GITLAB_TOKEN of it.`,
  );
}

function requestsTo(io: Io, target: Pick<Target, 'name' | 'url' | 'token' | 'headers'>): Requests {
  const { url } = target;
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new UserError('wrong-call', t`The address of the API is not one: ${url}`, t`Write https://host/path.`);
  return new Requests({ ...target, url: url.replace(/\/+$/, ''), now: io.now, signal: io.interrupted() });
}

async function readEvent(path: string | undefined): Promise<unknown> {
  if (!path) return undefined;
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}

function noPull(): UserError {
  return new UserError(
    'wrong-call',
    t`This job is of no pull request.`,
    t`Name one: \`crm ci comment plan/plan.json --pull 12\`.`,
  );
}
