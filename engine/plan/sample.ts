import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type Described, describe } from '../dry-run/sample/described.ts';
import { type Draw, drawCustomers } from '../dry-run/sample/draw.ts';
import { difference, type Estimate, estimate, rounded } from '../dry-run/sample/estimate.ts';
import { kept, readSpreads, type Spreads, spreadsOf } from '../dry-run/sample/tallies.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { DuckDb } from '../store/duckdb.ts';
import { tallied } from './counts.ts';
import type { Details, Series } from './details.ts';
import type { Delta, Forecast, SendForecast } from './effects.ts';
import { withTimes } from './experiments.ts';

/** The wish to simulate only a part of the customers. */
export interface Sampling {
  /** About how many customers, at least 1. */
  size: number;
  /** A folder of this plan alone, for what each customer contributes. */
  folder: string;
  /** The text before the ids that are hashed. */
  salt?: string;
}

/** What the simulation of one program does with the sample. */
export interface OfSample {
  leaveOut(db: Database, program: Program): Promise<void>;
  /** The file into which goes what each customer contributes. */
  path: string;
}

export const figures = { entries: 'entries', audience: 'audience' } as const;

/** The sample of a forecast: both programs are simulated for the same customers. */
export class PlanSample {
  /** Of the desired program. */
  readonly after: OfSample;
  readonly before: OfSample;
  private readonly drawn = Promise.withResolvers<Draw | undefined>();

  constructor({ size, folder, salt }: Sampling) {
    const salted = salt === undefined ? {} : { salt };
    this.drawn.promise.catch(() => {});
    this.after = {
      path: join(folder, 'after.parquet'),
      leaveOut: async (db, program) => this.drawn.resolve(await drawCustomers(db, program, { size, ...salted })),
    };
    this.before = {
      path: join(folder, 'before.parquet'),
      leaveOut: async (db, program) => {
        const draw = await this.drawn.promise;
        if (draw) await drawCustomers(db, program, { bound: draw.bound, ...salted });
      },
    };
  }

  /** Ends the waiting for the draw of the desired program where its simulation ends without one. */
  follow(measuring: Promise<unknown>): void {
    measuring.then(() => this.drawn.resolve(undefined), this.drawn.reject);
  }

  /** Returns the forecast of the sample as estimates for all customers. `compared`: there is a program before. `programs`: those that were simulated. */
  async estimated(
    forecast: Forecast,
    compared: 'another' | 'itself' | 'nothing',
    programs: Program[],
  ): Promise<Forecast> {
    const draw = await this.drawn.promise;
    if (!draw) return forecast;
    const before = { another: this.before.path, itself: this.after.path, nothing: undefined }[compared];
    const db = await DuckDb.open(':memory:');
    try {
      const spreads = await readSpreads(db, kept(this.after.path), before === undefined ? undefined : kept(before));
      return estimates(forecast, draw, describe(draw, programs), spreads, compared === 'nothing' ? null : 0);
    } finally {
      await db.close();
      for (const { path } of [this.before, this.after]) await rm(path, { force: true });
    }
  }
}

const sending = ['day', 'dayCost', 'week', 'weekCost'] as const;
const isCost = (figure: string) => figure === 'dayCost' || figure === 'weekCost';

/** `none`: the number of messages before where there are none. */
function estimates(
  forecast: Forecast,
  draw: Draw,
  described: Described,
  spreads: Map<string, Spreads>,
  none: number | null,
): Forecast {
  const of = (delta: Delta, figure: string, name: string, channel?: string): Delta => {
    const cost = isCost(figure);
    const longer = cost ? 'weekCost' : figure === 'day' ? 'week' : figure;
    const amount = mostOf(spreads, longer, name, channel) ?? mostOf(spreads, longer, '', channel) ?? (cost ? 0 : 1);
    return scaled(delta, spreadsOf(spreads, figure, name, channel), draw, amount, cost ? 4 : 0);
  };
  const sends = (one: Omit<SendForecast, 'campaign' | 'channel'>, campaign: string, channel: string) => ({
    ...one,
    ...(Object.fromEntries(sending.map((field) => [field, of(one[field], field, campaign, channel)])) as Record<
      (typeof sending)[number],
      Delta
    >),
  });
  const some: Delta = { before: none, after: 0 };
  const channels = [...new Set(forecast.sends.map(({ channel }) => channel))].sort();
  return {
    ...forecast,
    sample: {
      ...described,
      totals: [...channels, null].map((channel) => ({
        channel,
        ...sends({ day: some, dayCost: some, week: some, weekCost: some }, '', channel ?? ''),
      })),
    },
    sends: forecast.sends.map((one) => ({ ...one, ...sends(one, one.campaign, one.channel) })),
    entries: forecast.entries.map((one) => ({ ...one, ...of(one, figures.entries, one.campaign) })),
    audiences: forecast.audiences.map((one) => ({ ...one, ...of(one, figures.audience, one.address) })),
    details: detailEstimates(forecast, draw, spreads),
  };
}

function detailEstimates({ details, audiences }: Forecast, draw: Draw, spreads: Map<string, Spreads>): Details {
  const of = <T extends Delta>(one: T, figure: string, name: string, channel = '', decimals = 0): T => {
    const amount = mostOf(spreads, figure, name, channel) ?? (decimals > 0 ? 0 : 1);
    return { ...one, ...scaled(one, spreadsOf(spreads, figure, name, channel), draw, amount, decimals) };
  };
  const weight = draw.units > 0 ? draw.ofUnits / draw.units : 1;
  const all = (numbers: number[]) => numbers.map((n) => Math.round(n * weight));
  const series = <T extends Series>(one: T): T => ({
    ...one,
    before: one.before && all(one.before),
    after: all(one.after),
  });
  const busiest = <T extends { messages: number } | null>(one: T): T =>
    one && { ...one, messages: Math.round(one.messages * weight) };
  return {
    ...details,
    recipients: of(details.recipients, 'recipients', tallied({ one: '', other: '' })),
    several: of(details.several, 'several', tallied({ one: '', other: '' })),
    steps: details.steps.map((step) => {
      const name = tallied({ one: step.campaign, other: step.step });
      const each = (field: (typeof sending)[number]) =>
        of(step[field], `step.${field}`, name, step.channel, isCost(field) ? 4 : 0);
      return { ...step, day: each('day'), dayCost: each('dayCost'), week: each('week'), weekCost: each('weekCost') };
    }),
    leaving: details.leaving.map((one) => of(one, 'leaving', tallied({ one: one.campaign, other: '' }))),
    exits: details.exits.map((one) => of(one, 'exits', tallied({ one: one.campaign, other: one.reason }))),
    refusals: details.refusals.map((one) =>
      of(one, 'refusals', tallied({ one: one.campaign, other: one.reason }), one.channel),
    ),
    overlaps: {
      ...details.overlaps,
      greatest: details.overlaps.greatest.map((one) =>
        of(one, 'overlaps', tallied({ one: one.campaigns[0], other: one.campaigns[1] })),
      ),
    },
    messages: {
      ...details.messages,
      changed: details.messages.changed.map((one) => ({
        ...one,
        messages: Math.round(one.messages * weight),
        missing: one.missing.map((each) => ({ ...each, messages: Math.round(each.messages * weight) })),
      })),
    },
    experiments: details.experiments.map((one) => withTimes({ ...one, perDay: one.perDay * weight })),
    days: details.days.map(series),
    hours: details.hours.map(series),
    peaks: details.peaks.map((one) => ({ ...one, before: busiest(one.before), after: busiest(one.after) })),
    moves: audiences.flatMap(({ address, before, after }) => {
      const { gain, loss } = spreadsOf(spreads, figures.audience, address);
      if (before === null || after === null || gain.units + loss.units === 0) return [];
      return [{ address, enter: rounded(estimate(gain, draw, 1), 0), leave: rounded(estimate(loss, draw, 1), 0) }];
    }),
  };
}

/** Returns the most that one unit of the sample contributes under either program; undefined: none does. */
function mostOf(spreads: Map<string, Spreads>, figure: string, name: string, channel?: string): number | undefined {
  const { before, after } = spreadsOf(spreads, figure, name, channel);
  const most = Math.max(...[before, after].flatMap(({ units, most }) => (units > 0 ? [most] : [])));
  return Number.isFinite(most) ? most : undefined;
}

/** A number that does not exist in the forecast stays so. */
function scaled(delta: Delta, { before, after, gain, loss }: Spreads, draw: Draw, amount: number, decimals = 0): Delta {
  const round = (estimated: Estimate) => rounded(estimated, decimals);
  const was = delta.before === null ? null : round(estimate(before, draw, amount));
  const becomes = delta.after === null ? null : round(estimate(after, draw, amount));
  const range = (of: Estimate | null) => of && { low: of.low, high: of.high };
  return {
    before: was?.estimate ?? null,
    after: becomes?.estimate ?? null,
    sampled: {
      before: range(was),
      after: range(becomes),
      difference: was && becomes && round(difference(gain, loss, draw, amount)),
    },
  };
}
