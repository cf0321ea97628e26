import { access, chmod, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { t } from '../../spec/words/t.ts';
import { UserError } from '../user-error.ts';
import { type Holder, notedHolder, noteHolder } from './address.ts';
import { DuckDb } from './duckdb.ts';
import { refuseOtherFiles, worldFault } from './faults.ts';
import { dial, SILENCE, silent } from './line.ts';
import { RemoteDatabase } from './remote.ts';
import { type EmbeddedStore, serveStore } from './serve.ts';
import { type Access, SharedStore } from './shared.ts';
import { type Upgrade, upgradeStore } from './upgrade.ts';

export interface OpenOptions {
  /** The command that this process runs, for the messages of others: `crm run`. */
  who: string;
  /** True if this process must hold the store itself: a process that sends must not depend on another one. */
  exclusive?: boolean;
  /** True if this process holds the store until a person ends it. Others do not wait for that. */
  lasting?: boolean;
  /** The time to wait for a process that holds the store and does not let us in. Default: 35 seconds; 5 for one that does not serve. */
  patienceMs?: number;
  /** The time that a close waits for what guests have begun. Default: 30 seconds. */
  graceMs?: number;
  /** A guest's transaction that is silent for so long is rolled back. Default: 30 seconds. */
  idleMs?: number;
  /** The time that the holder may give no sign of life. Default: 10 seconds. */
  silenceMs?: number;
  /** Called once if a process that holds the store is waited for. */
  onWait?(holder: Holder): void;
  /** Called if the store was of an earlier version, and has been migrated. `copy`: the path of the store as it was. */
  onUpgrade?(upgrade: Upgrade & { copy: string }): void;
}

export interface OpenStore {
  db: EmbeddedStore;
  /** True if this process held the store when it was opened. */
  holds: boolean;
  close(): Promise<void>;
}

const STEP = 100;
/** Longer than a holder that ends waits for its guests. */
const PATIENCE = 35_000;
/** For a process that holds the file and does not serve it: another program, as a rule. */
const PATIENCE_UNSERVED = 5000;
const GRACE = 30_000;

/** Stores that this process holds: the file's lock does not keep a process from opening it twice. */
const ours = new Map<string, Holder>();

/**
 * Opens the embedded store, creating it where absent, and brings it up to date where an earlier version has written it. One process can hold the file; the first one does, and serves it
 * to the others until it ends; then one of them holds it. Throws UserError where it is held by a process that does not
 * serve, is no store, or was written by a later version.
 */
export async function openStore(path: string, options: OpenOptions): Promise<OpenStore> {
  const entered = await enter(path, options);
  if (options.exclusive) return entered;
  const db = new SharedStore(entered, () => enter(path, options));
  return { db, holds: entered.holds, close: () => db.close() };
}

async function enter(path: string, options: OpenOptions): Promise<Access> {
  await makeFolder(dirname(path));
  for (let waited = 0; ; waited += STEP) {
    const held = await hold(path, options);
    if ('db' in held) return held;
    const line = await dial(path, options.silenceMs ?? SILENCE);
    if (line === 'silent') throw silent(await nameOf(path, held));
    if (line && !options.exclusive) {
      const db = new RemoteDatabase(line);
      return { db, holds: false, close: () => db.close() };
    }
    const holder = line?.greeting ?? (await nameOf(path, held));
    // Without a line it is at its start or its end, unless it is another program.
    const serves = line !== undefined || holder !== held;
    await line?.close();
    if (line?.greeting.lasting)
      throw new UserError(
        'store-locked',
        t`The store ${path} is held by ${named(holder)}, which ticks and sends already.`,
        t`Only one process can send. End that one first to do it by hand.`,
      );
    if (waited >= (options.patienceMs ?? (serves ? PATIENCE : PATIENCE_UNSERVED)))
      throw new UserError(
        'store-locked',
        t`The store ${path} is in use by another process (${named(holder)}).`,
        t`Stop that process, or wait for its end.`,
      );
    if (waited === 0) options.onWait?.(holder);
    await pause(STEP);
  }
}

/** Returns the store, or who holds it, as far as DuckDB knows. */
async function hold(path: string, options: OpenOptions): Promise<Access | Holder> {
  const key = resolve(path);
  const own = ours.get(key);
  if (own) return own;
  ours.set(key, { pid: process.pid, who: options.who });
  let db: DuckDb;
  try {
    await refuseOtherFiles(path);
    db = await DuckDb.open(path);
  } catch (error) {
    ours.delete(key);
    if (error instanceof UserError) throw error;
    return holderIn(path, error);
  }
  try {
    await keepPrivate(path);
    await bringUpToDate(db, path, options);
    const onChange = () => {
      db.guestChanges++;
    };
    const serving = await serveStore(db, path, { ...options, onChange });
    const close = async () => {
      await serving.close(options.graceMs ?? GRACE);
      await db.close();
      ours.delete(key);
    };
    return { db, holds: true, close };
  } catch (error) {
    await db.close();
    ours.delete(key);
    throw error;
  }
}

/** Migrates a store of an earlier version, after a copy of it, which is never written over. */
async function bringUpToDate(db: DuckDb, path: string, options: OpenOptions): Promise<void> {
  let copy = '';
  const upgrade = await upgradeStore(db, async (version) => {
    // Others wait longer for a process that has noted itself.
    await noteHolder(path, { pid: process.pid, who: options.who });
    copy = await copyStore(db, path, version);
  });
  if (upgrade) options.onUpgrade?.({ ...upgrade, copy });
}

/** Returns the path of the copy, which appears under its name when it is whole. */
async function copyStore(db: DuckDb, path: string, version: number): Promise<string> {
  let copy = `${path}.v${version}.bak`;
  for (let n = 2; await exists(copy); n++) copy = `${path}.v${version}.${n}.bak`;
  const unfinished = `${copy}.part`;
  try {
    await removeDatabase(unfinished);
    await db.snapshot(unfinished);
    await tighten(unfinished, 0o600);
    await rename(unfinished, copy);
  } catch (error) {
    await removeDatabase(unfinished).catch(() => {});
    throw worldFault(error, t`The store ${path} cannot be copied before it is brought up to date`) ?? error;
  }
  return copy;
}

/** Removes a database with its log, which may outlast it where the disk was full or the process was killed. */
async function removeDatabase(path: string): Promise<void> {
  for (const file of [path, `${path}.wal`]) await rm(file, { force: true });
}

const exists = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

/** Returns the holder of the file's lock. DuckDB's message is all that distinguishes a lock from any other failure. */
function holderIn(path: string, error: unknown): Holder {
  const message = error instanceof Error ? error.message : String(error);
  const [, program, pid] = /Conflicting lock is held in (.*?) ?\(PID (\d+)\)/.exec(message) ?? [];
  if (pid) return { pid: Number(pid), who: program ?? t`another program` };
  if (/set lock on file|used by another process/.test(message)) return { pid: 0, who: t`of another user` };
  const fault = worldFault(error, t`The store ${path} cannot be opened`);
  if (fault) throw fault;
  throw new UserError(
    'store-unusable',
    t`The store ${path} cannot be opened: ${message.split('\n')[0]?.replace(/^[A-Za-z ]+Error: /, '') ?? ''}`,
    t`Restore the file from a backup. An empty store instead would know nothing of consent and of what was sent.`,
  );
}

/** Returns the holder with its command, which a process of ours has noted; DuckDB knows only its program. */
async function nameOf(path: string, locked: Holder): Promise<Holder> {
  const noted = await notedHolder(path);
  return noted && (noted.pid === locked.pid || locked.pid === 0) ? noted : locked;
}

const named = ({ who, pid }: Holder) => (pid === 0 ? who : `${who}, PID ${pid}`);

/** Creates the folder. One that Kaskad has created is readable for its user only: it holds customers' data. */
async function makeFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((error: unknown) => {
    throw worldFault(error, t`The folder ${folder} cannot be made`) ?? error;
  });
  if (basename(folder) === '.kaskad') await tighten(folder, 0o700);
}

async function keepPrivate(path: string): Promise<void> {
  for (const file of [path, `${path}.wal`]) await tighten(file, 0o600);
}

/** Tightens the mode of a file. Files of other users stay as they are. */
async function tighten(path: string, mode: number): Promise<void> {
  if (process.platform !== 'win32') await chmod(path, mode).catch(() => {});
}
