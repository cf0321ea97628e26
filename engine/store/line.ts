import { connect, type Socket } from 'node:net';
import { t } from '../../spec/words/t.ts';
import { UserError } from '../user-error.ts';
import { type Holder, withAddress } from './address.ts';
import {
  encode,
  type Greeting,
  type Order,
  onMessage,
  PROTOCOL,
  type Response,
  type Result,
  readGreeting,
} from './wire.ts';

/** The holder ended, or is about to, before it did anything of what it was asked for: it may be asked of the next one. */
export class HolderGone extends Error {
  override name = 'HolderGone';
}

/** For how long a holder may give no sign of life to those who wait for it, milliseconds. */
export const SILENCE = 10_000;

interface Waiting {
  order: Order;
  tx: number | undefined;
  resolve(result: Result): void;
  reject(error: Error): void;
}

/** One connection to the process that holds the store, shared by a store and its transactions. */
export class Line {
  readonly greeting: Greeting;
  private readonly socket: Socket;
  private readonly silenceMs: number;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;
  private lost: Error | undefined;
  private silence: NodeJS.Timeout | undefined;

  constructor(socket: Socket, greeting: Greeting, silenceMs: number) {
    this.socket = socket;
    this.greeting = greeting;
    this.silenceMs = silenceMs;
    socket.on('close', () => this.end());
  }

  /** `tx`: inside of which transaction. Rejects with HolderGone only if nothing was changed, and nothing is undone. */
  ask(order: Order, tx?: number): Promise<Result> {
    if (this.lost) return Promise.reject(tx === undefined ? new HolderGone() : this.lost);
    const id = ++this.last;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { order, tx, resolve, reject });
      this.socket.write(encode({ id, ...(tx !== undefined && { tx }), ...order }));
      this.listen();
    });
  }

  /** Any message shows that the holder is alive. */
  receive(response: Response): void {
    if ('id' in response) {
      const waiting = this.waiting.get(response.id);
      this.waiting.delete(response.id);
      if ('refused' in response) waiting?.reject(new Error(response.refused));
      else if ('leaving' in response) waiting?.reject(new HolderGone());
      else waiting?.resolve(response.result);
    }
    this.listen();
  }

  /** A number for a transaction. */
  next(): number {
    return ++this.last;
  }

  close(): Promise<void> {
    if (this.lost) return Promise.resolve();
    return new Promise((done) => {
      this.socket.once('close', () => done());
      this.socket.end();
      // Nobody needs the answer of a process that is stopped.
      setTimeout(() => this.socket.destroy(), 1000).unref();
    });
  }

  private listen(): void {
    clearTimeout(this.silence);
    if (this.waiting.size > 0) this.silence = setTimeout(() => this.giveUp(), this.silenceMs);
  }

  private giveUp(): void {
    const error = silent(this.greeting);
    this.lost = error;
    this.reject(() => error, new UserError('store-lost', error.message, unsure()));
    this.socket.destroy();
  }

  private end(): void {
    clearTimeout(this.silence);
    const { who, pid } = this.greeting;
    const message = t`The process that holds the store (${who}, PID ${String(pid)}) ended in the middle.`;
    const lost = new UserError(
      'store-lost',
      message,
      t`Nothing of the change under way was stored. Run the command again.`,
    );
    this.lost ??= lost;
    this.reject(
      ({ tx }) => (tx === undefined ? new HolderGone() : lost),
      new UserError('store-lost', message, unsure()),
    );
  }

  /** `commit`: for those who wait for a commit, which may have been carried out. */
  private reject(reason: (waiting: Waiting) => Error, commit: Error): void {
    for (const waiting of this.waiting.values()) {
      const { order, reject } = waiting;
      reject(order.op === 'end' && order.commit ? commit : reason(waiting));
    }
    this.waiting.clear();
  }
}

const unsure = () =>
  t`The change under way was stored as a whole or not at all. Look at \`crm status\` before you run the command again.`;

/** The holder does not answer. */
export function silent({ who, pid }: Holder): UserError {
  return new UserError(
    'store-silent',
    t`The process that holds the store (${who}, PID ${String(pid)}) does not answer.`,
    t`It may be stopped: let it go on (\`fg\`, or \`kill -CONT\` and its PID), or end it, and run the command again.`,
  );
}

/**
 * Connects to the process that holds the store. Undefined where nobody listens; `silent` where somebody does and gives
 * no greeting. Throws UserError where that process speaks another version's protocol.
 */
export function dial(store: string, silenceMs: number): Promise<Line | 'silent' | undefined> {
  return withAddress(store, (address) => greet(address, silenceMs));
}

function greet(address: string, silenceMs: number): Promise<Line | 'silent' | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    let line: Line | undefined;
    const limit = setTimeout(() => {
      resolve('silent');
      socket.destroy();
    }, silenceMs);
    const over = () => {
      clearTimeout(limit);
      resolve(undefined);
    };
    socket.once('close', over);
    socket.on('error', () => socket.destroy());
    const read = (message: unknown) => (line ? (message as Response) : readGreeting(message));
    onMessage<Greeting | Response>(socket, read, (message) => {
      if (line) return line.receive(message as Response);
      clearTimeout(limit);
      const greeting = message as Greeting;
      if (greeting.protocol === PROTOCOL) {
        line = new Line(socket, greeting, silenceMs);
        return resolve(line);
      }
      reject(
        new UserError(
          'store-version',
          t`The store is held by another version of Kaskad (${greeting.who}, PID ${String(greeting.pid)}).`,
          t`Stop that process, or use its version of crm.`,
        ),
      );
      socket.destroy();
    });
  });
}
