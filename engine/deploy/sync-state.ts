import sql from 'sql-template-tag';
import type { Database } from '../store/database.ts';
import { setMeta } from '../store/meta.ts';
import { hasTables } from './apply.ts';

/** The reason for which a wanted commit does not run. */
export type SyncTrouble =
  /** The repository or the branch cannot be fetched. */
  | 'unreachable'
  /** The commit has no signature that is trusted. */
  | 'unsigned'
  /** The files have errors, the plan cannot be made, or a channel cannot be opened. */
  | 'broken'
  /** Files were edited in the folder, and would be lost. The wanted commit may run nonetheless. */
  | 'edited'
  /** The plan waits for an approval. */
  | 'waiting';

/** The state of taking a project from git. Instants are epoch milliseconds. */
export interface SyncState {
  /** The repository and its branch, without credentials. */
  source: string;
  /** The environment that is chosen; absent: none. */
  environment?: string;
  /** The commit that the sync has applied last. */
  applied?: string;
  /** The serial of the deployment that ran then. An apply since was by hand. */
  deployment?: number;
  /** The commit that the branch had at the last fetch that succeeded. */
  wanted?: string;
  fetchedAt?: number;
  /** Absent: the wanted commit runs, or nothing was fetched yet. `since`: of this trouble with this commit. */
  trouble?: { kind: SyncTrouble; reasons: string[]; since: number };
  /**
   * The plan of the wanted commit that waits for a person. `base`: the deployment that it was made against; 0: none. `allow`: the words by which
   * `crm apply` lets it pass, where it does not need `approvals`. `refused`: it was approved, and an apply of it refused nonetheless.
   */
  plan?: {
    commit: string;
    hash: string;
    base: number;
    expiresAt: number;
    reasons: string[];
    allow: string[];
    approvals: number;
    refused?: true;
  };
}

const NAME = 'sync';

/** Returns the state; undefined where nothing has been synced to the store. */
export async function readSync(db: Database): Promise<SyncState | undefined> {
  if (!(await hasTables(db))) return undefined;
  const [row] = await db.query<{ value: string }>(sql`SELECT value FROM meta WHERE name = ${NAME}`);
  return row && (JSON.parse(row.value) as SyncState);
}

/** A store in which nothing is applied yet keeps no state. */
export async function writeSync(db: Database, state: SyncState): Promise<void> {
  if (await hasTables(db)) await setMeta(db, NAME, JSON.stringify(state));
}
