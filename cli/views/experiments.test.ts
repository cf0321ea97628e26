import { afterEach, expect, it } from 'vitest';
import type { Experiment, ExperimentArm, Judged } from '../../engine/metrics/experiments.ts';
import { useLanguage } from '../../spec/words/language.ts';
import { untranslated } from '../../test/untranslated.ts';
import { catalogue } from '../russian/index.ts';
import { experimentContent } from './experiments.ts';
import { partLines } from './grid.ts';

const project = { currency: 'EUR' };
const none = { converted: 0, revenue: 0, conversion: null, mean: null, effect: null };
const arm = (name: string, n: number, more: Partial<ExperimentArm> = {}): ExperimentArm => ({
  ...{ arm: name, control: name === 'control', share: 0.5, n, ...none },
  ...(n > 0 && { conversion: { estimate: 0, low: 0, high: 0.8 } }),
  ...more,
});
const nothing = { conversion: null, revenue: null, capped: null };

function experiment(arms: ExperimentArm[], more: Partial<Experiment> = {}): Experiment {
  const names = { campaign: 'cart', version: 'v', split: 'offer', after: null, template: null };
  return { ...names, unit: 'customer', ratio: null, without: null, days: 3, base: 'control', arms, ...more };
}

const shown = (one: Experiment) => partLines(experimentContent(one, project), 100).join('\n');
const cases = {
  'no control': experiment([arm('a', 40), arm('b', 41)], { without: 'control', base: null }),
  'no goal reached': experiment([arm('control', 40), arm('b', 41, { effect: nothing })]),
  'an arm of zero': experiment([arm('control', 12), arm('b', 0, { effect: nothing })]),
  'one customer': experiment([arm('control', 0), arm('b', 1, { effect: nothing })]),
};

afterEach(() => useLanguage('en'));

it('shows arms with no control, without a goal reached, an arm of zero, and one customer', () => {
  expect(
    Object.entries(cases)
      .map(([name, one]) => `${name}\n${shown(one)}`)
      .join('\n\n'),
  ).toMatchInlineSnapshot(`
    "no control
    arm    customers  reached the goal
    a 50%         40          0 (0.0%)
    b 50%         41          0 (0.0%)

    No arm gets nothing, so nobody can tell what the arms are worth: \`control: true\` makes one the
      control.

    no goal reached
    arm          customers  reached the goal  difference in points  with 95% confidence
    control 50%         40          0 (0.0%)
    b 50%               41          0 (0.0%)

    b: nothing can be said, since nobody reached the goal or everybody did.

    an arm of zero
    arm          customers  reached the goal  difference in points  with 95% confidence
    control 50%         12          0 (0.0%)
    b 50%                0                 –

    b: nothing can be said, since too few customers are in it or in control.

    one customer
    arm          customers  reached the goal  difference in points  with 95% confidence
    control 50%          0                 –
    b 50%                1          0 (0.0%)

    b: nothing can be said, since too few customers are in it or in control."
  `);
});

it('says so in Russian too', () => {
  useLanguage('ru', catalogue);
  for (const one of Object.values(cases)) expect(untranslated(shown(one).replaceAll('control', ''))).toEqual([]);
});

it('says why a difference is not that of the numbers beside it', () => {
  const always = { estimate: 0.197, low: 0.1, high: 0.3 };
  const judged = (explained: number): Judged => ({
    ...{ once: { ...always, estimate: 0.194 }, always, lift: null, verdict: 'more', moreDays: null },
    freed: { always, explained },
  });
  const noted = (explained: number) =>
    shown(
      experiment([arm('control', 400), arm('b', 400, { effect: { ...nothing, conversion: judged(explained) } })]),
    ).replaceAll(/\s+/g, ' ');
  expect(noted(0.3)).toContain('explains up to 30% of the variance, so they are not those of the numbers beside them.');
  expect(noted(0.004)).toContain('in the 90 days before, so they are not quite those of the numbers beside them.');
  expect(noted(0.004)).not.toContain('0% of');
});
