import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
  token: string | undefined;
}

export interface Reply {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

/** What happens to the next request with this method instead of what it asks for. */
export interface Fault {
  method: string;
  /** Part of the path. */
  path?: string;
  /** Absent: the connection breaks. */
  reply?: Reply;
  /** The request is carried out all the same, or something else happens before. */
  first?: 'carry-out' | (() => void);
}

/** An HTTP server of this process with the API of GitHub or GitLab, and a record of what was asked. */
export abstract class ForgeServer {
  readonly calls: Call[] = [];
  readonly faults: Fault[] = [];
  private server: Server | undefined;
  private port = 0;

  /** Answers a request whose token is known. */
  protected abstract answer(call: Call): Reply;
  protected abstract isKnown(token: string): boolean;

  /** The path of the API. */
  protected abstract readonly base: string;

  async start(): Promise<void> {
    const server = createServer((request, response) => void this.serve(request, response));
    this.server = server;
    await new Promise<void>((done) => server.listen(this.port, '127.0.0.1', done));
    this.port = (server.address() as AddressInfo).port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}${this.base}`;
  }

  /** The requests that change something. */
  get writes(): string[] {
    return this.calls.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
  }

  async stop(): Promise<void> {
    const { server } = this;
    server?.closeAllConnections();
    await new Promise((done) => (server ? server.close(done) : done(undefined)));
  }

  /** Returns one page of a list, and the links to others. */
  protected page(items: unknown[], { path, query }: Call): Reply {
    const size = Math.min(100, Number(query.get('per_page') ?? 20));
    const page = Number(query.get('page') ?? 1);
    const last = Math.max(1, Math.ceil(items.length / size));
    const link = (to: number, rel: string) => {
      const words = new URLSearchParams(query);
      words.set('page', String(to));
      return `<${this.url}${path}?${words}>; rel="${rel}"`;
    };
    const links = [
      ...(page > 1 ? [link(page - 1, 'prev')] : []),
      ...(page < last ? [link(page + 1, 'next')] : []),
      ...[link(1, 'first'), link(last, 'last')],
    ];
    return {
      status: 200,
      body: items.slice((page - 1) * size, page * size),
      ...(last > 1 && { headers: { link: links.join(', ') } }),
    };
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x');
    let text = '';
    for await (const part of request) text += part;
    const call: Call = {
      method: request.method ?? '',
      path: decodeURI(pathname.slice(this.base.length)),
      query: searchParams,
      body: text === '' ? {} : JSON.parse(text),
      token: /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1],
    };
    this.calls.push(call);
    const at = this.faults.findIndex(({ method, path }) => method === call.method && call.path.includes(path ?? ''));
    const [fault] = at < 0 ? [] : this.faults.splice(at, 1);
    if (fault?.first === 'carry-out') this.reply(call);
    else fault?.first?.();
    if (fault && !fault.reply && fault.first !== undefined && fault.first !== 'carry-out')
      return send(response, this.reply(call));
    if (fault && !fault.reply) return void request.socket.destroy();
    send(response, fault?.reply ?? this.reply(call));
  }

  private reply(call: Call): Reply {
    return call.token !== undefined && this.isKnown(call.token)
      ? this.answer(call)
      : { status: 401, body: { message: 'Bad credentials' } };
  }
}

function send(response: ServerResponse, { status, body, headers }: Reply): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(body === undefined ? '' : JSON.stringify(body));
}
