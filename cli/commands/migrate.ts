import { resolve } from 'node:path';
import { t } from '../../spec/words/t.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import type { ProjectOptions } from '../load.ts';
import { findRoot, isProject } from '../project.ts';
import { say } from '../say.ts';
import { storeExists, storePath, withStore } from '../store.ts';

/** Brings the store up to date, as every command does that opens it, and does nothing else: for a step before a new version runs. */
export async function migrate(io: Io, options: ProjectOptions): Promise<number> {
  const there = options.project !== undefined || isProject(resolve(io.cwd));
  const path = there ? await storePath(io, await findRoot(io.cwd, options.project), options) : undefined;
  const exists = path !== undefined && (await storeExists(path));
  if (exists) await withStore(io, path, { who: 'crm migrate', exclusive: true }, async () => {});
  if (options.json) await io.out(`${JSON.stringify({ format: 1, type: 'migrated', store: exists })}\n`);
  else await say(io, exists ? t`The store is up to date.` : t`There is no store yet: nothing to bring up to date.`);
  return exit.fine;
}
