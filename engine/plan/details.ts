import type { Estimate } from '../dry-run/sample/estimate.ts';
import type { Delta, SendForecast } from './effects.ts';
import type { Experiment } from './experiments.ts';
import type { Messages } from './messages.ts';

/** The parts of the forecast beyond the sums by campaign; all within its 7 days. Counts and sums only. */
export interface Details {
  /** Customers who get a message, and those who get messages of several campaigns. */
  recipients: Delta;
  several: Delta;
  steps: (SendForecast & { step: string })[];
  /** Customers who leave. */
  leaving: ({ campaign: string } & Delta)[];
  /** The customers who leave, by what ends their journeys: a reason of Kaskad, or that of an `exit` step. */
  exits: ({ campaign: string; reason: string } & Delta)[];
  /** Messages that a gate refuses, or that are too late. */
  refusals: ({ campaign: string; channel: string; reason: string } & Delta)[];
  overlaps: {
    /** The number of pairs of campaigns that have such customers. */
    pairs: number;
    /** Customers who get messages of both; the pairs that change most, then the greatest, of which `mostPairs` are told. */
    greatest: ({ campaigns: [string, string] } & Delta)[];
  };
  /** Messages in each of the 7 days, which begin at `from`. */
  days: ({ campaign: string; channel: string } & Series)[];
  /** Messages in each hour (UTC); the first hour begins at or before `from`. */
  hours: ({ channel: string } & Series)[];
  peaks: Peak[];
  moves: Moves[];
  experiments: Experiment[];
  /** The texts that change. */
  messages: Messages;
}

export const mostPairs = 20;

/** Numbers of the applied program (before) and of the planned one; of a sample: estimates without intervals. */
export interface Series {
  before: number[] | null;
  after: number[];
}

/** The hour in which most messages leave by a channel. */
export interface Peak {
  channel: string;
  /** Messages that its `rate` lets leave in an hour; absent: as many as the transport takes. */
  rate?: number;
  before: Busiest | null;
  after: Busiest | null;
}

/** `at`: the beginning of the hour, epoch milliseconds. */
export interface Busiest {
  at: number;
  messages: number;
}

/** The customers whom a segment, or the audience of a campaign, gains and loses at `from` by its change. */
export interface Moves {
  address: string;
  enter: Estimate;
  leave: Estimate;
}
