import { isRecord } from '../../spec/document/identified.ts';
import { type Comment, isTooLong, type Pull, shortened, type Written } from './forge.ts';
import type { Answer, Requests } from './requests.ts';

/** The longest description of a commit status that GitHub takes, in letters. */
const DESCRIPTION = 140;

/** Opens a pull request by GitHub's REST API. `repository`: `owner/name`. */
export function openGithubPull(requests: Requests, repository: string, number: number): Pull {
  const home = `/repos/${repository}`;
  let login: Promise<string | undefined> | undefined;
  const written = (answer: Answer): Written => {
    if (answer.status === 404 || answer.status === 410) return 'gone';
    if (isTooLong(answer)) return 'too-long';
    return { id: Number(field(requests.fine(answer).body, 'id')) };
  };
  return {
    name: 'GitHub',
    state: async () => {
      const { body } = requests.fine(await requests.send('GET', `${home}/pulls/${number}`));
      return { head: String(field(field(body, 'head'), 'sha')) };
    },
    comments: async () => {
      const found = await requests.list(`${home}/issues/${number}/comments?per_page=100`);
      login ??= loginOf(requests);
      const whose = await login;
      return found
        .filter((one) => isOf(field(one, 'user'), whose))
        .map((one): Comment => ({ id: Number(field(one, 'id')), body: String(field(one, 'body') ?? '') }))
        .toSorted((a, b) => a.id - b.id);
    },
    create: async (body) => {
      const answer = await requests.send('POST', `${home}/issues/${number}/comments`, { body });
      // Without the pull request there is nothing to write under.
      return answer.status === 404 ? written(requests.fine(answer)) : written(answer);
    },
    update: async (id, body) => written(await requests.send('PATCH', `${home}/issues/comments/${id}`, { body })),
    remove: async (id) => {
      const answer = await requests.send('DELETE', `${home}/issues/comments/${id}`);
      if (answer.status !== 404) requests.fine(answer);
    },
    report: async (commit, context, state, sentence) => {
      const description = shortened(sentence, DESCRIPTION);
      const words = { state, context, description };
      requests.fine(await requests.send('POST', `${home}/statuses/${commit}`, words, true));
    },
  };
}

/** Returns whose token it is; undefined for that of a job, which is of no user. */
async function loginOf(requests: Requests): Promise<string | undefined> {
  const answer = await requests.send('GET', '/user');
  return answer.status === 200 ? String(field(answer.body, 'login')) : undefined;
}

/** A comment of somebody else may have our mark: it is copied easily. */
function isOf(user: unknown, login: string | undefined): boolean {
  return login === undefined ? field(user, 'type') === 'Bot' : field(user, 'login') === login;
}

/**
 * Returns the number of the open pull request of a branch, in another repository too, whose newest commit is this one. The event of a
 * second workflow does not name pull requests from forks.
 */
export async function findGithubPull(
  requests: Requests,
  repository: string,
  { owner, branch, commit }: { owner: string; branch: string; commit: string },
): Promise<number | undefined> {
  const head = encodeURIComponent(`${owner}:${branch}`);
  const found = await requests.list(`/repos/${repository}/pulls?state=open&per_page=100&head=${head}`);
  const mine = found.find((one) => field(field(one, 'head'), 'sha') === commit);
  return mine === undefined ? undefined : Number(field(mine, 'number'));
}

/** Returns the number of the pull request by which a commit has come to its branch. */
export async function mergedGithubPull(
  requests: Requests,
  repository: string,
  commit: string,
): Promise<number | undefined> {
  const [found] = await requests.list(`/repos/${repository}/commits/${commit}/pulls?per_page=100`);
  return found === undefined ? undefined : Number(field(found, 'number'));
}

export function field(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined;
}
