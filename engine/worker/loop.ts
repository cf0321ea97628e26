import { later } from '../../spec/words/t.ts';
import { withLaterProblems } from '../data/intake/found-later.ts';
import { intake } from '../data/intake/intake.ts';
import { logReadings } from '../data/intake/log-readings.ts';
import { refuseUnreadable } from '../data/intake/unreadable.ts';
import type { Carrier } from '../delivery/carriers/carrier.ts';
import { openCarriers } from '../delivery/carriers/open.ts';
import type { DispatchLog } from '../delivery/dispatch.ts';
import { abortAfterGrace } from '../delivery/grace.ts';
import type { Database } from '../store/database.ts';
import { type Pause, readPauses } from '../store/pauses.ts';
import { prepareTables } from '../store/tables.ts';
import { Deployed } from './deployed.ts';
import { takeOver } from './leases.ts';
import { type LoopOptions, sleepAtMost } from './loop-options.ts';
import { SendLoop } from './send-loop.ts';
import { tickOnGrid } from './tick-loop.ts';

/** The interval at which new deployments and pauses are looked for, milliseconds. */
const LOOK_EVERY = 500;

/**
 * Ticks on the grid and dispatches in between until the signal is aborted. An apply by another process is picked up within a
 * second. Throws UserError where nothing is applied; errors of the store end the loop.
 */
export async function runLoop(db: Database, given: LoopOptions): Promise<void> {
  const broken = new AbortController();
  const signal = AbortSignal.any([given.signal, broken.signal]);
  const { cut, clear } = abortAfterGrace(signal, given.sleep);
  const options = { ...given, signal, cut, fail: () => broken.abort() };
  const deployed = new Deployed(db, given.log);
  const carriers = await begin(db, deployed, options);
  const sending = new SendLoop(db, deployed, carriers, options);
  const ends = [tickOnGrid(db, deployed, options), sending.run(), watchChanges(db, deployed, options)].map((work) =>
    work.catch((error: unknown) => {
      broken.abort();
      throw error;
    }),
  );
  const failed = (await Promise.allSettled(ends)).find((end) => end.status === 'rejected');
  clear();
  if (failed) throw failed.reason;
}

/** Opens the carriers, reads the data files and settles what an earlier worker has left. Returns the carriers by channel. */
async function begin(
  db: Database,
  deployed: Deployed,
  { log, now, root, allowBadData, openCarrier }: LoopOptions,
): Promise<Map<string, Carrier>> {
  const { program, serial } = await deployed.current();
  // A channel that cannot be opened is reported before anything is read or ticked.
  const carriers = await openCarriers(program, openCarrier);
  await prepareTables(db, program.data);
  if (!allowBadData)
    logReadings(
      log,
      await db.transaction(async (tx) => {
        const at = now();
        const { sources } = await intake(tx, program, { root, at });
        await refuseUnreadable(tx, program);
        return withLaterProblems(tx, sources, [at]);
      }),
    );
  const lapsed = await takeOver(db, program, now());
  if (lapsed.unknown + lapsed.again > 0) log.warn({ ...lapsed }, later`an earlier run ended in the middle`);
  log.info({ deployment: serial, hash: program.hash, tick: program.project.tick }, later`running`);
  return carriers;
}

/** Notices another deployment, and pauses, also in the middle of a long dispatch. */
async function watchChanges(db: Database, deployed: Deployed, options: LoopOptions): Promise<void> {
  const { signal, log } = options;
  let pauses: Pause[] = [];
  while (!signal.aborted) {
    await deployed.current();
    pauses = await logPauses(db, log, pauses);
    await sleepAtMost(options, LOOK_EVERY);
  }
}

/** `known`: those that have been logged. Returns what is paused now. */
async function logPauses(db: Database, log: DispatchLog, known: Pause[]): Promise<Pause[]> {
  const pauses = await readPauses(db);
  const key = ({ kind, name, since }: Pause) => `${kind} ${name} ${since}`;
  const [before, now] = [new Set(known.map(key)), new Set(pauses.map(key))];
  // A pause of everything has no name, and is logged as `{ all: true }`.
  const fields = ({ kind, name, since }: Pause) => ({ [kind]: name || true, since: new Date(since).toISOString() });
  for (const one of known) if (!now.has(key(one))) log.info(fields(one), later`resumed`);
  for (const one of pauses) if (!before.has(key(one))) log.warn(fields(one), later`paused`);
  return pauses;
}
