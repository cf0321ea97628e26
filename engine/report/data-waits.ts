import { t } from '../../spec/words/t.ts';
import { unreadable } from '../data/intake/unreadable.ts';
import { lossOf } from '../data/intake/unreadable-error.ts';
import { knownWithheld } from '../data/intake/withheld.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';

/** A campaign that is withheld until a data file can be relied on again. */
export interface DataWait {
  campaign: string;
  path: string;
  /** Epoch milliseconds. */
  since: number;
  /** The loss of the file, in words. */
  why: string;
}

/** Returns the campaigns that wait for data, with the files. */
export async function dataWaits(db: Database, program: Program): Promise<DataWait[]> {
  const withheld = await knownWithheld(db);
  if (withheld.length === 0) return [];
  const losses = new Map((await unreadable(db, program)).map((file) => [file.path, lossOf(file)]));
  return withheld.map((one) => ({
    ...one,
    why: losses.get(one.path) ?? t`it is good again, and the next tick goes on`,
  }));
}
