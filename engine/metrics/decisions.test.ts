import { describe, expect, it } from 'vitest';
import type { Decision } from '../../spec/model/campaign.ts';
import { decided } from './decisions.ts';
import type { Experiment, ExperimentArm, Judged } from './experiments.ts';

const by = (measure: Decision['by'], otherwise?: Decision['otherwise']): Decision => ({
  by: measure,
  ...(otherwise && { otherwise }),
});
const judged = (verdict: Judged['verdict'], estimate: number, moreDays: number | null = null): Judged => {
  const always = { estimate, low: estimate - 0.01, high: estimate + 0.01 };
  return { once: always, always, lift: null, freed: null, verdict, moreDays };
};
const arm = (name: string, effect: ExperimentArm['effect']): ExperimentArm => ({
  ...{ arm: name, control: false, share: 0.5, n: 1_000, converted: 100, revenue: 0, conversion: null, mean: null },
  effect,
});
const reached = (name: string, conversion: Judged) => arm(name, { conversion, revenue: null, capped: null });
const one = (...arms: ExperimentArm[]): Experiment => ({
  ...{ campaign: 'c', version: 'v', split: 's', after: null, template: null, unit: 'customer', ratio: null },
  ...{ without: null, base: 'plain', days: 30 },
  arms: [arm('plain', null), ...arms],
});

describe('a decision', () => {
  it('is for the best of those that are better, and for the base where all others are worse', () => {
    const better = one(
      reached('a', judged('more', 0.02)),
      reached('b', judged('more', 0.05)),
      reached('c', judged('open', 0.09, 3)),
    );
    expect(decided([better], by('conversion'))).toMatchObject({
      ...{ verdict: 'winner', arm: 'b', why: 'better' },
      certain: { estimate: 0.05 },
    });
    const worse = one(reached('a', judged('less', -0.02)), reached('b', judged('less', -0.05)));
    expect(decided([worse], by('conversion'))).toEqual({ verdict: 'winner', arm: 'plain', why: 'worse' });
  });

  it('is not made as long as nothing is certain, unless its time is over', () => {
    const open = one(reached('a', judged('open', 0.02, 9)), reached('b', judged('less', -0.05)));
    expect(decided([open], by('conversion'))).toEqual({ verdict: 'not-yet', moreDays: 9 });
    const day = 86_400_000;
    expect(decided([open], by('conversion', { arm: 'a', within: 31 * day }))).toMatchObject({ verdict: 'not-yet' });
    expect(decided([open], by('conversion', { arm: 'a', within: 30 * day }))).toEqual({
      ...{ verdict: 'winner', arm: 'a', why: 'time' },
    });
    expect(decided([{ ...open, without: 'mismatch' }], by('conversion', { arm: 'a', within: day }))).toEqual({
      verdict: 'mismatch',
    });
    expect(decided([], by('conversion'))).toEqual({ verdict: 'unknown' });
  });

  it('is not made by revenue that rests on a few large amounts', () => {
    const rich = (low: number) =>
      one(
        arm('a', {
          conversion: null,
          revenue: judged('more', 5),
          capped: { cap: 9, always: { estimate: 1, low, high: 2 } },
        }),
      );
    expect(decided([rich(-0.1)], by('revenue'))).toMatchObject({ verdict: 'not-yet' });
    expect(decided([rich(0.1)], by('revenue'))).toMatchObject({ verdict: 'winner', arm: 'a' });
    expect(decided([rich(0.1)], by('conversion'))).toMatchObject({ verdict: 'not-yet' });
  });

  it('needs the same winner on every way to the split', () => {
    const [a, b, open] = [
      one(reached('a', judged('more', 0.02)), reached('b', judged('open', 0))),
      one(reached('a', judged('open', 0)), reached('b', judged('more', 0.02))),
      one(reached('a', judged('open', 0.01, 4)), reached('b', judged('open', 0))),
    ];
    expect(decided([a, a], by('conversion'))).toMatchObject({ verdict: 'winner', arm: 'a' });
    expect(decided([a, b], by('conversion'))).toEqual({ verdict: 'not-yet', moreDays: null });
    expect(decided([a, open], by('conversion'))).toEqual({ verdict: 'not-yet', moreDays: 4 });
  });
});
