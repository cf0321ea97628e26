import type { Random } from './random.ts';

const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** The shop's history, half-open, in epoch milliseconds (Moscow's midnights). */
export const START = Date.parse('2025-09-01T00:00:00+03:00');
export const END = Date.parse('2026-04-15T00:00:00+03:00');
/** The instant since when visits and views are recorded. */
export const VIEWS_SINCE = Date.parse('2026-01-01T00:00:00+03:00');
/** The first day that simulations look at. */
export const WINDOW = Date.parse('2026-03-02T00:00:00+03:00');

/** The activity of each day, from Sunday to Saturday. */
const WEEK = [0.85, 1.1, 1, 0.95, 1, 1.15, 0.75];
/** The activity of each hour of the customer's day. */
const HOURS = [2, 1, 0, 0, 0, 0, 1, 3, 5, 7, 9, 10, 11, 11, 10, 9, 9, 9, 10, 12, 13, 12, 9, 5].map(
  (weight, hour) => [hour, weight] as const,
);

/** Returns an instant in [from, to), to the second, at which a customer whose clock is `ahead` hours before UTC may be shopping. */
export function moment(random: Random, from: number, to: number, ahead: number): number {
  for (let tries = 0; tries < 50; tries++) {
    const local = from + random.next() * (to - from) + ahead * HOUR;
    const day = Math.floor(local / DAY) * DAY;
    if (!random.chance((WEEK[new Date(day).getUTCDay()] ?? 1) / 1.2)) continue;
    const at = day + random.weighted(HOURS) * HOUR + random.whole(0, 3599) * 1000 - ahead * HOUR;
    if (at >= from && at < to) return at;
  }
  return Math.floor((from + random.next() * (to - from)) / 1000) * 1000;
}

/** Returns an instant that is `from` to `to` hours after `at`, to the second. */
export function later(random: Random, at: number, from: number, to: number): number {
  return at + Math.round((from + random.next() * (to - from)) * 3600) * 1000;
}

/** Returns an instant as ISO 8601 in UTC, to the second. */
export function stamp(at: number): string {
  return `${new Date(at).toISOString().slice(0, 19)}Z`;
}
