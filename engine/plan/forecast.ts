import { copyFile, rm } from 'node:fs/promises';
import { refuseUnreadable } from '../data/intake/unreadable.ts';
import { gridInstant, nextTick } from '../program/facts.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { compare } from './compare.ts';
import type { Forecast } from './effects.ts';
import { DAY } from './hours.ts';
import { type Measured, type Measuring, measure, type Rename } from './measure.ts';
import { rewrittenMessages } from './messages.ts';
import { MemberFiles } from './moves.ts';
import type { Recipient } from './recipients.ts';
import { PlanSample, type Sampling } from './sample.ts';

export interface ForecastInput {
  desired: Program;
  applied?: Program;
  /** Now, epoch milliseconds. */
  at: number;
  /** Version of the tz database in use. */
  tz: string;
  /** The folder at which the sources' paths start. */
  root: string;
  /** A store that has run: a copy of it, which is used up, and its last tick. */
  store?: { snapshot: string; lastTick: number };
  /** A folder of this plan alone, for files in passing; absent: who enters and leaves segments that change is not counted. */
  folder?: string;
  /** Absent: everybody is simulated. */
  sample?: Sampling;
  /** The days to simulate instead of the coming 7, epoch milliseconds, half-open: without a store. */
  period?: { from: number; to: number };
  /** Gets the store of the desired program when the data files have been read. */
  onRead?: (db: Database) => Promise<void>;
  /** A file that cannot be relied on is no reason to refuse. */
  allowBadData?: boolean;
  /** Gets whom the planned program sends what; it is no part of the forecast. */
  onRecipients?: ((recipients: Recipient[]) => void) | undefined;
  /** Gets the share of the data files that has been read, from 0 to 1. */
  onReading?: ((share: number) => void) | undefined;
  /** Gets the share of the forecast that is done, from 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

/**
 * Forecasts the next 7 days of both programs. A store that has run is continued from now; without one the days are
 * those of `project.simulation.from`, and only the data files speak.
 */
export async function forecast(input: ForecastInput): Promise<Forecast> {
  const { desired, applied, tz, root, store, folder } = input;
  const from = start(input);
  const { seed, engagement } = desired.project.simulation;
  const to = input.period?.to ?? from + 7 * DAY;
  const days = { from, day: Math.min(from + DAY, to), to };
  const { onProgress } = input;
  const measuring: Measuring = {
    ...days,
    appliedAt: asked(input),
    tz,
    root,
    seed,
    engagement,
    ...(onProgress && { onProgress }),
    ...(input.signal && { signal: input.signal }),
  };
  const sample = input.sample && new PlanSample(input.sample);
  const own = {
    ...(sample && { sample: sample.after }),
    onReading: input.onReading,
    ...(input.onRecipients && { onRecipients: input.onRecipients }),
    ...(store && { snapshot: store.snapshot }),
    onRead: async (db: Database) => {
      if (!input.allowBadData) await refuseUnreadable(db, desired);
      await input.onRead?.(db);
    },
  };
  const rewritten = applied && applied.hash !== desired.hash ? rewrittenMessages(desired, applied, from) : [];
  const found = (before: Measured | undefined, after: Measured): Forecast => ({
    basis: store ? 'store' : 'sources',
    ...days,
    ...compare({ before, after, desired, rewritten, from, to: days.to }),
  });
  if (!applied || applied.hash === desired.hash) {
    const measured = measure(desired, { ...measuring, ...own });
    sample?.follow(measured);
    const after = await measured;
    const both = found(applied && after, after);
    return sample ? sample.estimated(both, applied ? 'itself' : 'nothing', [desired]) : both;
  }
  const copy = store && (await copied(store.snapshot));
  const members = sample || folder === undefined ? undefined : new MemberFiles(desired, applied, folder);
  try {
    const [one, other] = slowerOf(onProgress);
    const after = measure(desired, {
      ...measuring,
      onProgress: other,
      ...own,
      ...(members && { members: members.after }),
      reads: rewritten.map(({ reads }) => reads),
    });
    sample?.follow(after);
    const theirs = {
      renames: renamesOf(desired, applied),
      ...(members && { members: members.before }),
      ...(copy !== undefined && { snapshot: copy }),
      ...(sample && { sample: sample.before }),
    };
    const both = found(...(await together(measure(applied, { ...measuring, onProgress: one, ...theirs }), after)));
    if (sample) return sample.estimated(both, 'another', [desired, applied]);
    return members ? { ...both, details: { ...both.details, moves: await members.moves() } } : both;
  } finally {
    await members?.remove();
    if (copy !== undefined) for (const path of [copy, `${copy}.wal`]) await rm(path, { force: true });
  }
}

/** Returns the applied steps that the desired program has under another id. */
function renamesOf(desired: Program, applied: Program): Rename[] {
  const before = new Map(applied.campaigns.map(({ name, steps }) => [name, new Set(steps.map(({ id }) => id))]));
  return desired.campaigns.flatMap(({ name, moved = {} }) =>
    Object.entries(moved)
      .filter(([, was]) => before.get(name)?.has(was))
      .map(([becomes, was]) => ({ campaign: name, was, becomes })),
  );
}

type Listener = (share: number) => void;

/** Returns two listeners for simulations that run side by side; `tell` is called with the share that both have done. */
function slowerOf(tell?: Listener): [Listener, Listener] {
  const done = [0, 0];
  const report = (which: number) => (share: number) => {
    done[which] = share;
    tell?.(Math.min(...done));
  };
  return [report(0), report(1)];
}

async function copied(snapshot: string): Promise<string> {
  const copy = `${snapshot}.applied`;
  await copyFile(snapshot, copy);
  return copy;
}

/** Waits for both results. Where one fails, it throws only after the other has ended, since that still uses its files. */
async function together<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other]);
  return [await one, await other];
}

/** Returns the first tick of the forecast. */
function start(input: ForecastInput): number {
  const { desired, at, store } = input;
  return store ? nextTick(desired, at, store.lastTick) : gridInstant(desired, asked(input));
}

/** Returns the instant from which the program is forecast: now, or where only the data files speak, the one that the project or the caller names. */
function asked({ desired, at, store, period }: ForecastInput): number {
  return period?.from ?? (store ? at : (desired.project.simulation.from ?? at));
}
