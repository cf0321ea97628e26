import fc from 'fast-check';
import { expect, test } from 'vitest';
import { explainDuration, parseDuration, printDuration } from './durations.ts';

const hour = 3_600_000;
const day = 24 * hour;

test.each([
  ['2 hours', 2 * hour],
  ['90m', 1.5 * hour],
  ['1 hour 30 minutes', 1.5 * hour],
  ['1h30m', 1.5 * hour],
  ['1.5 hours', 1.5 * hour],
  [' 2 Days ', 2 * day],
  ['1 week', 7 * day],
  ['0 seconds', 0],
  ['0.001 s', 1],
])('%s', (text, ms) => {
  expect(parseDuration(text)).toBe(ms);
});

test.each([
  ['3 months', '"months" is not a fixed length of time: say how many days you mean, such as "30 days".'],
  ['1 year', '"year" is not a fixed length of time: say how many days you mean, such as "365 days".'],
  ['2 dayz', 'There is no unit "dayz". Did you mean "days"?'],
  ['5 min', 'There is no unit "min". Did you mean "minutes"?'],
  ['2 часа', 'There is no unit "часа". Units are'],
  ['90', 'lacks a unit'],
  ['-2 hours', 'is negative'],
  ['1,5 hours', 'with a point'],
  ['1.0005 seconds', 'more than three decimals'],
  ['2 hours and a bit', 'not understood from "and a bit" on'],
  ['soon', 'A duration is a number and a unit'],
  ['', 'A duration is a number and a unit'],
  ['99999999999999 weeks', 'longer than ten thousand years'],
])('%s is no duration', (text, reason) => {
  expect(parseDuration(text)).toBeUndefined();
  expect(explainDuration(text)).toContain(reason);
});

test.each([
  [0, '0 seconds'],
  [1500, '1.5 seconds'],
  [36 * hour, '1 day 12 hours'],
  [45 * day, '45 days'],
  [day + 1000, '1 day 1 second'],
])('%d ms is printed as %s', (ms, text) => {
  expect(printDuration(ms)).toBe(text);
});

test('what is printed reads back', () => {
  fc.assert(fc.property(fc.nat({ max: 3_652_500 * day }), (ms) => parseDuration(printDuration(ms)) === ms));
});
