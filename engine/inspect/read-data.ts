import { intake } from '../data/intake/intake.ts';
import { applyProgram } from '../deploy/apply.ts';
import { gridInstant } from '../program/facts.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { DuckDb } from '../store/duckdb.ts';
import { runTick } from '../tick/run-tick.ts';

export interface Reading {
  /** The folder at which the sources' paths start. */
  root: string;
  /** Epoch milliseconds. Rows of later instants are not seen. */
  at: number;
  /** Version of the tz database in use. */
  tz: string;
  /** Called with the share of the data files that has been read, from 0 to 1. */
  onReading?: ((share: number) => void) | undefined;
  /** Called when the data files have been read. */
  onRead?: (db: Database) => Promise<void>;
}

/**
 * Reads the data files into a store in memory, as a simulation does. Nobody enters a campaign: the deployment in it has
 * none. The caller closes it.
 */
export async function readData(program: Program, { root, at, tz, onReading, onRead }: Reading): Promise<Database> {
  const db = await DuckDb.open(':memory:', { threads: '1' });
  const data: Program = { ...program, campaigns: [] };
  const now = gridInstant(program, at);
  try {
    await applyProgram(db, { program: data, at, lineage: 'look' });
    await runTick(db, data, now, tz, async (tx) => {
      await intake(tx, data, { root, at: now, rehearsal: true, onReading });
      await onRead?.(tx);
    });
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}
