import { expect, it } from 'vitest';
import { latestFiring, nextFiring } from './clock.ts';

const hour = 3_600_000;

it('finds the latest of many missed instants, and none outside the window', () => {
  const until = Date.UTC(2026, 2, 9, 12);
  expect(latestFiring('0 10 * * 1', 'UTC', 0, until)).toBe(Date.UTC(2026, 2, 9, 10));
  expect(latestFiring('0 10 * * 1', 'UTC', Date.UTC(2026, 2, 9, 10), until)).toBeUndefined();
  expect(latestFiring('* * * * *', 'UTC', until - 1000 * hour, until)).toBe(until);
  expect(latestFiring('0 0 29 2 *', 'UTC', Date.UTC(2024, 1, 1), until)).toBe(Date.UTC(2024, 1, 29));
});

it('follows the clock of the zone through the change to summer time', () => {
  expect(nextFiring('0 10 * * *', 'Europe/Berlin', Date.UTC(2026, 2, 28, 12))).toBe(Date.UTC(2026, 2, 29, 8));
  expect(nextFiring('30 2 * * *', 'Europe/Berlin', Date.UTC(2026, 2, 28, 12))).toBeLessThan(Date.UTC(2026, 2, 29, 2));
});
