import type { Socket } from 'node:net';
import { type RawValue, Sql } from 'sql-template-tag';
import { rowsOf } from './columns.ts';
import type { Database } from './database.ts';
import type { EmbeddedStore, ServeOptions } from './serve.ts';
import {
  encode,
  LONGEST_MESSAGE,
  onMessage,
  PROTOCOL,
  type Request,
  type Response,
  type Result,
  readRequest,
} from './wire.ts';

/** A guest with more pending requests is disconnected. */
const MOST_PENDING = 1000;
/** A guest that has left more bytes of answers unread is not read any further until it reads them. */
const MOST_UNREAD = 16 * 1024 * 1024;
/** The interval at which a guest that waits gets a sign of life, milliseconds. */
const SIGN_OF_LIFE = 1000;

/** Thrown for work that has not begun, and will not. */
class Leaving extends Error {}

/** One connection of another process to the store that this one holds. */
export class Guest {
  private readonly db: EmbeddedStore;
  private readonly socket: Socket;
  private readonly idleMs: number;
  private readonly onChange: (() => void) | undefined;
  private readonly transactions = new Map<number, RemoteTransaction>();
  private pending = 0;
  /** The number of pending requests that wait for the turn of their transaction. */
  private queued = 0;
  private leaving = false;
  private idle: NodeJS.Timeout | undefined;
  private life: NodeJS.Timeout | undefined;

  constructor(db: EmbeddedStore, socket: Socket, { who, lasting = false, idleMs = 30_000, onChange }: ServeOptions) {
    this.db = db;
    this.socket = socket;
    this.idleMs = idleMs;
    this.onChange = onChange;
    socket.on('error', () => socket.destroy());
    socket.on('close', () => this.clear());
    socket.on('drain', () => this.watch());
    socket.write(encode({ protocol: PROTOCOL, pid: process.pid, who, lasting }));
    onMessage(socket, readRequest, (request) => void this.serve(request), LONGEST_MESSAGE);
  }

  /** Begins nothing more for this guest, and ends the connection when nothing is pending. */
  leave(): void {
    this.leaving = true;
    this.watch();
  }

  destroy(): void {
    this.socket.destroy();
  }

  private async serve(request: Request): Promise<void> {
    if (++this.pending > MOST_PENDING) this.destroy();
    this.watch();
    const response = await this.carryOut(request).then(
      (result): Response => ({ id: request.id, result }),
      (error: unknown): Response => refusal(request.id, error),
    );
    this.pending--;
    if (this.socket.writable) this.socket.write(line(response));
    this.watch();
  }

  private async carryOut(request: Request): Promise<Result> {
    if (request.op === 'begin') return this.begin(request.tx);
    const transaction = request.tx === undefined ? undefined : this.transactions.get(request.tx);
    if (request.tx !== undefined && !transaction) throw new Error('there is no such transaction');
    if (request.op === 'end') {
      this.transactions.delete(request.tx);
      await transaction?.end(request.commit);
      if (request.commit) this.onChange?.();
      return null;
    }
    if (!transaction && this.leaving) throw new Leaving();
    if (!transaction && (request.op === 'run' || request.op === 'load'))
      throw new Error('a change needs a transaction');
    const db: Database = transaction?.db ?? this.db;
    switch (request.op) {
      case 'query':
        return db.query(statement(request));
      case 'run':
        return db.run(statement(request));
      case 'load':
        await db.load(request.table, request.columns, rowsOf(request.columns, request.values));
        return null;
      case 'snapshot':
        await this.db.snapshot(request.path);
        return null;
    }
  }

  private async begin(tx: number): Promise<Result> {
    if (this.leaving) throw new Leaving();
    if (this.transactions.has(tx)) throw new Error('there is such a transaction already');
    this.queued++;
    const begun = await beginRemote(this.db).finally(() => {
      this.queued--;
    });
    const wanted = !this.socket.destroyed && !this.leaving && !this.transactions.has(tx);
    if (wanted) this.transactions.set(tx, begun);
    // Its turn may be too late.
    else await begun.end(false);
    if (!wanted) throw new Leaving();
    return null;
  }

  /** Sets the timers, and continues to read or not, by what is pending. */
  private watch(): void {
    clearTimeout(this.idle);
    if (this.socket.destroyed) return;
    if (this.pending === this.queued && this.transactions.size > 0)
      this.idle = setTimeout(() => this.destroy(), this.idleMs);
    if (this.pending === 0) {
      clearInterval(this.life);
      this.life = undefined;
    } else this.life ??= setInterval(() => this.showLife(), SIGN_OF_LIFE);
    if (this.socket.writableLength > MOST_UNREAD) this.socket.pause();
    else this.socket.resume();
    if (this.leaving && this.pending === 0 && this.transactions.size === 0) this.socket.end();
  }

  private showLife(): void {
    if (this.socket.writable && this.socket.writableLength === 0) this.socket.write(encode({ working: true }));
  }

  private clear(): void {
    clearTimeout(this.idle);
    clearInterval(this.life);
    for (const transaction of this.transactions.values()) transaction.end(false).catch(() => {});
    this.transactions.clear();
  }
}

function statement({ strings, values }: { strings: readonly string[]; values: readonly unknown[] }): Sql {
  return new Sql(strings, values as readonly RawValue[]);
}

function refusal(id: number, error: unknown): Response {
  if (error instanceof Leaving) return { id, leaving: true };
  return { id, refused: error instanceof Error ? error.message : String(error) };
}

/** A result can be too long for one message. */
function line(response: Response): string {
  try {
    return encode(response);
  } catch (error) {
    return encode('id' in response ? refusal(response.id, error) : response);
  }
}

/** A transaction whose statements and end come one by one from a guest. */
interface RemoteTransaction {
  db: Database;
  /** Throws what the commit throws. */
  end(commit: boolean): Promise<void>;
}

class RolledBack extends Error {}

/** Begins a transaction, which stays open until `end` is called. */
function beginRemote(db: Database): Promise<RemoteTransaction> {
  return new Promise((begun, failed) => {
    const wish = Promise.withResolvers<boolean>();
    const ended: Promise<void> = db.transaction(async (tx) => {
      begun({
        db: tx,
        async end(commit) {
          wish.resolve(commit);
          await ended.catch((error: unknown) => {
            if (!(error instanceof RolledBack)) throw error;
          });
        },
      });
      if (!(await wish.promise)) throw new RolledBack();
    });
    ended.catch(failed);
  });
}
