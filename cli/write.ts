import { randomUUID } from 'node:crypto';
import { rename, rm, stat, writeFile } from 'node:fs/promises';
import { UserError } from '../engine/user-error.ts';
import { t } from '../spec/words/t.ts';

/** Writes a file whole or not at all: a reader sees the old text or the new one, also after a crash. */
export async function writeWhole(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    const mode = await stat(path).then(
      (facts) => facts.mode,
      () => undefined,
    );
    await writeFile(draft, text, { ...(mode !== undefined && { mode }) });
    await rename(draft, path);
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
