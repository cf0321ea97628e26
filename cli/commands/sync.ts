import { recordedDeployments } from '../../engine/deploy/deployments.ts';
import { t } from '../../spec/words/t.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { say } from '../say.ts';
import { storePath, withStore } from '../store.ts';
import { beginSync, putFirstFiles, type SyncOptions } from '../sync/begin.ts';
import { syncOnce } from '../sync/round.ts';
import { clockFormat } from '../views/format.ts';
import { syncJson, syncWords } from '../views/sync.ts';

const quiet = { info: () => {}, warn: () => {} };

/** Brings the project to the commit of a branch, once; for cron and the like. */
export async function sync(io: Io, source: string, options: SyncOptions): Promise<number> {
  const at = await beginSync(io, source, options, quiet);
  await putFirstFiles(at);
  const path = await storePath(io, at.root, options);
  return withStore(io, path, { who: 'crm sync' }, async (db) => {
    const state = await syncOnce(db, at);
    const [now] = await recordedDeployments(db, { limit: 1 });
    const zone = now?.program.project.timezone ?? 'UTC';
    if (options.json) await io.out(`${JSON.stringify({ format: 1, type: 'sync', ...(state && syncJson(state)) })}\n`);
    else if (!state) await say(io, t`Another process syncs this store.`);
    else
      await say(
        io,
        syncWords(state, now ? { serial: now.serial, commit: now.commit ?? null } : null, clockFormat(zone)).join('\n'),
      );
    if (!state?.trouble) return exit.fine;
    return state.trouble.kind === 'waiting' ? exit.refused : exit.error;
  });
}
