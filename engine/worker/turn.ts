import sql from 'sql-template-tag';
import { hasTables, takeApplyLock } from '../deploy/apply.ts';
import type { Database } from '../store/database.ts';
import { setMeta } from '../store/meta.ts';
import { sharedClock } from './leases.ts';

interface Turn {
  worker: string;
  /** Epoch milliseconds by the clock that all workers of a store share. */
  until: number;
}

/**
 * Returns true if it is this worker's turn to do a work that exactly one worker of a store does; it then is for `ms` milliseconds more. Another worker takes
 * it over when the one that has it does not ask for so long.
 */
export async function takeTurn(
  store: Database,
  work: string,
  {
    worker,
    now,
    ms,
    clock = sharedClock,
  }: { worker: string; now: () => number; ms: number; clock?: typeof sharedClock },
): Promise<boolean> {
  const name = `turn ${work}`;
  return store.transaction(async (db) => {
    await takeApplyLock(db);
    // Of several first applies, one succeeds.
    if (!(await hasTables(db))) return true;
    const at = await clock(db, now)();
    const [row] = await db.query<{ value: string }>(sql`SELECT value FROM meta WHERE name = ${name}`);
    const turn = row && (JSON.parse(row.value) as Turn);
    // An embedded store has one owner: whoever had the turn before is gone.
    const free = !turn || turn.worker === worker || turn.until <= at || db.dialect.name === 'duckdb';
    if (free) await setMeta(db, name, JSON.stringify({ worker, until: at + ms } satisfies Turn));
    return free;
  });
}
