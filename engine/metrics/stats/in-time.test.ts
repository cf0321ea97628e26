import { expect, it } from 'vitest';
import { chance } from '../../../test/chance.ts';
import { type Course, shareInTime } from './in-time.ts';

it('is the share where all were looked at to the end', () => {
  const courses = [
    { part: 0, happened: true, n: 3 },
    { part: 2, happened: true, n: 1 },
    { part: 4, happened: false, n: 6 },
  ];
  expect(shareInTime(courses, 4)).toBeCloseTo(0.4, 12);
});

// Cutler and Ederer, table 2: 126 patients, of whom 4, 6, 0, 0, 0 and so on; worked out by hand for three parts.
it('those who were looked at for a part count for the half of the part in which it ended', () => {
  const courses = [
    { part: 0, happened: true, n: 47 },
    { part: 0, happened: false, n: 19 },
    { part: 1, happened: true, n: 5 },
    { part: 1, happened: false, n: 17 },
    { part: 2, happened: true, n: 2 },
    { part: 2, happened: false, n: 15 },
    { part: 3, happened: false, n: 21 },
  ];
  const never = (1 - 47 / 116.5) * (1 - 5 / 51.5) * (1 - 2 / 30.5);
  expect(shareInTime(courses, 3)).toBeCloseTo(1 - never, 12);
});

it('finds the share of a campaign that has run for just its time, on average', () => {
  const [share, parts] = [0.3, 24];
  const shares = Array.from({ length: 100 }, (_, seed) => {
    const next = chance(seed + 1);
    const courses = Array.from({ length: 400 }, (): Course => {
      const [followed, at] = [next() * parts, next() < share ? next() * parts : Number.POSITIVE_INFINITY];
      return { part: Math.floor(Math.min(followed, at)), happened: at < followed, n: 1 };
    });
    return shareInTime(courses, parts) ?? Number.NaN;
  });
  const mean = shares.reduce((sum, one) => sum + one, 0) / shares.length;
  expect(Math.abs(mean - share)).toBeLessThan(0.02);
});

it('nothing is known of a time in which nobody was looked at', () => {
  expect(shareInTime([{ part: 1, happened: false, n: 9 }], 3)).toBeUndefined();
  expect(shareInTime([], 3)).toBeUndefined();
});
