import { type Call, ForgeServer, type Reply } from './server.ts';

export interface User {
  login: string;
  type: 'User' | 'Bot';
}

interface Holder extends User {
  /** The token of a job, which is of an app and of no user. */
  app?: boolean;
  /** It may write comments and statuses. */
  writes: boolean;
}

interface Pull {
  number: number;
  state: 'open' | 'closed';
  head: { sha: string; ref: string; label: string; repo: { full_name: string } };
}

const notFound: Reply = { status: 404, body: { message: 'Not Found', status: '404' } };
const forbidden: Reply = { status: 403, body: { message: 'Resource not accessible by integration', status: '403' } };
const invalid = (resource: string, field: string, message: string): Reply => ({
  status: 422,
  body: { message: 'Validation Failed', errors: [{ resource, code: 'unprocessable', field, message }], status: '422' },
});

/** The part of GitHub's REST API (2022-11-28) that comments need, for the repository `shop/crm`. */
export class GithubServer extends ForgeServer {
  protected readonly base = '/api/v3';
  readonly holders = new Map<string, Holder>([
    ['job-token', { login: 'github-actions[bot]', type: 'Bot', app: true, writes: true }],
    ['fork-token', { login: 'github-actions[bot]', type: 'Bot', app: true, writes: false }],
    ['anna-token', { login: 'anna', type: 'User', writes: true }],
  ]);
  readonly pulls: Pull[] = [];
  readonly statuses: Record<string, unknown>[] = [];
  comments: { id: number; issue: number; body: string; user: User }[] = [];
  /** The pull requests of commits that are merged. */
  readonly merged = new Map<string, number>();
  private ids = 0;

  openPull(number: number, sha: string, owner = 'shop', ref = 'change'): void {
    const head = { sha, ref, label: `${owner}:${ref}`, repo: { full_name: `${owner}/crm` } };
    this.pulls.push({ number, state: 'open', head });
  }

  comment(issue: number, body: string, user: User): number {
    this.comments.push({ id: ++this.ids, issue, body, user });
    return this.ids;
  }

  protected isKnown(token: string): boolean {
    return this.holders.has(token);
  }

  protected answer(call: Call): Reply {
    const { method, path, query, body, token = '' } = call;
    const holder = this.holders.get(token);
    if (!holder) return notFound;
    if (path === '/user') return holder.app ? forbidden : { status: 200, body: { login: holder.login } };
    const [, own] = /^\/repos\/shop\/crm(\/.*)$/.exec(path) ?? [];
    if (own === undefined) return notFound;
    if (method !== 'GET' && !holder.writes) return forbidden;
    const { app: _, writes: __, ...user } = holder;
    if (own === '/pulls') {
      const head = query.get('head');
      return this.page(
        this.pulls.filter((one) => one.state === (query.get('state') ?? 'open') && (!head || one.head.label === head)),
        call,
      );
    }
    const commit = /^\/commits\/([^/]+)\/pulls$/.exec(own)?.[1];
    if (commit !== undefined) {
      const number = this.merged.get(commit);
      return this.page(number === undefined ? [] : [{ number }], call);
    }
    const status = /^\/statuses\/([0-9a-f]+)$/.exec(own)?.[1];
    if (status !== undefined) {
      if (String(body.description).length > 140)
        return invalid('Status', 'description', 'description is too long (maximum is 140 characters)');
      this.statuses.push({ sha: status, ...body });
      return { status: 201, body: { id: this.statuses.length, ...body } };
    }
    const [, kind, id] = /^\/(pulls|issues\/comments|issues)\/(\d+)(?:\/comments)?$/.exec(own) ?? [];
    if (kind === 'pulls') {
      const pull = this.pulls.find(({ number }) => number === Number(id));
      return pull ? { status: 200, body: pull } : notFound;
    }
    if (kind === 'issues') {
      const number = Number(id);
      if (!this.pulls.some((one) => one.number === number)) return notFound;
      if (method === 'GET')
        return this.page(
          this.comments.filter(({ issue }) => issue === number),
          call,
        );
      const refused = refusal(body);
      if (refused) return refused;
      const made = this.comment(number, String(body.body), user);
      return { status: 201, body: { id: made, user, body: body.body } };
    }
    if (kind === 'issues/comments') return this.change(method, Number(id), body);
    return notFound;
  }

  private change(method: string, id: number, body: Record<string, unknown>): Reply {
    const found = this.comments.find((one) => one.id === id);
    if (!found) return notFound;
    if (method === 'DELETE') {
      this.comments = this.comments.filter((one) => one !== found);
      return { status: 204 };
    }
    const refused = refusal(body);
    if (refused) return refused;
    found.body = String(body.body);
    return { status: 200, body: { id, user: found.user, body: found.body } };
  }
}

function refusal({ body }: Record<string, unknown>): Reply | undefined {
  if (String(body).length > 65_536)
    return invalid('IssueComment', 'data', 'Body is too long (maximum is 65536 characters)');
  return undefined;
}
