import { copyFile, rm } from 'node:fs/promises';
import type { Program } from '../compile/program.ts';
import { gridInstant } from '../run/run-tick.ts';
import type { Audience, Delta, Forecast, SendForecast } from './effects.ts';
import { type Measured, type Measuring, measure, type Sent } from './measure.ts';

export interface ForecastInput {
  desired: Program;
  applied?: Program;
  /** Now, epoch milliseconds. */
  at: number;
  /** Version of the tz database in use. */
  tz: string;
  /** Where the sources' paths start. */
  root: string;
  /** A store that has run: a copy of it, which is used up, and its last tick. */
  store?: { snapshot: string; lastTick: number };
  /** Told the virtual instant that has been reached. */
  onProgress?: (at: number) => void;
  signal?: AbortSignal;
}

const day = 24 * 3_600_000;

/**
 * What both programs would do in the next 7 days. A store that has run is continued from now; without one the days are
 * those of `project.simulation.from`, and only the data files speak.
 */
export async function forecast(input: ForecastInput): Promise<Forecast> {
  const { desired, applied, tz, root, store } = input;
  const from = start(input);
  const { seed, engagement } = desired.project.simulation;
  const days = { from, day: from + day, to: from + 7 * day };
  const measuring: Measuring = {
    ...days,
    tz,
    root,
    seed,
    engagement,
    ...(input.onProgress && { onProgress: input.onProgress }),
    ...(input.signal && { signal: input.signal }),
  };
  const same = applied?.hash === desired.hash;
  const earlier = applied && !same ? await measureOnCopy(applied, measuring, store?.snapshot) : undefined;
  const after = await measure(desired, { ...measuring, ...(store && { snapshot: store.snapshot }) });
  return { basis: store ? 'store' : 'sources', ...days, ...compare(same ? after : earlier, after) };
}

function start({ desired, at, store }: ForecastInput): number {
  if (!store) return gridInstant(desired, desired.project.simulation.from ?? at);
  return Math.max(gridInstant(desired, at), gridInstant(desired, store.lastTick) + desired.project.tick);
}

async function measureOnCopy(program: Program, measuring: Measuring, snapshot: string | undefined): Promise<Measured> {
  if (snapshot === undefined) return measure(program, measuring);
  const copy = `${snapshot}.applied`;
  await copyFile(snapshot, copy);
  try {
    return await measure(program, { ...measuring, snapshot: copy });
  } finally {
    await rm(copy, { force: true });
    await rm(`${copy}.wal`, { force: true });
  }
}

function compare(before: Measured | undefined, after: Measured): Pick<Forecast, 'sends' | 'entries' | 'audiences'> {
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
  return { sends, entries, audiences };
}

function key({ campaign, channel }: Sent): string {
  return `${campaign}\n${channel}`;
}

function keys(...lists: Iterable<string>[]): string[] {
  return [...new Set(lists.flatMap((list) => [...list]))].sort();
}
