import sql from 'sql-template-tag';
import type { Range } from '../dry-run/sample/estimate.ts';
import type { Database } from '../store/database.ts';
import type { Delta, Forecast } from './effects.ts';
import { DAY } from './hours.ts';
import { predicted, predictedOfSample } from './prediction.ts';

/** The parts of a kept forecast that a reconciliation reads. */
export type KeptForecast = Pick<Forecast, 'from' | 'to' | 'sends' | 'entries'> & {
  details: Pick<Forecast['details'], 'days' | 'refusals'>;
};

/** A forecast for all its days, and for those that are looked at. */
export interface Expected extends Range {
  whole: number;
  expected: number;
}

/** Whole days of a forecast: the first one that is looked at, and the first one that is not; 0 is the day that begins at `from`. */
export interface Days {
  first: number;
  end: number;
}

/** Returns the forecast of a deployment; undefined where the version that applied it kept none. */
export async function keptForecast(db: Database, serial: number): Promise<KeptForecast | undefined> {
  const [row] = await db.query<{ forecast: string | null }>(
    sql`SELECT forecast FROM deployment WHERE serial = ${serial}::integer`,
  );
  return row?.forecast ? (JSON.parse(row.forecast) as KeptForecast) : undefined;
}

/** Returns the messages of each campaign and channel that a forecast has, and how many of them in some of its days. Pure. */
export function expectedSends(
  forecast: KeptForecast,
  days: Days,
): (Expected & { campaign: string; channel: string })[] {
  return forecast.sends.map(({ campaign, channel, week }) => ({
    ...{ campaign, channel },
    ...expectation(week, shareOf(forecast, days, { campaign, channel })),
  }));
}

/** Returns the customers who enter in all days of a forecast, which does not say when. Pure. */
export function expectedEntries(forecast: KeptForecast): (Expected & { campaign: string })[] {
  return forecast.entries.map((entry) => ({ campaign: entry.campaign, ...expectation(entry, 1) }));
}

/** Returns how many messages are refused for a reason in some days of a forecast: as large a share as of the messages that are sent. Pure. */
export function expectedRefusals(
  forecast: KeptForecast,
  days: Days,
  of: { campaign: string; channel: string; reason: string },
): number {
  const found = forecast.details.refusals.find(
    (one) => one.campaign === of.campaign && one.channel === of.channel && one.reason === of.reason,
  );
  return (found?.after ?? 0) * shareOf(forecast, days, of);
}

function expectation({ after, sampled }: Delta, share: number): Expected {
  const whole = after ?? 0;
  const range = sampled?.after ? predictedOfSample(whole, sampled.after, share) : predicted(whole, share);
  return { whole, expected: whole * share, ...range };
}

/** Returns the share of a campaign's messages that are in these days; of time, where the forecast has none. */
function shareOf(forecast: KeptForecast, { first, end }: Days, of: { campaign: string; channel: string }): number {
  const course = forecast.details.days.find(
    ({ campaign, channel }) => campaign === of.campaign && channel === of.channel,
  )?.after;
  const all = sum(course ?? []);
  if (!course || all === 0) return (end - first) / ((forecast.to - forecast.from) / DAY);
  return sum(course.slice(first, end)) / all;
}

const sum = (numbers: number[]) => numbers.reduce((so, n) => so + n, 0);
