import { type Comment, isTooLong, type Pull, shortened, type Written } from './forge.ts';
import { field } from './github.ts';
import type { Answer, Requests } from './requests.ts';

/** The longest description of a commit status that GitLab takes, in letters. */
const DESCRIPTION = 255;

/** Opens a merge request by GitLab's REST API. `project`: its id. `number`: within the project (iid). */
export function openGitlabPull(requests: Requests, project: string, number: number): Pull {
  const home = `/projects/${encodeURIComponent(project)}`;
  const notes = `${home}/merge_requests/${number}/notes`;
  let user: Promise<Answer> | undefined;
  const written = (answer: Answer): Written => {
    if (answer.status === 404) return 'gone';
    if (isTooLong(answer)) return 'too-long';
    return { id: Number(field(requests.fine(answer).body, 'id')) };
  };
  return {
    name: 'GitLab',
    state: async () => {
      const { body } = requests.fine(await requests.send('GET', `${home}/merge_requests/${number}`));
      return { head: String(field(body, 'sha')) };
    },
    comments: async () => {
      user ??= requests.send('GET', '/user');
      const me = field(requests.fine(await user).body, 'id');
      const found = await requests.list(`${notes}?per_page=100&sort=asc&order_by=created_at`);
      return found
        .filter((one) => field(field(one, 'author'), 'id') === me && field(one, 'system') !== true)
        .map((one): Comment => ({ id: Number(field(one, 'id')), body: String(field(one, 'body') ?? '') }))
        .toSorted((a, b) => a.id - b.id);
    },
    create: async (body) => {
      const answer = await requests.send('POST', notes, { body: inert(body) });
      return answer.status === 404 ? written(requests.fine(answer)) : written(answer);
    },
    update: async (id, body) => written(await requests.send('PUT', `${notes}/${id}`, { body: inert(body) })),
    remove: async (id) => {
      const answer = await requests.send('DELETE', `${notes}/${id}`);
      if (answer.status !== 404) requests.fine(answer);
    },
    report: async (commit, name, state, sentence) => {
      const words = {
        state: state === 'failure' ? 'failed' : state,
        name,
        description: shortened(sentence, DESCRIPTION),
      };
      const answer = await requests.send('POST', `${home}/statuses/${commit}`, words, true);
      // GitLab refuses a status that a commit has already.
      if (!(answer.status === 400 && /cannot transition/i.test(answer.text))) requests.fine(answer);
    },
  };
}

/** Returns the number of the merge request by which a commit has come to its branch. */
export async function mergedGitlabPull(
  requests: Requests,
  project: string,
  commit: string,
): Promise<number | undefined> {
  const home = `/projects/${encodeURIComponent(project)}`;
  const [found] = await requests.list(`${home}/repository/commits/${commit}/merge_requests?per_page=100`);
  return found === undefined ? undefined : Number(field(found, 'iid'));
}

/** A line that begins with a slash would be a command to GitLab, such as /merge. */
function inert(body: string): string {
  return body.replaceAll(/^\//gm, ' /');
}
