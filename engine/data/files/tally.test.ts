import fc from 'fast-check';
import { expect, test } from 'vitest';
import { tally } from './tally.ts';

const half = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }));

test('counts like a map', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(half, half), { maxLength: 3000, size: 'max' }), (keys) => {
      const counts = new Map<string, number>();
      const counted = tally();
      for (const [high, low] of keys) {
        const before = counts.get(`${high} ${low}`) ?? 0;
        counts.set(`${high} ${low}`, before + 1);
        expect(counted.add(high, low)).toBe(before);
      }
    }),
    { numRuns: 30 },
  );
});
