import { connect, type Socket } from 'node:net';
import type { Sql } from 'sql-template-tag';
import { UserError } from '../user-error.ts';
import type { Column, Database, Row, Value } from './database.ts';
import { duckdb } from './dialect.ts';
import type { EmbeddedStore } from './serve.ts';
import { encode, type Greeting, type Order, onMessage, PROTOCOL, type Response, type Result } from './wire.ts';

interface Waiting {
  resolve(result: Result): void;
  reject(error: Error): void;
}

/** One connection to the process that holds the store, shared by a store and its transactions. */
export class Line {
  readonly greeting: Greeting;
  private readonly socket: Socket;
  private readonly waiting = new Map<number, Waiting>();
  private last = 0;
  private lost = false;

  constructor(socket: Socket, greeting: Greeting) {
    this.socket = socket;
    this.greeting = greeting;
    socket.on('close', () => {
      this.lost = true;
      for (const { reject } of this.waiting.values()) reject(this.ended());
      this.waiting.clear();
    });
  }

  ask(order: Order, tx?: number): Promise<Result> {
    if (this.lost) return Promise.reject(this.ended());
    const id = ++this.last;
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      this.socket.write(encode({ id, ...(tx !== undefined && { tx }), ...order }));
    });
  }

  answer(response: Response): void {
    const waiting = this.waiting.get(response.id);
    this.waiting.delete(response.id);
    if ('refused' in response) waiting?.reject(new Error(response.refused));
    else waiting?.resolve(response.result);
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
    });
  }

  private ended(): UserError {
    const { who, pid } = this.greeting;
    return new UserError(
      `The process that holds the store (${who}, PID ${pid}) ended in the middle.`,
      'What was not finished has been undone. Run the command again.',
    );
  }
}

/** The embedded store, held by another process. */
export class RemoteDatabase implements EmbeddedStore {
  readonly dialect = duckdb;
  private readonly line: Line;
  private readonly tx: number | undefined;

  constructor(line: Line, tx?: number) {
    this.line = line;
    this.tx = tx;
  }

  async query<T extends Row = Row>(statement: Sql): Promise<T[]> {
    return (await this.ask(statementOrder('query', statement))) as T[];
  }

  async run(statement: Sql): Promise<number> {
    return (await this.ask(statementOrder('run', statement))) as number;
  }

  async load(table: string, columns: Column[], rows: Value[][]): Promise<void> {
    if (rows.length > 0) await this.ask({ op: 'load', table, columns, rows });
  }

  async transaction<T>(work: (tx: Database) => Promise<T>): Promise<T> {
    if (this.tx !== undefined) return work(this);
    const tx = this.line.next();
    await this.line.ask({ op: 'begin', tx });
    try {
      const result = await work(new RemoteDatabase(this.line, tx));
      await this.line.ask({ op: 'end', tx, commit: true });
      return result;
    } catch (error) {
      // After a failed commit, or with the line down, there is nothing left to roll back.
      await this.line.ask({ op: 'end', tx, commit: false }).catch(() => {});
      throw error;
    }
  }

  /** `path`: absolute; the holder of the store writes there. */
  async snapshot(path: string): Promise<void> {
    await this.line.ask({ op: 'snapshot', path });
  }

  close(): Promise<void> {
    return this.line.close();
  }

  private ask(order: Order): Promise<Result> {
    return this.line.ask(order, this.tx);
  }
}

function statementOrder(op: 'query' | 'run', { strings, values }: Sql): Order {
  return { op, strings, values };
}

/**
 * Undefined where nobody listens at the address. Throws UserError where the holder of the store speaks another
 * version's protocol.
 */
export function dial(address: string): Promise<Line | undefined> {
  return new Promise((resolve, reject) => {
    const socket = connect(address);
    let line: Line | undefined;
    socket.once('close', () => resolve(undefined));
    socket.on('error', () => socket.destroy());
    onMessage<Greeting | Response>(socket, (message) => {
      if (line) return line.answer(message as Response);
      const greeting = message as Greeting;
      if (greeting.protocol !== PROTOCOL) {
        socket.destroy();
        reject(
          new UserError(
            `The store is held by another version of Kaskad (${greeting.who}, PID ${greeting.pid}).`,
            'Stop that process, or use its version of crm.',
          ),
        );
        return;
      }
      line = new Line(socket, greeting);
      resolve(line);
    });
  });
}
