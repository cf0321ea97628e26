import { expect, it } from 'vitest';
import { day, hour, minute } from '../../test/world.ts';
import { periodOf } from './plan-forecast.ts';

it.each([
  [7 * day, '7 days'],
  [7 * day + 18 * hour + 12 * minute, '7 days 18 hours'],
  [20 * minute, '20 minutes'],
])('the length of %i ms is said to the hour, and below a day to the minute', (ms, words) => {
  expect(periodOf({ forecast: { from: 0, to: ms } })).toBe(words);
});
