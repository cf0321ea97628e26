import { expect, it } from 'vitest';
import type { Experiment } from '../../engine/plan/experiments.ts';
import { none, plan, planned } from './plan.fixture.ts';
import { experimentLines } from './plan-experiments.ts';
import { shownOf } from './plan-forecast.ts';

const known = { campaign: 'cart', split: 'offer', control: 0.1, treated: 0.9, arms: 1, perDay: 67.2 };

function lines(...experiments: Experiment[]): string[] {
  const { forecast } = none;
  const effects = { ...none, forecast: { ...forecast, details: { ...forecast.details, experiments } } };
  return experimentLines(shownOf(plan({}, undefined, effects), planned().model.project));
}

it.each<[string, Partial<Experiment>, string]>([
  [
    'both',
    { rate: 0.12, days: 23, smallest: 0.09 },
    ', of whom 12.0% reach the goal; a rise by 10% is seen after about 23 days, one by 9% after 28 days',
  ],
  [
    'a slow one',
    { rate: 0.12, smallest: 0.9 },
    ', of whom 12.0% reach the goal; a rise by 10% is not seen within two years, one by 90% after 28 days',
  ],
  [
    'a late one',
    { rate: 0.12, days: 700 },
    ', of whom 12.0% reach the goal; a rise by 10% is seen after about 700 days, and none after 28 days',
  ],
  ['none', { rate: 0.001 }, ', of whom 0.1% reach the goal; too few for a rise by 10% to be seen within two years'],
])('says of %s what will be seen, and when', (_, part, words) => {
  expect(lines({ ...known, ...part })).toEqual([`cart.offer: about 67 customers a day${words}`]);
});

it('names those together of which nothing is known', () => {
  expect(lines(known, { ...known, split: 'other' }, { ...known, rate: 0.001 })).toEqual([
    expect.stringMatching(/^cart\.offer: about 67/),
    'cart.offer, cart.other: how many customers reach the goal is not known, since nobody has been followed for its whole time',
  ]);
});

it('says nothing of a campaign that nobody enters or that does not change', () => {
  expect(lines({ ...known, perDay: 0 }, { ...known, campaign: 'other' })).toEqual([]);
});
