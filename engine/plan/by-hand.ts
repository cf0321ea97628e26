import { type Edited, editedInStore } from '../deploy/edited.ts';
import type { Database } from '../store/database.ts';
import { knownPauses, type Pause } from '../store/pauses.ts';
import { launchesToCome, type PendingLaunch } from '../tick/launch.ts';

/** The differences between a store and what was applied to it: people asked for them, or another program edited the tables. An apply keeps them. */
export interface ByHand {
  pauses: Pause[];
  /** The launches that no tick has taken yet. */
  launches: PendingLaunch[];
  /** The edits of another program. */
  edited: Edited[];
}

export const nothingByHand: ByHand = { pauses: [], launches: [], edited: [] };

/** Finds the changes made by hand in a store to which something is applied. */
export async function byHand(db: Database): Promise<ByHand> {
  return { pauses: await knownPauses(db), launches: await launchesToCome(db), edited: await editedInStore(db) };
}
