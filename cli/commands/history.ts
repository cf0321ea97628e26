import { recordedDeployments } from '../../engine/deploy/deployments.ts';
import { nothingApplied } from '../../engine/deploy/runnable.ts';
import { history as read } from '../../engine/plan/history.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import type { ProjectOptions } from '../load.ts';
import { findRoot } from '../project.ts';
import { storePath, withExistingStore } from '../store.ts';
import { historyJson, renderHistory } from '../views/history.ts';

export interface HistoryOptions extends ProjectOptions {
  /** The number of deployments to list, from 1. */
  limit: number;
}

/** Lists the deployments of a store, the applied one first. */
export async function history(io: Io, options: HistoryOptions): Promise<number> {
  const root = await findRoot(io.cwd, options.project);
  const path = await storePath(io, root, options);
  const { found, zone } = await withExistingStore(io, path, { who: 'crm history' }, async (db) => {
    const [now] = await recordedDeployments(db, { limit: 1 });
    if (!now) throw nothingApplied();
    return { found: await read(db, options.limit), zone: now.program.project.timezone };
  });
  await io.out(options.json ? `${JSON.stringify(historyJson(found))}\n` : renderHistory(found, zone, io.view));
  return exit.fine;
}
