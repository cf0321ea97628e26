import type { Program } from '../../program/program.ts';
import { comparesCustomers } from '../../program/scales.ts';
import type { Draw } from './draw.ts';
import { confidence, estimate, nothing, rounded } from './estimate.ts';

/** The customers who were simulated, of all, and how to read what is estimated by them. */
export interface Described {
  customers: number;
  of: number;
  /** The number that was asked for; absent in plan files of earlier versions. */
  asked?: number;
  /** The share of intervals that have the true number in them. */
  confidence: number;
  /** The upper end of the interval for a number of customers of whom the sample has none. */
  unseen: number;
  /** The campaigns and segments, as addresses, that compare customers with one another: they have an error that the intervals do not have. Absent: none does. */
  ranked?: string[];
}

export function describe(draw: Draw, programs: Program[]): Described {
  const { customers, of, asked } = draw;
  const ranked = programs.flatMap(({ campaigns, segments }) => [
    ...campaigns.filter(comparesCustomers).map(({ name }) => `campaign.${name}`),
    ...segments.filter(comparesCustomers).map(({ name }) => `segment.${name}`),
  ]);
  return {
    customers,
    of,
    ...(asked !== undefined && { asked }),
    confidence,
    unseen: rounded(estimate(nothing, draw, 1), 0).high,
    ...(ranked.length > 0 && { ranked: [...new Set(ranked)].sort() }),
  };
}
