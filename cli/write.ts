import { randomUUID } from 'node:crypto';
import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises';
import { UserError } from '../engine/user-error.ts';
import { t } from '../spec/words/t.ts';

/** Writes a file whole or not at all: a reader sees the old text or the new one, also after a crash. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const { file, mode } = await replaceable(path);
  const draft = `${file}.${randomUUID()}.tmp`;
  try {
    await writeFile(draft, text, { ...(mode !== undefined && { mode }) });
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

/**
 * Returns the file to which a path leads, and its mode if it exists. A link stays, and its target is written. Throws UserError for what is no
 * file, such as a device or a pipe: a new file would take its place for every program of the machine.
 */
export async function replaceable(path: string): Promise<{ file: string; mode?: number }> {
  const file = await realpath(path).catch(() => path);
  const facts = await stat(file).catch(() => undefined);
  if (!facts) return { file };
  if (facts.isFile()) return { file, mode: facts.mode };
  throw new UserError(
    'unsuitable-file',
    t`${path} is not a file, and is not replaced by one.`,
    t`Name a file, or leave the option out.`,
  );
}
