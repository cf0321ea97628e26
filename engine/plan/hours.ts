export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** The beginning of the hour (UTC) in which an instant is. */
export function firstHour(at: number): number {
  return Math.floor(at / HOUR) * HOUR;
}
