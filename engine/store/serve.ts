import { chmod } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { Sql } from 'sql-template-tag';
import { freeAddress, newAddress } from './address.ts';
import type { Database } from './database.ts';
import { beginRemote, type RemoteTransaction } from './remote-transaction.ts';
import { encode, onMessage, PROTOCOL, type Request, type Response, type Result } from './wire.ts';

/** A store that can copy itself. */
export interface EmbeddedStore extends Database {
  /** Writes a consistent copy of everything committed to a new file. */
  snapshot(path: string): Promise<void>;
}

export interface Serving {
  /** Takes no more clients and waits for those there are; after `graceMs` they are cut off, and rolled back. */
  close(graceMs: number): Promise<void>;
}

export interface ServeOptions {
  /** What this process is there for, told to clients: `crm run`. */
  who: string;
  /** A transaction from outside that is silent for so long is rolled back: it keeps everybody else waiting. */
  idleMs?: number;
}

/**
 * Lets other processes of the same user work with the store that this one holds, over a socket beside the store's file.
 * Their transactions take turns with this process's own.
 */
export async function serveStore(db: EmbeddedStore, store: string, options: ServeOptions): Promise<Serving> {
  const clients = new Set<Socket>();
  const server = createServer((socket) => {
    clients.add(socket);
    socket.on('close', () => clients.delete(socket));
    serveClient(db, socket, options);
  });
  const address = await newAddress(store);
  await new Promise<void>((done, failed) => server.once('error', failed).listen(address, done));
  if (process.platform !== 'win32') await chmod(address, 0o600);
  // The holder's own work must not end because it has nobody to serve.
  server.unref();
  return {
    async close(graceMs) {
      const gone = new Promise<void>((done) => server.close(() => done()));
      const cut = setTimeout(() => {
        for (const client of clients) client.destroy();
      }, graceMs);
      await gone;
      clearTimeout(cut);
      await freeAddress(store);
    },
  };
}

function serveClient(db: EmbeddedStore, socket: Socket, { who, idleMs = 30_000 }: ServeOptions): void {
  const transactions = new Map<number, RemoteTransaction>();
  let pending = 0;
  let idle: NodeJS.Timeout | undefined;
  const watch = (): void => {
    clearTimeout(idle);
    if (pending === 0 && transactions.size > 0) idle = setTimeout(() => socket.destroy(), idleMs);
  };

  const carryOut = async (request: Request): Promise<Result> => {
    if (request.op === 'begin') {
      const opened = await beginRemote(db);
      // Its turn may come when nobody waits for it any more.
      if (socket.destroyed) await opened.end(false);
      else transactions.set(request.tx, opened);
      return null;
    }
    const transaction = request.tx === undefined ? undefined : transactions.get(request.tx);
    if (request.tx !== undefined && !transaction) throw new Error('there is no such transaction');
    if (request.op === 'end') {
      transactions.delete(request.tx);
      await transaction?.end(request.commit);
      return null;
    }
    return execute(db, transaction?.db ?? db, request);
  };

  socket.on('error', () => socket.destroy());
  socket.on('close', () => {
    clearTimeout(idle);
    for (const transaction of transactions.values()) transaction.end(false).catch(() => {});
  });
  socket.write(encode({ protocol: PROTOCOL, pid: process.pid, who }));
  onMessage<Request>(socket, (request) => {
    pending++;
    watch();
    const answer = (response: Response): void => {
      pending--;
      watch();
      if (socket.writable) socket.write(encode(response));
    };
    carryOut(request).then(
      (result) => answer({ id: request.id, result }),
      (error: unknown) => answer({ id: request.id, refused: error instanceof Error ? error.message : String(error) }),
    );
  });
}

type Plain = Extract<Request, { op: 'query' | 'run' | 'load' | 'snapshot' }>;

async function execute(store: EmbeddedStore, db: Database, request: Plain): Promise<Result> {
  switch (request.op) {
    case 'query':
      return db.query(new Sql(request.strings, request.values));
    case 'run':
      return db.run(new Sql(request.strings, request.values));
    case 'load':
      await db.load(request.table, request.columns, request.rows);
      return null;
    case 'snapshot':
      await store.snapshot(request.path);
      return null;
  }
}
