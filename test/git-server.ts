import { execFile, spawn } from 'node:child_process';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { promisify } from 'node:util';

const call = promisify(execFile);

/** Calls git in a folder as nobody in particular. Returns what it printed. */
export async function gitIn(folder: string, ...words: string[]): Promise<string> {
  const who = ['-c', 'user.name=Anna', '-c', 'user.email=anna@shop.example', '-c', 'init.defaultBranch=main'];
  const { GIT_DIR, GIT_INDEX_FILE, GIT_PREFIX, ...env } = process.env;
  return (await call('git', [...who, ...words], { cwd: folder, env })).stdout.trim();
}

/** A server of git over HTTP, by `git http-backend`, as hosts have one. */
export interface GitServer {
  /** Of the repository `name` in the folder. */
  url(name: string, credentials?: string): string;
  /** The user and the password that it asks for; undefined: none. */
  wants: string | undefined;
  /** The number of bytes of an answer after which it breaks the connection; undefined: it does not. */
  cutAfter: number | undefined;
  /** True: connections are broken at once, as by a network that is down. */
  down: boolean;
  /** Bytes of the answer to the last request. */
  sent: number;
  close(): Promise<void>;
}

/** Serves the repositories of a folder on loopback. */
export async function serveGit(folder: string): Promise<GitServer> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((request, response) => {
    if (served.down) {
      request.socket.destroy();
      return;
    }
    if (served.wants !== undefined && request.headers.authorization !== basic(served.wants)) {
      response.writeHead(401, { 'WWW-Authenticate': 'Basic realm="git"' }).end();
      return;
    }
    answer(folder, request, response, served);
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  const served: GitServer = {
    url: (name, credentials) => `http://${credentials ? `${credentials}@` : ''}127.0.0.1:${port}/${name}`,
    wants: undefined,
    cutAfter: undefined,
    down: false,
    sent: 0,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        for (const socket of sockets) socket.destroy();
      }),
  };
  return served;
}

const basic = (credentials: string) => `Basic ${Buffer.from(credentials).toString('base64')}`;

/** Passes a request to `git http-backend`, and what it prints back. */
function answer(folder: string, request: IncomingMessage, response: ServerResponse, served: GitServer): void {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const { headers, method = 'GET' } = request;
  const child = spawn('git', ['http-backend'], {
    env: {
      PATH: process.env.PATH,
      GIT_PROJECT_ROOT: folder,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'safe.directory',
      GIT_CONFIG_VALUE_0: '*',
      PATH_INFO: pathname,
      QUERY_STRING: searchParams.toString(),
      REQUEST_METHOD: method,
      CONTENT_TYPE: headers['content-type'] ?? '',
      GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
      HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
    },
  });
  request.pipe(child.stdin);
  let head = Buffer.alloc(0);
  let began = false;
  served.sent = 0;
  child.stdout.on('data', (part: Buffer) => {
    if (began) return send(part);
    head = Buffer.concat([head, part]);
    const end = head.indexOf('\r\n\r\n');
    if (end < 0) return;
    began = true;
    const fields = head.subarray(0, end).toString('latin1').split('\r\n');
    for (const field of fields) {
      const [, name = '', value = ''] = /^([^:]+): (.*)$/.exec(field) ?? [];
      if (name === 'Status') response.statusCode = Number.parseInt(value, 10);
      else response.setHeader(name, value);
    }
    send(head.subarray(end + 4));
  });
  child.stdout.on('end', () => response.end());

  function send(part: Buffer): void {
    const room = served.cutAfter === undefined ? part.length : served.cutAfter - served.sent;
    const rest = part.subarray(0, Math.max(0, room));
    served.sent += rest.length;
    if (rest.length === part.length) response.write(part);
    else response.write(rest, () => request.socket.destroy());
  }
}
