import { copyFile, rm } from 'node:fs/promises';
import { refuseUnreadable } from '../data/intake/unreadable.ts';
import { gridInstant } from '../program/facts.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import type { Audience, Delta, Forecast, SendForecast } from './effects.ts';
import { type Measured, type Measuring, measure, type Sent } from './measure.ts';
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
  /** Absent: everybody is simulated. */
  sample?: Sampling;
  /** A file that cannot be relied on is no reason to refuse. */
  allowBadData?: boolean;
  /** Gets the share of the data files that has been read, from 0 to 1. */
  onReading?: ((share: number) => void) | undefined;
  /** Gets the share of the forecast that is done, from 0 to 1. */
  onProgress?: (share: number) => void;
  signal?: AbortSignal;
}

const day = 24 * 3_600_000;

/**
 * Forecasts the next 7 days of both programs. A store that has run is continued from now; without one the days are
 * those of `project.simulation.from`, and only the data files speak.
 */
export async function forecast(input: ForecastInput): Promise<Forecast> {
  const { desired, applied, tz, root, store } = input;
  const from = start(input);
  const { seed, engagement } = desired.project.simulation;
  const days = { from, day: from + day, to: from + 7 * day };
  const { onProgress } = input;
  const measuring: Measuring = {
    ...days,
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
    ...(store && { snapshot: store.snapshot }),
    ...(!input.allowBadData && { onRead: (db: Database) => refuseUnreadable(db, desired) }),
  };
  if (!applied || applied.hash === desired.hash) {
    const measured = measure(desired, { ...measuring, ...own });
    sample?.follow(measured);
    const after = await measured;
    const found: Forecast = { basis: store ? 'store' : 'sources', ...days, ...compare(applied && after, after) };
    return sample ? sample.estimated(found, applied ? 'itself' : 'nothing', [desired]) : found;
  }
  const copy = store && (await copied(store.snapshot));
  try {
    const [one, other] = slowerOf(onProgress);
    const after = measure(desired, { ...measuring, onProgress: other, ...own });
    sample?.follow(after);
    const theirs = { ...(copy !== undefined && { snapshot: copy }), ...(sample && { sample: sample.before }) };
    const both = await together(measure(applied, { ...measuring, onProgress: one, ...theirs }), after);
    const found: Forecast = { basis: store ? 'store' : 'sources', ...days, ...compare(...both) };
    return sample ? sample.estimated(found, 'another', [desired, applied]) : found;
  } finally {
    if (copy !== undefined) for (const path of [copy, `${copy}.wal`]) await rm(path, { force: true });
  }
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

function start({ desired, at, store }: ForecastInput): number {
  if (!store) return gridInstant(desired, desired.project.simulation.from ?? at);
  return Math.max(gridInstant(desired, at), gridInstant(desired, store.lastTick) + desired.project.tick);
}

function compare(
  before: Measured | undefined,
  after: Measured,
): Pick<Forecast, 'sends' | 'entries' | 'audiences' | 'losses' | 'lossesBefore'> {
  const flows = (of: (one: Measured) => Iterable<string>) => keys(before ? of(before) : [], of(after));
  const delta = (of: (one: Measured) => number | undefined, none: number | null): Delta => ({
    before: before ? (of(before) ?? none) : null,
    after: of(after) ?? none,
  });
  const sends = flows(({ sends }) => sends.map(key)).map((id): SendForecast => {
    const [campaign = '', channel = ''] = id.split('\n');
    const of = (field: 'day' | 'dayCost' | 'week' | 'weekCost') =>
      delta((one) => one.sends.find((sent) => key(sent) === id)?.[field], 0);
    return { campaign, channel, day: of('day'), dayCost: of('dayCost'), week: of('week'), weekCost: of('weekCost') };
  });
  const entries = flows(({ entries }) => entries.keys()).map((campaign) => ({
    campaign,
    ...delta((one) => one.entries.get(campaign), 0),
  }));
  const audiences = flows(({ audiences }) => audiences.keys()).map(
    (address): Audience => ({
      address,
      ...delta((one) => one.audiences.get(address), null),
    }),
  );
  const lost = new Set(after.losses.map(({ path }) => path));
  const lossesBefore = (before?.losses ?? []).filter(({ path }) => !lost.has(path));
  return { sends, entries, audiences, losses: after.losses, ...(lossesBefore.length > 0 && { lossesBefore }) };
}

function key({ campaign, channel }: Sent): string {
  return `${campaign}\n${channel}`;
}

function keys(...lists: Iterable<string>[]): string[] {
  return [...new Set(lists.flatMap((list) => [...list]))].sort();
}
