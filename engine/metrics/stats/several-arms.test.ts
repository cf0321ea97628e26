import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eachOfSeveral, holm } from './several-arms.ts';

it('corrects as `p.adjust` of R does', () => {
  const rounded = (ps: number[]) => holm(ps).map((p) => Number(p.toFixed(10)));
  expect(rounded([0.01, 0.02, 0.03, 0.04])).toEqual([0.04, 0.06, 0.06, 0.06]);
  expect(rounded([0.03, 0.001, 0.6, 0.02])).toEqual([0.06, 0.004, 0.6, 0.06]);
  expect(rounded([0.9, 0.8])).toEqual([1, 1]);
});

it('never makes a p smaller, keeps their order, and leaves a single one as it is', () => {
  const p = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(fc.array(p, { minLength: 1, maxLength: 8 }), (ps) => {
      const corrected = holm(ps);
      ps.forEach((one, i) => {
        expect(corrected[i]).toBeGreaterThanOrEqual(one);
        ps.forEach((other, j) => {
          if (one < other) expect(corrected[i]).toBeLessThanOrEqual(corrected[j] ?? 0);
        });
      });
      expect(holm(ps.slice(0, 1))).toEqual(ps.slice(0, 1));
    }),
  );
});

it('an interval of one of two arms has half the error', () => {
  expect(eachOfSeveral(0.95, 2)).toBeCloseTo(0.975, 12);
  expect([eachOfSeveral(0.95, 1), eachOfSeveral(0.95, 0)]).toEqual([0.95, 0.95]);
});
