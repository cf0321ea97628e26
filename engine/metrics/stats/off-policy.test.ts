import fc from 'fast-check';
import { expect, it } from 'vitest';
import { chance } from '../../../test/chance.ts';
import { doublyRobust, effectiveSize, ipw, type Logged, type Modelled, snipw } from './off-policy.ts';

const log: Logged[] = [
  { reward: 1, chosen: 0.5, wanted: 1 },
  { reward: 0, chosen: 0.5, wanted: 1 },
  { reward: 4, chosen: 0.25, wanted: 0.5 },
  { reward: 9, chosen: 0.75, wanted: 0 },
];

it('the estimates of a log of four messages are those worked out by hand', () => {
  // The weights are 2, 2, 2, 0.
  expect(ipw(log)?.estimate).toBe(2.5);
  expect(snipw(log)?.estimate).toBeCloseTo(5 / 3, 12);
  expect(snipw(log)?.error).toBeCloseTo(Math.sqrt(4 * ((2 / 3) ** 2 + (5 / 3) ** 2 + (7 / 3) ** 2)) / 6, 12);
  expect(effectiveSize(log)).toBe(3);
  const modelled = log.map((one): Modelled => ({ ...one, expected: 1, expectedWanted: 2 }));
  expect(doublyRobust(modelled)?.estimate).toBe(2 + (0 - 2 + 6 + 0) / 4);
});

it('the policy that made the log has the mean reward', () => {
  const one = fc.record({
    reward: fc.integer({ min: 0, max: 100 }),
    chosen: fc.double({ min: 0.01, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(one, { minLength: 2, maxLength: 30 }), (rows) => {
      const own = rows.map((row) => ({ ...row, wanted: row.chosen }));
      const mean = rows.reduce((sum, { reward }) => sum + reward, 0) / rows.length;
      for (const found of [ipw(own), snipw(own)]) if (found) expect(found.estimate).toBeCloseTo(mean, 9);
      expect(effectiveSize(own)).toBeCloseTo(rows.length, 9);
    }),
  );
});

it('nothing is said of a policy that wants nothing of the log, or by one message', () => {
  expect(snipw(log.map((one) => ({ ...one, wanted: 0 })))).toBeUndefined();
  expect(ipw(log.slice(0, 1))).toBeUndefined();
  expect([ipw([]), snipw([]), effectiveSize([])]).toEqual([undefined, undefined, 0]);
});

/** Customers of two kinds, two channels; the log prefers channel 0, the other policy channel 1 for customers of kind 1. */
function simulated(n: number, seed: number): Modelled[] {
  const next = chance(seed);
  const truth = [
    [0.1, 0.3],
    [0.2, 0.6],
  ] as const;
  return Array.from({ length: n }, () => {
    const kind = next() < 0.4 ? 1 : 0;
    const channel = next() < 0.2 ? 1 : 0;
    const wanted = (at: number) => (at === kind ? 0.9 : 0.1);
    const reward = next() < truth[kind][channel] ? 1 : 0;
    // A model that is wrong by a tenth.
    const expected = (at: 0 | 1) => truth[kind][at] + 0.1;
    const expectedWanted = wanted(0) * expected(0) + wanted(1) * expected(1);
    return {
      reward,
      chosen: channel ? 0.2 : 0.8,
      wanted: wanted(channel),
      expected: expected(channel),
      expectedWanted,
    };
  });
}

it('in 300 simulated logs each estimate is right on average, and its interval holds as often as it says', () => {
  const truth = 0.6 * (0.9 * 0.1 + 0.1 * 0.3) + 0.4 * (0.1 * 0.2 + 0.9 * 0.6);
  for (const estimate of [ipw, snipw, doublyRobust] as ((log: readonly Modelled[]) => ReturnType<typeof ipw>)[]) {
    let [sum, holds] = [0, 0];
    for (let seed = 1; seed <= 300; seed++) {
      const found = estimate(simulated(500, seed));
      if (!found) throw new Error('there is no estimate');
      sum += found.estimate;
      if (Math.abs(found.estimate - truth) < 1.96 * found.error) holds++;
    }
    expect(Math.abs(sum / 300 - truth)).toBeLessThan(0.006);
    expect(holds / 300).toBeGreaterThan(0.92);
    expect(holds / 300).toBeLessThan(0.98);
  }
});
