import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { UserError } from '../user-error.ts';
import { addressOf } from './address.ts';
import { DuckDb } from './duckdb.ts';
import { dial, RemoteDatabase } from './remote.ts';
import { type EmbeddedStore, serveStore } from './serve.ts';

export interface OpenOptions {
  /** What this process is there for, told to others: `crm run`. */
  who: string;
  /** Only as the process that holds the store, never as another's guest. */
  exclusive?: boolean;
  /** How long to wait for a process that holds the store and does not let us in. Default: 5 seconds. */
  patienceMs?: number;
  /** How long a close waits for guests. Default: 5 seconds. */
  graceMs?: number;
}

export interface OpenStore {
  db: EmbeddedStore;
  /** Whether this process holds the store itself. */
  holds: boolean;
  close(): Promise<void>;
}

const STEP = 100;

/**
 * Opens the embedded store, creating it where absent. One process can hold the file; the first to come does, and serves
 * it to those who come later. Throws UserError where it is held by a process that does not serve, or is no store.
 */
export async function openStore(path: string, options: OpenOptions): Promise<OpenStore> {
  await mkdir(dirname(path), { recursive: true });
  for (let waited = 0; ; waited += STEP) {
    const held = await hold(path, options);
    if ('db' in held) return held;
    const line = await dial(await addressOf(path));
    if (line && !options.exclusive) {
      const db = new RemoteDatabase(line);
      return { db, holds: false, close: () => db.close() };
    }
    const who = line ? `${line.greeting.who}, PID ${line.greeting.pid}` : held.by;
    await line?.close();
    if (waited >= (options.patienceMs ?? 5000))
      throw new UserError(
        `The store ${path} is in use by another process (${who}).`,
        'Stop that process, or wait for its end.',
      );
    await pause(STEP);
  }
}

/** The store, or who has it. */
async function hold(path: string, options: OpenOptions): Promise<OpenStore | { by: string }> {
  let db: DuckDb;
  try {
    db = await DuckDb.open(path);
  } catch (error) {
    return { by: holder(path, error) };
  }
  try {
    const serving = await serveStore(db, path, options);
    const close = async () => {
      await serving.close(options.graceMs ?? 5000);
      await db.close();
    };
    return { db, holds: true, close };
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** Out of DuckDB's words; there is nothing else to tell a lock from any other failure. */
function holder(path: string, error: unknown): string {
  const said = error instanceof Error ? error.message : String(error);
  const [, program, pid] = /Conflicting lock is held in (.*?) ?\(PID (\d+)\)/.exec(said) ?? [];
  if (pid) return `PID ${pid}${program ? `, ${program}` : ''}`;
  if (/set lock on file|used by another process/.test(said)) return 'of another user';
  throw new UserError(
    `The store ${path} cannot be opened: ${said.split('\n')[0]?.replace(/^[A-Za-z ]+Error: /, '')}`,
    'Restore the file from a backup, or move it away to begin with an empty store.',
  );
}
