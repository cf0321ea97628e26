import { expect, it } from 'vitest';
import { barChart, intervalChart, lineChart } from './charts.ts';
import { curve } from './metrics-charts.ts';

/** The width of a digit or a letter in the largest size, that of a narrow page. */
const LETTER = 11.5;
const WIDTH = 720;
const months = Array.from(
  { length: 36 },
  (_, i) => `20${24 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
);
const large = months.map((_, i) => 22_786_990 - 1000 * i);
const share = { estimate: 0.058, low: 0.051, high: 0.061 };

it.each([
  ['bars', barChart({ title: '', labels: months, before: null, after: large })],
  ['a line', lineChart({ title: '', labels: months, before: large, after: large })],
  [
    'intervals',
    intervalChart('', [
      { label: 'America/New_York', share },
      { label: 'no value', share },
    ]),
  ],
  ['a curve', curve({ title: '', labels: months, points: large, show: (n) => `€${n.toLocaleString('en')}.00` })],
])('writes all letters of %s within the picture, also on a narrow page', (_, picture) => {
  const written = [...picture.matchAll(/<text ([^>]*)>([^<]*)</g)];
  expect(written.length).toBeGreaterThan(2);
  for (const [, place = '', words = ''] of written) {
    const x = Number(/\bx="([^"]*)"/.exec(place)?.[1]);
    const width = words.length * LETTER;
    const left = x - width * { start: 0, middle: 0.5, end: 1 }[/text-anchor="(\w+)"/.exec(place)?.[1] as 'start'];
    expect(left, words).toBeGreaterThanOrEqual(0);
    expect(left + width, words).toBeLessThanOrEqual(WIDTH);
  }
});
