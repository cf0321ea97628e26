import { randomUUID } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { UserError } from '../engine/user-error.ts';
import { t } from '../spec/words/t.ts';
import type { Io } from './io.ts';
import { replaceable } from './write.ts';

/** Writes a file that only its user can read, whole or not at all: it holds customers' data. */
export async function writePrivate(path: string, text: string | Buffer): Promise<void> {
  const { file } = await replaceable(path);
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
    await chmod(draft, 0o600);
    await rename(draft, file);
  } catch (error) {
    await rm(draft, { force: true });
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UserError(
      'unwritable-file',
      t`${path} cannot be written (${code}).`,
      t`Check the permissions of its folder.`,
    );
  }
}

/** Writes the file to the path of `-o`, otherwise into a new temporary folder. Returns its path. */
export async function writeOut(io: Io, out: string | undefined, name: string, text: string): Promise<string> {
  const path = out === undefined ? join(await mkdtemp(join(tmpdir(), 'kaskad-')), name) : resolve(io.cwd, out);
  await writePrivate(path, text);
  return path;
}
