import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sampleRatio } from './srm.ts';

const arms = (...n: number[]) => n.map((one) => ({ n: one, weight: 1 }));

it('600 and 400 of halves are a mismatch, p 2.54e-10', () => {
  const found = sampleRatio(arms(600, 400));
  expect(found?.p.toExponential(2)).toBe('2.54e-10');
  expect(found).toMatchObject({ chiSquare: 40, mismatch: true });
});

it('arms as large as their weights are none', () => {
  expect(
    sampleRatio([
      { n: 700, weight: 0.7 },
      { n: 300, weight: 0.3 },
    ]),
  ).toEqual({ chiSquare: 0, p: 1, mismatch: false });
});

it('neither the order of the arms nor the unit of the weights matters', () => {
  const arm = fc.record({ n: fc.integer({ min: 0, max: 10_000 }), weight: fc.integer({ min: 1, max: 100 }) });
  fc.assert(
    fc.property(fc.array(arm, { minLength: 2, maxLength: 6 }), (arms) => {
      const p = sampleRatio(arms)?.p ?? -1;
      const other = arms.toReversed().map(({ n, weight }) => ({ n, weight: weight / 100 }));
      expect(sampleRatio(other)?.p ?? -1).toBeCloseTo(p, 9);
    }),
  );
});

it('one customer in an arm that should have a hundredth of one is no mismatch, ten are: exact, where the chi-square test is not', () => {
  const drawn = (n: number) =>
    sampleRatio([
      { n, weight: 0.0001 },
      { n: 60 - n, weight: 0.9999 },
    ]);
  // P(X ≥ 1) = 1 − 0.9999⁶⁰, on two sides and for two arms.
  expect(drawn(1)?.p).toBeCloseTo(4 * (1 - 0.9999 ** 60), 12);
  expect(drawn(1)?.mismatch).toBe(false);
  expect(drawn(10)?.mismatch).toBe(true);
});

it('there is nothing to check with one arm or without customers', () => {
  expect(sampleRatio(arms(10))).toBeUndefined();
  expect(sampleRatio(arms(0, 0))).toBeUndefined();
  expect(sampleRatio([...arms(10), { n: 5, weight: 0 }])).toBeUndefined();
});
