import type { FileLoss } from '../data/intake/losses.ts';
import type { Stuck } from '../deploy/passages.ts';
import type { Returning } from '../deploy/removal.ts';
import type { Described } from '../dry-run/sample/described.ts';
import type { Estimate, Range } from '../dry-run/sample/estimate.ts';
import type { ByHand } from './by-hand.ts';
import type { Details } from './details.ts';
import type { PlannedRollout } from './rollouts.ts';

/** A figure of the applied program (before) and of the planned one (after). Null: there is none. */
export interface Delta {
  before: number | null;
  after: number | null;
  /** If only a sample was simulated. */
  sampled?: Sampled;
}

/** The intervals around estimates, and the estimated difference of both programs, each customer compared with himself. */
export interface Sampled {
  before: Range | null;
  after: Range | null;
  difference: Estimate | null;
}

/** Counts and sums only: what an apply would do to customers. */
export interface Effects {
  forecast: Forecast;
  inFlight: InFlight[];
  /** Campaigns put back whose customers were inside when they were removed. */
  returning: Returning[];
  /** The changes made by hand in the store; the forecast includes them. */
  drift: ByHand;
  /** The rollouts and guardrails that begin, change, or go on. */
  rollouts: PlannedRollout[];
}

/** The results of both programs, simulated over the same days, from the same state, with the same engagement. */
export interface Forecast {
  /** `store`: on from what the store knows; `sources`: the project's data files alone. */
  basis: 'store' | 'sources';
  /** Absent: everybody was simulated. */
  sample?: Sample;
  /** Epoch milliseconds; `day` is 24 hours after `from`, `to` 7 days. */
  from: number;
  day: number;
  to: number;
  sends: SendForecast[];
  /** Customers who enter within the 7 days, by campaign. */
  entries: ({ campaign: string } & Delta)[];
  audiences: Audience[];
  details: Details;
  /** The data files that the forecast knows less from than it should, the greatest loss first. */
  losses: FileLoss[];
  /** The same for the program before, of files of which the one after loses nothing. */
  lossesBefore?: FileLoss[];
}

/** The customers who were simulated, of all. The numbers of the forecast are estimates for all, and each has an interval. */
export interface Sample extends Described {
  /** By channel, and of all channels (null): not the sum of the campaigns' intervals. */
  totals: (Omit<SendForecast, 'campaign' | 'channel'> & { channel: string | null })[];
}

/** Costs are in the project's currency. */
export interface SendForecast {
  campaign: string;
  channel: string;
  day: Delta;
  dayCost: Delta;
  week: Delta;
  weekCost: Delta;
}

/** The number of members of a segment at `from`, or of customers who could enter a campaign on a segment. */
export interface Audience extends Delta {
  address: string;
}

/** The customers and messages inside a version of a campaign in the store now. */
export interface InFlight {
  campaign: string;
  version: string;
  /** Enrolments. */
  active: number;
  /** Messages decided and not yet sent. */
  waiting: number;
  /** The steps at which they stand, in the order of the version; steps without a customer are absent. */
  steps: (StandingAt & Fate)[];
}

/** The customers at a step of a version. */
export interface StandingAt {
  step: string;
  customers: number;
  /** So many of those who move go on at once: they arrive anew, or have waited long enough by the new time. */
  atOnce?: number;
}

/**
 * What an apply does with customers at a step. `stays`: their version is the one that is planned; `finishes`: they go on on theirs; `moves`: to
 * a step of the planned version, with `anew` as if they came from the step before; `leaves`: their journeys end; `stuck`: they are to move and
 * cannot, so that the plan is blocked.
 */
export type Fate =
  | { becomes: 'stays' | 'finishes' | 'leaves' }
  | { becomes: 'moves'; to: string; anew?: boolean }
  | { becomes: 'stuck'; why: Stuck['stuck'] };
