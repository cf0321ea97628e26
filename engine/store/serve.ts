import { chmod } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { noteHolder, removeNote, removeSocket, socketOf, withAddress } from './address.ts';
import type { Database } from './database.ts';
import { Guest } from './guest.ts';

/** A store that can copy itself. */
export interface EmbeddedStore extends Database {
  /** Writes a consistent copy of everything committed to a new file. */
  snapshot(path: string): Promise<void>;
}

export interface Serving {
  /**
   * Begins no more work for guests, and waits for what they have begun: their transactions and statements. What is
   * not over after `graceMs` is rolled back.
   */
  close(graceMs: number): Promise<void>;
}

export interface ServeOptions {
  /** The command that this process runs, for the messages of others: `crm run`. */
  who: string;
  /** True if this process holds the store until somebody ends it. */
  lasting?: boolean;
  /** A guest's transaction that is silent for so long is rolled back: it keeps everybody else waiting. Default: 30 s. */
  idleMs?: number;
  /** Called after another process has committed a change. */
  onChange?(): void;
}

/** More guests at once are turned away. */
const MOST_GUESTS = 64;

/**
 * Lets other processes of the same user work with the store that this one holds, over a socket beside the store's file.
 * Their transactions take turns with this process's own.
 */
export async function serveStore(db: EmbeddedStore, store: string, options: ServeOptions): Promise<Serving> {
  const guests = new Set<Guest>();
  const server = createServer((socket) => {
    const guest = new Guest(db, socket, options);
    guests.add(guest);
    socket.on('close', () => guests.delete(guest));
  });
  server.maxConnections = MOST_GUESTS;
  await removeSocket(store);
  await withAddress(store, (address) => listen(server, address));
  if (process.platform !== 'win32') await chmod(socketOf(store), 0o600);
  await noteHolder(store, { pid: process.pid, who: options.who });
  // The holder's own work must not end because it has nobody to serve.
  server.unref();
  return {
    async close(graceMs) {
      const gone = new Promise<void>((done) => server.close(() => done()));
      for (const guest of guests) guest.leave();
      const cut = setTimeout(() => {
        for (const guest of guests) guest.destroy();
      }, graceMs);
      await gone;
      clearTimeout(cut);
      await removeNote(store);
      await removeSocket(store);
    },
  };
}

function listen(server: Server, address: string): Promise<void> {
  return new Promise((done, failed) => server.once('error', failed).listen(address, done));
}
