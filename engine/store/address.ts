import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

/** The systems' limit is 104 to 108 bytes, and longer paths are cut off in silence. */
const LONGEST = 100;

const beside = (store: string) => `${resolve(store)}.sock`;
const note = (store: string) => `${beside(store)}.path`;

/** Where the process that holds the store may be listening. */
export async function addressOf(store: string): Promise<string> {
  if (process.platform === 'win32') return pipe(store);
  return fits(store) ? beside(store) : await readFile(note(store), 'utf8').catch(() => beside(store));
}

/**
 * A free address for the process that has just got hold of the store: whatever listened there before is dead.
 * Where the path is too long for a socket, it is in a folder of its own, and a note beside the store says where.
 */
export async function newAddress(store: string): Promise<string> {
  if (process.platform === 'win32') return pipe(store);
  await freeAddress(store);
  if (fits(store)) return beside(store);
  const address = join(await mkdtemp(join(tmpdir(), 'kaskad-')), 'store.sock');
  await writeFile(note(store), address, { mode: 0o600 });
  return address;
}

/** Leaves nothing behind. */
export async function freeAddress(store: string): Promise<void> {
  if (process.platform === 'win32') return;
  const address = await addressOf(store);
  await rm(address, { force: true });
  if (address === beside(store)) return;
  await rm(note(store), { force: true });
  await rm(dirname(address), { recursive: true, force: true });
}

function fits(store: string): boolean {
  return Buffer.byteLength(beside(store)) <= LONGEST;
}

function pipe(store: string): string {
  return `\\\\.\\pipe\\kaskad-${createHash('sha256').update(resolve(store).toLowerCase()).digest('hex').slice(0, 16)}`;
}
