import { join } from 'node:path';
import {
  createPlan,
  type PlanInput,
  readAppliedState,
  readStoreState,
  type StoreState,
} from '../engine/plan/create-plan.ts';
import type { Plan } from '../engine/plan/plan.ts';
import type { EmbeddedStore } from '../engine/store/serve.ts';
import { UserError } from '../engine/user-error.ts';
import { surfaceOfProject } from '../spec/document-files.ts';
import type { Model } from '../spec/model/model.ts';
import { t } from '../spec/words/t.ts';
import { authorsOf, commitOf } from './git.ts';
import type { Io } from './io.ts';
import { lackingSecrets } from './lacking-secrets.ts';
import type { Loaded } from './load.ts';
import { progress } from './progress.ts';
import { storeExists, withStore } from './store.ts';
import { withTemporaryFolder } from './temporary.ts';

export interface Planning {
  /** The name of the command, for messages of other processes. */
  who: string;
  allowBadData?: boolean | undefined;
  /** About how many customers the forecast simulates; absent: all. */
  sample?: number | undefined;
  /** The commit of the files, null for none; absent: that of the folder. */
  commit?: string | null | undefined;
  /** Gets whom the project would send what. */
  onRecipients?: PlanInput['onRecipients'];
  /** The days to simulate instead of the coming 7, on the data files alone. */
  period?: PlanInput['period'];
  /** Gets the store of the simulation when the data files have been read. */
  onRead?: PlanInput['onRead'];
  /** The e-mail addresses of those who wrote the commit; absent: by the git of the folder. */
  authors?: string[] | undefined;
  /** Addresses of the resources that alone are changed; absent, or none: all are. */
  targets?: readonly string[] | undefined;
  /** The plan goes back to an earlier deployment. */
  rollback?: boolean;
  /** The files to compare with, instead of a store. */
  against?: PlanInput['against'] | undefined;
}

/**
 * Creates a plan of a project against the store at a path, or an open one, or an empty one, or none. Changes neither, and holds the store
 * only while it reads it.
 */
export function planProject(
  io: Io,
  loaded: Loaded,
  store: string | EmbeddedStore | undefined,
  planning: Planning,
): Promise<Plan> {
  return withTemporaryFolder(io.now(), (folder) => planIn(folder, io, loaded, store, planning));
}

async function planIn(
  folder: string,
  io: Io,
  { root, model, origins, files, environment }: Loaded,
  at: string | EmbeddedStore | undefined,
  {
    who,
    allowBadData = false,
    sample,
    against,
    rollback,
    targets = [],
    commit: known,
    authors: given,
    onRecipients,
    period,
    onRead,
  }: Planning,
): Promise<Plan> {
  const signal = io.interrupted();
  const shown = progress(io, t`forecasting`);
  try {
    const commit = known === undefined ? await commitOf(root) : (known ?? undefined);
    const snapshot = period ? undefined : join(folder, 'snapshot.duckdb');
    const store = at === undefined ? undefined : await stateOf(io, model, at, who, snapshot);
    const authors = given ?? (commit === undefined ? [] : await authorsOf(root, store?.applied?.commit));
    const plan = await createPlan({
      desired: model,
      surface: surfaceOfProject(files),
      at: io.now(),
      tz: io.tz,
      root,
      allowBadData,
      onRecipients,
      signal,
      folder,
      ...(period && { period }),
      ...(onRead && { onRead }),
      ...(sample !== undefined && { sample: { size: sample, folder } }),
      ...(store && { store }),
      ...(against ? { against } : { lacking: (program) => lackingSecrets(io, root, program) }),
      origins,
      ...(environment !== undefined && { environment }),
      ...(commit !== undefined && { commit }),
      ...(authors.length > 0 && { authors }),
      ...(rollback && { rollback }),
      ...(targets.length > 0 && { targets }),
      onReading: (share) => shown.at(t`reading the data`, share),
      onProgress: (share) => shown.at(t`forecasting`, share),
    });
    signal.throwIfAborted();
    return plan;
  } catch (error) {
    if (!signal.aborted) throw error;
    throw new UserError('interrupted', t`Interrupted: there is no plan.`);
  } finally {
    shown.end();
  }
}

/** `copy`: where a copy of the store is written; absent: only what is applied is read. */
async function stateOf(
  io: Io,
  desired: Model,
  at: string | EmbeddedStore,
  who: string,
  copy: string | undefined,
): Promise<StoreState | undefined> {
  const read = async (db: EmbeddedStore): Promise<StoreState> => {
    if (copy === undefined) return readAppliedState(db);
    const snapshot = async () => {
      await db.snapshot(copy);
      return copy;
    };
    return readStoreState(db, snapshot, { desired, at: io.now() });
  };
  if (typeof at !== 'string') return read(at);
  return (await storeExists(at)) ? withStore(io, at, { who }, read) : undefined;
}
