import type { Experiment } from '../../engine/plan/experiments.ts';
import { t } from '../../spec/words/t.ts';
import { many, percent } from './format.ts';
import type { Shown } from './plan-forecast.ts';

/** Returns a line for each experiment of the changed campaigns: the detectable effect, and the days that it takes. */
export function experimentLines({ effects, changes }: Shown): string[] {
  const changed = new Set(changes.flatMap(({ address, action }) => (action === 'remove' ? [] : [address])));
  const shown = effects.forecast.details.experiments.filter(
    ({ campaign, perDay }) => changed.has(`campaign.${campaign}`) && perDay > 0,
  );
  const unknown = shown.filter(({ rate }) => rate === undefined).map(nameOf);
  return [
    ...shown.flatMap((one) => (one.rate === undefined ? [] : [words(one, one.rate)])),
    ...(unknown.length > 0
      ? [
          t`${unknown.join(', ')}: how many customers reach the goal is not known, since nobody has been followed for its whole time`,
        ]
      : []),
  ];
}

const nameOf = ({ campaign, split }: Experiment) => `${campaign}.${split}`;

function words(one: Experiment, rate: number): string {
  const { perDay, days, smallest } = one;
  const name = nameOf(one);
  const entering = many(Math.max(1, Math.round(perDay)), 'customer');
  const reach = percent(rate);
  if (days === undefined && smallest === undefined)
    return t`${name}: about ${entering} a day, of whom ${reach} reach the goal; too few for a rise by 10% to be seen within two years`;
  if (days === undefined)
    return t`${name}: about ${entering} a day, of whom ${reach} reach the goal; a rise by 10% is not seen within two years, one by ${percent(smallest ?? 0, 0)} after 28 days`;
  if (smallest === undefined)
    return t`${name}: about ${entering} a day, of whom ${reach} reach the goal; a rise by 10% is seen after about ${many(days, 'day')}, and none after 28 days`;
  return t`${name}: about ${entering} a day, of whom ${reach} reach the goal; a rise by 10% is seen after about ${many(days, 'day')}, one by ${percent(smallest, 0)} after 28 days`;
}
