import { type Call, ForgeServer, type Reply } from './server.ts';

const notFound: Reply = { status: 404, body: { message: '404 Not found' } };
const forbidden: Reply = { status: 403, body: { message: '403 Forbidden' } };

/** The part of GitLab's REST API (v4) that comments need, for the project 7. */
export class GitlabServer extends ForgeServer {
  protected readonly base = '/api/v4';
  readonly holders = new Map([
    ['bot-token', { id: 50, username: 'project_7_bot', writes: true }],
    ['reader-token', { id: 51, username: 'reader', writes: false }],
  ]);
  readonly requests: { iid: number; sha: string }[] = [];
  readonly statuses: Record<string, unknown>[] = [];
  notes: { id: number; iid: number; body: string; system: boolean; author: { id: number; username: string } }[] = [];
  /** The merge requests of commits that are merged. */
  readonly merged = new Map<string, number>();
  /** Letters. */
  longest = 1_000_000;
  private ids = 900;

  note(iid: number, body: string, author: { id: number; username: string }, system = false): number {
    this.notes.push({ id: ++this.ids, iid, body, system, author: { id: author.id, username: author.username } });
    return this.ids;
  }

  protected isKnown(token: string): boolean {
    return this.holders.has(token);
  }

  protected answer(call: Call): Reply {
    const { method, path, body, token = '' } = call;
    const holder = this.holders.get(token);
    if (!holder) return notFound;
    if (path === '/user') return { status: 200, body: { id: holder.id, username: holder.username } };
    const [, own] = /^\/projects\/7(\/.*)$/.exec(path) ?? [];
    if (own === undefined) return notFound;
    if (method !== 'GET' && !holder.writes) return forbidden;
    const commit = /^\/repository\/commits\/([^/]+)\/merge_requests$/.exec(own)?.[1];
    if (commit !== undefined) {
      const iid = this.merged.get(commit);
      return this.page(iid === undefined ? [] : [{ iid }], call);
    }
    const sha = /^\/statuses\/([0-9a-f]+)$/.exec(own)?.[1];
    if (sha !== undefined) return this.status({ sha, ...body });
    const [, iid, notes, id] = /^\/merge_requests\/(\d+)(\/notes)?(?:\/(\d+))?$/.exec(own) ?? [];
    const request = this.requests.find((one) => one.iid === Number(iid));
    if (!request) return notFound;
    if (notes === undefined) return { status: 200, body: request };
    if (id !== undefined) return this.change(method, Number(id), body);
    if (method === 'GET')
      return this.page(
        this.notes.filter((one) => one.iid === request.iid),
        call,
      );
    const refused = this.refusal(body);
    if (refused) return refused;
    return { status: 201, body: { id: this.note(request.iid, String(body.body).trimEnd(), holder) } };
  }

  private status(made: Record<string, unknown>): Reply {
    const same = this.statuses.find(({ sha, name }) => sha === made.sha && name === made.name);
    if (same && same.state === made.state)
      return { status: 400, body: { message: 'Cannot transition status via :succeed from :success' } };
    this.statuses.push(made);
    return { status: 201, body: made };
  }

  private change(method: string, id: number, body: Record<string, unknown>): Reply {
    const found = this.notes.find((one) => one.id === id);
    if (!found) return notFound;
    if (method === 'DELETE') {
      this.notes = this.notes.filter((one) => one !== found);
      return { status: 204 };
    }
    const refused = this.refusal(body);
    if (refused) return refused;
    found.body = String(body.body).trimEnd();
    return { status: 200, body: { id } };
  }

  private refusal({ body }: Record<string, unknown>): Reply | undefined {
    const text = String(body);
    if (text.length > this.longest)
      return { status: 400, body: { message: { note: [`is too long (maximum is ${this.longest} characters)`] } } };
    // A quick action is carried out, and what is left may be nothing.
    if (/^\/\w/m.test(text)) return { status: 500, body: { message: 'quick action' } };
    return undefined;
  }
}
