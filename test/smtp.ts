import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

export interface Received {
  to: string[];
  from: string;
  raw: Buffer;
}

export interface Mailbox {
  url: string;
  received: Received[];
  /** Breaks off a session as a crash or a cable would. */
  cut(sessionId: string): void;
  close(): Promise<void>;
}

/** The client as smtp-server knows it; its types leave it open. */
interface Client {
  session: { id: string };
  _socket: { destroy(): void };
}

/** A real SMTP server on loopback that keeps what it gets. `overrides` make it refuse or break off. */
export async function openMailbox(overrides: SMTPServerOptions = {}, arrived: () => void = () => {}): Promise<Mailbox> {
  const received: Received[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onData(stream, session, callback) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom ? mailFrom.address : '';
        received.push({ to: rcptTo.map((to) => to.address), from, raw: Buffer.concat(chunks) });
        callback();
        arrived();
      });
    },
    ...overrides,
  });
  // A client that breaks off is the client's business.
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    received,
    cut(sessionId) {
      for (const client of server.connections as Set<Client>)
        if (client.session.id === sessionId) client._socket.destroy();
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

/** An answer of the server's to be given to a callback of its options. */
export function refusal(code: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode: code });
}
