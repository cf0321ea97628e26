import { closeSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import type { Database } from '../store/database.ts';
import type { Entry } from './entry.ts';
import { ids } from './list.ts';

/** The outcome of each message, or null while it is on a connection. */
export type InTransit = Map<string, Entry | null>;

/**
 * Keeps the knowledge of what is on a connection where a kill does not reach it: a message is written down before it gets
 * a connection, and its outcome before the next message gets that connection. So a crash leaves no more messages in doubt
 * than there are connections.
 */
export interface Transit {
  /** The addresses (their hashes) of messages that are on connections, or have left and are not settled; by message. */
  readonly addresses: ReadonlyMap<string, string>;
  begin(message: string, address: string | null): void | Promise<void>;
  done(entry: Entry): void | Promise<void>;
  /** These are settled in the store. */
  settled(entries: Entry[]): void | Promise<void>;
  close(): void | Promise<void>;
}

export function openTransit(db: Database, worker: string): Transit {
  return db.folder === undefined ? new TableTransit(db.lane, worker) : new FileTransit(pathOf(db.folder, worker));
}

/** Returns the messages that a worker which is gone has left. */
export async function takeTransit(tx: Database, worker: string): Promise<InTransit> {
  if (tx.folder !== undefined) return readTransit(pathOf(tx.folder, worker));
  const rows = await tx.query<{ message: string; outcome: string | null }>(
    sql`DELETE FROM transit WHERE worker = ${worker}::text RETURNING message, outcome`,
  );
  const found: InTransit = new Map();
  for (const { message, outcome } of rows)
    if (outcome !== null || !found.has(message)) found.set(message, outcome === null ? null : JSON.parse(outcome));
  return found;
}

/** Removes the record of a worker whose messages are settled. */
export function dropTransit(db: Database, worker: string): void {
  if (db.folder !== undefined) rmSync(pathOf(db.folder, worker), { force: true });
}

/** Removes the records of all workers, when nothing is left to settle: a killed worker may have left a file that nobody needs. */
export function clearTransit(db: Database): void {
  if (db.folder !== undefined) rmSync(db.folder, { recursive: true, force: true });
}

class TableTransit implements Transit {
  readonly addresses = new Map<string, string>();
  private readonly lane: Database;
  private readonly worker: string;

  constructor(lane: Database, worker: string) {
    this.lane = lane;
    this.worker = worker;
  }

  begin(message: string, address: string | null): Promise<void> {
    if (address !== null) this.addresses.set(message, address);
    return this.insert(message, null, address);
  }

  done(entry: Entry): Promise<void> {
    return this.insert(entry.message, JSON.stringify(entry), null);
  }

  async settled(entries: Entry[]): Promise<void> {
    const messages = ids(entries.map((entry) => entry.message));
    await this.lane.run(sql`DELETE FROM transit WHERE worker = ${this.worker}::text AND message IN ${messages}`);
    for (const { message } of entries) this.addresses.delete(message);
  }

  close(): void {}

  private async insert(message: string, outcome: string | null, address: string | null): Promise<void> {
    await this.lane.run(sql`
      INSERT INTO transit (message, worker, outcome, address) VALUES (${message}, ${this.worker}, ${outcome}, ${address})`);
  }
}

/** A file is begun anew when it has grown to so many characters. */
const LONG = 4_000_000;

/**
 * Lines beside the embedded store: an append costs microseconds, where a commit costs a millisecond. The system keeps
 * what has been written when the process is killed, but not when the machine fails: see `boot` of a worker.
 */
class FileTransit implements Transit {
  readonly addresses = new Map<string, string>();
  private readonly path: string;
  private file: number;
  private readonly open = new Map<string, string>();
  private length = 0;

  constructor(path: string) {
    mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
    this.path = path;
    this.file = openSync(path, 'a', 0o600);
  }

  begin(message: string, address: string | null): void {
    if (address !== null) this.addresses.set(message, address);
    this.append(message, `b ${message}\n`);
  }

  done(entry: Entry): void {
    this.append(entry.message, `d ${JSON.stringify(entry)}\n`);
  }

  settled(entries: Entry[]): void {
    for (const { message } of entries) {
      this.open.delete(message);
      this.addresses.delete(message);
    }
    this.write(`s ${entries.map((entry) => entry.message).join(',')}\n`);
  }

  close(): void {
    closeSync(this.file);
    if (this.open.size === 0) rmSync(this.path, { force: true });
  }

  private append(message: string, line: string): void {
    this.open.set(message, line);
    this.write(line);
  }

  private write(line: string): void {
    writeSync(this.file, line);
    this.length += line.length;
    if (this.length > LONG) this.shorten();
  }

  private shorten(): void {
    const text = [...this.open.values()].join('');
    writeFileSync(`${this.path}.new`, text, { mode: 0o600 });
    renameSync(`${this.path}.new`, this.path);
    closeSync(this.file);
    this.file = openSync(this.path, 'a', 0o600);
    this.length = 0;
  }
}

function readTransit(path: string): InTransit {
  const found: InTransit = new Map();
  let text = '';
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return found;
  }
  // The text after the last line's end was cut off in the middle, and its event has not happened.
  for (const line of text.split('\n').slice(0, -1)) {
    const rest = line.slice(2);
    if (line.startsWith('b ')) found.set(rest, null);
    else if (line.startsWith('s ')) for (const message of rest.split(',')) found.delete(message);
    else {
      const entry = JSON.parse(rest) as Entry;
      found.set(entry.message, entry);
    }
  }
  return found;
}

const pathOf = (folder: string, worker: string) => join(folder, encodeURIComponent(worker));
