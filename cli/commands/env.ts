import { readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../engine/user-error.ts';
import { isTemporary } from '../../spec/document/environment.ts';
import { t } from '../../spec/words/t.ts';
import { environmentAt } from '../environment.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import type { ProjectOptions } from '../load.ts';
import { findRoot } from '../project.ts';
import { say } from '../say.ts';
import { storeExists, storePath, withStore } from '../store.ts';

/** Deletes the store of a temporary environment, and the files that it has written instead of sending. */
export async function removeEnvironment(io: Io, name: string, options: ProjectOptions): Promise<number> {
  const root = await findRoot(io.cwd, options.project);
  const found = await environmentAt(root, name);
  if (!isTemporary(found?.value) || found?.name === name)
    throw new UserError(
      'not-temporary',
      t`\`${name}\` is no temporary environment: its store stays.`,
      t`Temporary ones are those of a file with \`temporary: true\`: pr-12, where the file is environments/pr.yaml.`,
    );
  const path = await storePath(io, root, { ...options, env: name });
  const existed = await storeExists(path);
  // A process that still sends there must be ended by a person.
  if (existed) await withStore(io, path, { who: 'crm env remove', exclusive: true }, async () => {});
  for (const file of await filesOf(path)) await rm(file, { recursive: true });
  await rm(join(root, 'out', name), { recursive: true, force: true });
  if (options.json) await io.out(`${JSON.stringify({ format: 1, type: 'environment-removed', name, existed })}\n`);
  else await say(io, existed ? t`Removed the store of ${name}.` : t`${name} had no store.`);
  return exit.fine;
}

/** Returns the files of a store, and those beside it that begin with its name. */
async function filesOf(store: string): Promise<string[]> {
  const files = await readdir(dirname(store)).catch(() => []);
  const name = basename(store);
  return files.filter((file) => file === name || file.startsWith(`${name}.`)).map((file) => join(dirname(store), file));
}
