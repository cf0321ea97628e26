import type { Campaign, InFlightRule, RolloutStage, Step } from '../../spec/model/campaign.ts';
import type { Model } from '../../spec/model/model.ts';
import { day, hour } from '../world.ts';
import { longJourneys } from './long-journeys.ts';

/** The rule for customers inside; undefined: they finish; `rollout`: they finish, and the change is rolled out. */
export type Rule = InFlightRule | 'rollout' | undefined;

/** Those of one world after the other. */
export const rules: readonly Rule[] = [undefined, 'migrate', 'migrate recompute', 'follow', 'exit', 'rollout'];

/** The stages of changes, for one campaign after the other: they grow within the days of a forecast, or wait to be promoted. */
const rollouts: RolloutStage[][] = [
  [{ share: 3_000, lasts: 2 * day + 1 }, { share: 7_000, lasts: 27 * hour }, { share: 10_000 }],
  [{ share: 5_000, lasts: 31 * hour }, { share: 10_000 }],
  [{ share: 4_000, lasts: 20 * hour }, { share: 6_000 }, { share: 10_000 }],
];

/** Quiet hours that hold messages in some time zone at any instant. */
const midday: Model['policies']['quietHours'] = {
  ...{ from: 10 * 60, to: 20 * 60 },
  ...{ otherwise: 'hold', transactional: false },
};

/**
 * A change of all campaigns of the world with this number: other times, shares and ids, steps in other places, further steps; and ones that go, where a rule
 * allows it. Two of them are random, two have customers at every kind of step.
 */
export function changeOf(model: Model, rule: Rule, number: number): { before: Model; after: Model } {
  const mayLose = rule === undefined || rule === 'rollout' || rule === 'follow' || rule === 'exit';
  const isEven = number % 2 === 0;
  const some = only(model, ['a', isEven ? 'b' : 'c']);
  const { timers, branches, losses } = longJourneys();
  const long = [timers, mayLose && !isEven ? losses : branches];
  const pairs = [...some.campaigns.map((campaign) => pairOf(campaign, mayLose)), ...long];
  const after = pairs.map(([, one], i) => ruled(one, rule, i));
  const all: Model = { ...some, policies: { quietHours: midday, ...some.policies } };
  return { before: { ...all, campaigns: pairs.map(([one]) => one) }, after: { ...all, campaigns: after } };
}

/** Replaces the line `rollout` of a campaign that has one, as an author would. */
function ruled({ rollout, ...campaign }: Campaign, rule: Rule, i: number): Campaign {
  const changeRollout = rollouts[i % rollouts.length];
  if (rule === 'rollout' && changeRollout) return { ...campaign, changeRollout };
  return { ...campaign, ...(rollout && { rollout }), ...(rule && rule !== 'rollout' && { inFlight: rule }) };
}

/** Returns the model with some of its campaigns. */
export function only(model: Model, names: string[]): Model {
  const stays = (name: string) => names.includes(name);
  return {
    ...model,
    campaigns: model.campaigns.filter(({ name }) => stays(name)),
    holdouts: model.holdouts.filter(({ campaigns }) => !campaigns || campaigns.every(stays)),
    policies: {
      ...model.policies,
      caps: model.policies.caps.filter(({ campaign }) => campaign === undefined || stays(campaign)),
    },
  };
}

function pairOf(campaign: Campaign, mayLose: boolean): [Campaign, Campaign] {
  const { steps } = campaign;
  // What only the later version has comes in between, and what only the earlier one has is lost.
  const kept = steps.filter((step, i) => i % 3 !== 1 || step.kind !== 'send');
  const extra = (i: number): Step[] =>
    mayLose && i % 2 === 0 ? [{ kind: 'wait', id: `only-${i}`, ms: 9 * hour }] : [];
  const earlier = kept.flatMap((step, i) => [...extra(i), otherwise(step)]);
  const renamed = earlier.flatMap(({ kind, id }) =>
    kind === 'wait' && id.startsWith('old-') ? [{ from: id, to: id.slice('old-'.length) }] : [],
  );
  // The first two steps change places, so that a send may come to customers who have its message.
  const [first, second, ...rest] = steps;
  const later = first && second && second.kind !== 'exit' ? [second, first, ...rest] : steps;
  const swapped = later.findIndex(({ kind }) => kind === 'exit');
  return [
    { ...campaign, steps: earlier },
    {
      ...campaign,
      steps: swapped < 0 ? later : later.slice(0, swapped + 1),
      ...(renamed.length > 0 && { moved: renamed.toSorted((a, b) => (a.from < b.from ? -1 : 1)) }),
    },
  ];
}

/** The same step with other times and shares; a wait also with another id. */
function otherwise(step: Step): Step {
  if (step.kind === 'wait') return { ...step, id: `old-${step.id}`, ms: step.ms + 14 * hour };
  if (step.kind === 'until') return { ...step, minuteOfDay: (step.minuteOfDay + 95) % 1440 };
  if (step.kind === 'await') return { ...step, within: step.within + 20 * hour };
  if (step.kind === 'cascade')
    return {
      ...step,
      stages: step.stages.map((stage) => ({ ...stage, ...(stage.within && { within: stage.within + 10 * hour }) })),
    };
  if (step.kind !== 'split') return step;
  const shares = step.arms.map(({ share }) => share).toReversed();
  return { ...step, arms: step.arms.map((arm, i) => ({ ...arm, share: shares[i] ?? arm.share })) };
}
