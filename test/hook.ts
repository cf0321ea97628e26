import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A real HTTP server that gives the answers it is set to and keeps the requests. */
export interface Hook {
  url: string;
  received: Received[];
  close(): Promise<void>;
}

/** `answer`: to the n-th request, counted from 1; one that does nothing lets the sender wait. */
export async function openHook(
  answer: (response: ServerResponse, request: Received, n: number) => void = (response) => response.end('ok'),
): Promise<Hook> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method = '', url = '', headers } = request;
    const whole = { method, path: url, headers, body: Buffer.concat(chunks).toString() };
    answer(response, whole, received.push(whole));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hooks/crm`,
    received,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
