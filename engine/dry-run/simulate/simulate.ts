import sql from 'sql-template-tag';
import { intake } from '../../data/intake/intake.ts';
import { withhold } from '../../data/intake/withheld.ts';
import { nextExpiry } from '../../delivery/expire-paused.ts';
import { applyProgram } from '../../deploy/apply.ts';
import { gridInstant } from '../../program/facts.ts';
import type { Program } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import { DuckDb } from '../../store/duckdb.ts';
import { messageStatus } from '../../store/outcome-sql.ts';
import { requestLaunch } from '../../tick/launch.ts';
import { nextInstant, runTick } from '../../tick/run-tick.ts';
import { deliver, type Engagement, ofCustomers } from './deliver.ts';
import { needsWalk, runRounds } from './rounds.ts';

const manyRows = 500_000;

export interface SimulationInput {
  program: Program;
  /** Epoch milliseconds; the run covers the grid instants of [from, to). */
  from: number;
  to: number;
  /** The instant of the apply, before which nothing lets customers enter, epoch milliseconds; absent: `from`. */
  appliedAt?: number;
  /** Version of the tz database in use. */
  tz: string;
  /** Decides who opens and clicks; the same seed gives the same tables. */
  seed: string;
  engagement: Engagement;
  /** The folder from which the program's sources are read. */
  root: string;
  /** A DuckDB file with the state to start from, which is changed; absent: an empty store. */
  snapshot?: string;
  /** Ticks from instant to instant, as production does: the reference, and slower. */
  walk?: boolean;
  /** Campaigns that are launched by hand at the beginning. */
  launches?: string[];
  /** Called with the share of the data files that has been read, from 0 to 1. */
  onReading?: ((share: number) => void) | undefined;
  /** Called when the data files have been read; what it throws ends the simulation. */
  onRead?: (db: Database) => Promise<void>;
  /** Called after each tick with its virtual instant, and after each round with the instant that no customer is before. */
  onTick?: (now: number, db: Database) => void | Promise<void>;
  /** Called with the share of the simulation that is done, from 0 to 1; it never falls. */
  onProgress?: ((share: number) => void) | undefined;
  /** The number of rows from which on rounds set the customers apart who are still on the way; see near.ts. */
  enough?: number;
  /** Ends the simulation, which then throws the signal's reason. */
  signal?: AbortSignal | undefined;
}

/**
 * Runs the compiled program on the given data under a virtual clock: in rounds, in which each customer jumps to the next instant
 * at which something is due for him, or where customers depend on one another, from one such instant to the next for all.
 * The statements are production's; only the carrier is replaced. Returns the store as it is at the end, for reports to
 * read; the caller closes it.
 */
export async function simulate({ snapshot = ':memory:', ...input }: SimulationInput): Promise<Database> {
  // Most simulations are small, and then handing work to other threads costs more than they do of it.
  const db = await DuckDb.open(snapshot, { threads: '1' });
  if (input.signal) db.stopOn(input.signal);
  try {
    await simulateIn(db, input);
    return db;
  } catch (error) {
    await db.close();
    throw error;
  }
}

/** Does the same in an open store, which may have been ticked before, and which is changed. */
export async function simulateIn(db: Database, input: Omit<SimulationInput, 'snapshot'>): Promise<void> {
  const { program, tz, seed, signal } = input;
  const engagement = ofCustomers(program, input.engagement);
  const start = gridInstant(program, input.from);
  const at = input.appliedAt ?? input.from;
  await applyProgram(db, { program, at, lineage: 'simulation' });
  for (const campaign of input.launches ?? []) await requestLaunch(db, { campaign, at });
  let loaded = false;
  let many = false;
  const load = async (tx: Database) => {
    if (loaded) return;
    loaded = true;
    const { sources } = await intake(tx, program, {
      root: input.root,
      at: start,
      rehearsal: true,
      onReading: input.onReading,
    });
    await input.onRead?.(tx);
    await withhold(tx, program, start, true);
    many = sources.reduce((rows, source) => rows + source.rows, 0) > manyRows;
    if (many && tx.dialect.name === 'duckdb') await tx.run(sql`RESET threads`);
  };
  const { tick } = program.project;
  const last = Math.ceil(input.to / tick) * tick - tick;
  for (let now: number | undefined = start; now !== undefined && now <= last; ) {
    signal?.throwIfAborted();
    await runTick(db, program, now, tz, load);
    // Where a plan changes the tick, the store may have ticked at this program's first instant already.
    if (!loaded) {
      now += program.project.tick;
      continue;
    }
    await deliver(db, { now, seed, engagement });
    await input.onTick?.(now, db);
    input.onProgress?.(Math.min(1, (now - start) / Math.max(1, last - start)));
    if (!input.walk && !(await needsWalk(db, program, now))) {
      const { onTick: onRound, onProgress } = input;
      await runRounds(db, {
        program,
        from: now,
        last,
        tz,
        seed,
        engagement,
        onRound,
        onProgress,
        signal,
        enough: input.enough,
        keepsPlans: !many,
      });
      return;
    }
    now = await nextVisit(db, program, now);
  }
}

/** Returns the first grid instant after `now` at which something is due, a message expires that a pause holds, or one is sent again. */
async function nextVisit(db: Database, program: Program, now: number): Promise<number | undefined> {
  const { tick } = program.project;
  const [waiting] = await db.query<{ at: number | null }>(sql`
    SELECT min(send_at) AS "at" FROM message WHERE status = ${messageStatus.decided} AND send_at > ${now}::bigint`);
  const others = [await nextExpiry(db, now), waiting?.at ?? undefined];
  const times = [await nextInstant(db, program, now), ...others.map((at) => at && Math.ceil(at / tick) * tick)];
  const next = Math.min(...times.filter((at) => at !== undefined));
  return Number.isFinite(next) ? next : undefined;
}
