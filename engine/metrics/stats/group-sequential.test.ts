import { expect, it } from 'vitest';
import { looks } from './group-sequential.ts';

it('250, 450, 630 and 810 customers where 300 were expected have the levels that Spotify prints', () => {
  const levels = looks([250, 450, 630, 810], 300, 0.01).map(({ level }) => level.toFixed(5));
  expect(levels).toEqual(['0.00095', '0.00241', '0.00410', '0.00636']);
});

it('a single look at the end has all of α', () => {
  const [{ level, critical } = { level: 0, critical: 0 }] = looks([500], 500);
  expect(level).toBeCloseTo(0.05, 12);
  expect(critical).toBeCloseTo(1.959963984540054, 12);
});

it('looks whose bound is never passed before the end spend what is left', () => {
  const found = looks([1, 2, 3], 3, 0.05);
  expect(found.map(({ level }) => level)).toEqual([...found.map(({ level }) => level)].sort());
  expect(found.at(-1)?.level).toBeLessThan(0.05);
});

it('a look without further customers has the level of the one before', () => {
  const [, second, third] = looks([100, 200, 200], 300);
  expect(third).toEqual(second);
});
