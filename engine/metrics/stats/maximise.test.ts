import { expect, it } from 'vitest';
import { maximise } from './maximise.ts';

// The functions of J. J. Moré, B. S. Garbow and K. E. Hillstrom, “Testing unconstrained optimization software”, ACM TOMS 7 (1981), 1, 13 and 3.
it.each<[string, (x: readonly number[]) => number, number[], number[]]>([
  ['a narrow valley', ([x = 0, y = 0]) => 100 * (y - x ** 2) ** 2 + (1 - x) ** 2, [-1.2, 1], [1, 1]],
  [
    'a singular place',
    ([a = 0, b = 0, c = 0, d = 0]) => (a + 10 * b) ** 2 + 5 * (c - d) ** 2 + (b - 2 * c) ** 4 + 10 * (a - d) ** 4,
    [3, -1, 0, 1],
    [0, 0, 0, 0],
  ],
  ['a parabola', ([x = 0]) => (x - 3) ** 2, [100], [3]],
])('the lowest place of %s is found', (_, of, start, expected) => {
  const found = maximise((at) => -of(at), start);
  for (const [i, value] of expected.entries()) expect(found?.[i]).toBeCloseTo(value, 2);
});

it('a function without a maximum has none', () => {
  expect(maximise(([x = 0]) => x, [0])).toBeUndefined();
});

it('places where the function is no number are left', () => {
  expect(maximise(([x = 0]) => Math.sqrt(x) - x, [0.1])?.[0]).toBeCloseTo(0.25, 5);
});
