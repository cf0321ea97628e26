import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** The moment of a session at which the server answers: on connecting, to a command, or to a message's last line. */
export type Stage = 'greeting' | 'ehlo' | 'mail' | 'rcpt' | 'data' | 'message';

/** `hang`: no answer, the connection stays; `drop`: the connection is closed; `drip`: a byte a second; or a line of SMTP. */
export type Reaction = 'accept' | 'hang' | 'drop' | 'drip' | `${number} ${string}`;

/** A message that was there whole. */
export interface Arrival {
  /** The message's id in the store. */
  id: string;
  to: string;
  /** Epoch milliseconds. */
  at: number;
  /** False where the server refused it. A message whose answer was lost counts as taken. */
  taken: boolean;
}

/** `arrival`: at the stage `message`. May take its time. */
export type React = (stage: Stage, arrival?: Arrival) => Reaction | Promise<Reaction>;

/** Takes every message, after so many milliseconds. */
export const slow =
  (ms: number): React =>
  async (stage): Promise<Reaction> => {
    if (stage === 'message') await pause(ms);
    return 'accept';
  };

export interface MailServer {
  url: string;
  arrivals: Arrival[];
  /** Changes how the server answers from now on. */
  react(react: React): void;
  close(): Promise<void>;
}

const usual: Record<Stage, string> = {
  greeting: '220 trial',
  ehlo: '250 trial',
  mail: '250 OK',
  rcpt: '250 OK',
  data: '354 go on',
  message: '250 OK',
};

/** An SMTP server on loopback which logs every message, and answers as `react` wants at every stage of a session. */
export async function openMailServer(react: React = () => 'accept'): Promise<MailServer> {
  const arrivals: Arrival[] = [];
  const sockets = new Set<Socket>();
  let how = react;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A client that is killed is what is tried here.
    socket.on('error', () => socket.destroy());
    void serve(socket, arrivals, (stage, arrival) => how(stage, arrival));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}`,
    arrivals,
    react: (next) => {
      how = next;
    },
    close: async () => {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}

async function serve(socket: Socket, arrivals: Arrival[], react: React): Promise<void> {
  const lines = linesOf(socket);
  const answer = async (stage: Stage, arrival?: Arrival): Promise<boolean> => {
    const reaction = await react(stage, arrival);
    if (arrival) arrival.taken = !/^[45]/.test(reaction);
    if (reaction === 'drop') socket.destroy();
    else if (reaction === 'drip') for (const byte of `${usual[stage]} ${'.'.repeat(500)}\r\n`) await drip(socket, byte);
    else if (reaction !== 'hang') socket.write(`${reaction === 'accept' ? usual[stage] : reaction}\r\n`);
    return reaction === 'accept' || reaction === 'drip';
  };
  try {
    await answer('greeting');
    let to = '';
    for await (const line of lines) {
      const word = line.slice(0, 4).toUpperCase();
      if (word === 'QUIT') socket.end('221 bye\r\n');
      else if (word === 'RSET' || word === 'NOOP') socket.write('250 OK\r\n');
      else if (word === 'EHLO' || word === 'HELO') await answer('ehlo');
      else if (word === 'MAIL') await answer('mail');
      else if (word === 'RCPT') {
        to = /<(.*?)>/.exec(line)?.[1] ?? '';
        await answer('rcpt');
      } else if (word === 'DATA' && (await answer('data'))) {
        const arrival = { id: await messageId(lines), to, at: Date.now(), taken: true };
        arrivals.push(arrival);
        await answer('message', arrival);
      }
    }
  } catch {
    socket.destroy();
  }
}

/** Reads up to the message's last line. */
async function messageId(lines: AsyncGenerator<string>): Promise<string> {
  let id = '';
  for (;;) {
    const { value, done } = await lines.next();
    if (done) throw new Error('broken off');
    if (value === '.') return id;
    id ||= /^Message-ID: <([^@>]+)@/i.exec(value)?.[1] ?? '';
  }
}

async function* linesOf(socket: Socket): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of socket) {
    const lines = (rest + String(chunk)).split('\r\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

async function drip(socket: Socket, byte: string): Promise<void> {
  if (socket.destroyed) throw new Error('broken off');
  socket.write(byte);
  await pause(1000, undefined, { ref: false });
}
