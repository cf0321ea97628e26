import { createHash, randomBytes } from 'node:crypto';
import { readFile, rm, symlink, unlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

/** Sockets with longer paths are refused, or cut off in silence: the systems' limits are 104 to 108 bytes. */
const LONGEST = 100;
const LONGEST_NAME = 60;

/** Returns the path of the socket beside the store's file. */
export function socketOf(store: string): string {
  const path = resolve(store);
  const name = `${basename(path)}.sock`;
  return join(dirname(path), Buffer.byteLength(name) <= LONGEST_NAME ? name : `.${digest(path)}.sock`);
}

/**
 * Calls `use` with an address that leads to the store's socket. Where its path is too long, that is a path through a
 * symbolic link, which exists only until `use` resolves.
 */
export async function withAddress<T>(store: string, use: (address: string) => Promise<T>): Promise<T> {
  if (process.platform === 'win32') return use(`\\\\.\\pipe\\kaskad-${digest(resolve(store).toLowerCase())}`);
  const socket = socketOf(store);
  if (Buffer.byteLength(socket) <= LONGEST) return use(socket);
  const name = `kaskad-${randomBytes(6).toString('hex')}`;
  const fits = Buffer.byteLength(join(tmpdir(), name, basename(socket))) <= LONGEST;
  const link = join(fits ? tmpdir() : '/tmp', name);
  await symlink(dirname(socket), link);
  try {
    return await use(join(link, basename(socket)));
  } finally {
    await unlink(link);
  }
}

/** Removes the socket of a process that is gone; nothing else listens there once the store is locked. */
export async function removeSocket(store: string): Promise<void> {
  if (process.platform !== 'win32') await rm(socketOf(store), { force: true });
}

/** The process that holds a store. */
export interface Holder {
  pid: number;
  /** The command: `crm run`. */
  who: string;
}

const noteOf = (store: string) => `${resolve(store)}.pid`;

/** Notes who holds the store, so that others can name a process that does not answer. Nothing depends on it. */
export async function noteHolder(store: string, { pid, who }: Holder): Promise<void> {
  await writeFile(noteOf(store), `${pid} ${who}\n`, { mode: 0o600 }).catch(() => {});
}

export async function removeNote(store: string): Promise<void> {
  await rm(noteOf(store), { force: true }).catch(() => {});
}

/** Returns what was noted last; undefined without a note, or with one that cannot be read. */
export async function notedHolder(store: string): Promise<Holder | undefined> {
  const text = await readFile(noteOf(store), 'utf8').catch(() => '');
  const [, pid, who] = /^(\d{1,10}) ([\x20-\x7e]{1,80})\n$/.exec(text) ?? [];
  return pid !== undefined && who !== undefined ? { pid: Number(pid), who } : undefined;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16);
}
