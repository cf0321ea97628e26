import { everyStep, stepKind } from '../../constructs/steps/index.ts';
import type { Await, Campaign, EventMatch, Step } from '../../model/campaign.ts';
import { duration } from '../../words/many.ts';
import { t } from '../../words/t.ts';
import { conditionsOf, follow } from '../journey.ts';
import type { Finding, Rule, Subject } from '../rule.ts';
import type { Definitions } from '../truth/read.ts';
import { implies } from '../truth/truth.ts';

export const endedBeforeBranch: Rule = {
  name: 'ended-before-branch',
  check(subject) {
    const definitions = conditionsOf(subject.model);
    return subject.model.campaigns.flatMap((campaign) => [
      ...branches(subject, campaign, definitions),
      ...restarts(subject, campaign, definitions),
    ]);
  },
};

/** Waits for an event with steps to follow, where every such event ends the journey. */
function branches({ origins }: Subject, campaign: Campaign, definitions: Definitions): Finding[] {
  const { name, goal, exit, steps } = campaign;
  const soonest = arrivals(steps);
  const waits = [...everyStep(steps)].filter((step): step is Await => step.kind === 'await' && step.then.length > 0);
  return waits.flatMap((wait): Finding[] => {
    const range = origins[`campaign.${name}.${wait.id}`];
    const message = t`The journey ends before the steps under \`then\` can run`;
    const remedy = t`Name another event or a condition there, or do without these steps.`;
    if (exit.some((match) => covers(match, wait, definitions)))
      return [{ range, message, help: `${t`\`${wait.event}\` is an exit, which counts first.`} ${remedy}` }];
    if (!goal || !covers(goal, wait, definitions) || (soonest.get(wait.id) ?? 0) >= goal.within) return [];
    const why = t`\`${wait.event}\` within ${duration(goal.within)} of the start is the goal, which ends it and counts first.`;
    return [{ range, message, help: `${why} ${remedy}` }];
  });
}

/** A trigger that restarts journeys by an event that ends them first. */
function restarts({ contents }: Subject, campaign: Campaign, definitions: Definitions): Finding[] {
  const { name, on, goal, exit } = campaign;
  if (on.kind !== 'event' || !on.restart) return [];
  const ends = exit.some((match) => covers(match, on, definitions));
  if (!ends && !(goal && covers(goal, on, definitions))) return [];
  const place = contents.campaigns.find((one) => one.name === name)?.place.at('on');
  const why = ends
    ? t`\`${on.event}\` is an exit too, which counts first.`
    : t`\`${on.event}\` is the goal too, which counts first.`;
  const remedy = t`Name another event or a condition there, or do without \`restart\`.`;
  return [
    {
      range: place?.at('restart').key,
      message: t`The journey ends before it can begin anew`,
      help: `${why} ${remedy}`,
    },
  ];
}

/** Returns true if every event that `inner` finds is found by `outer` too. */
function covers(outer: EventMatch, inner: EventMatch, definitions: Definitions): boolean {
  return outer.event === inner.event && (!outer.when || implies(inner.when, outer.when, definitions));
}

/** Returns the least time after the start with which a customer may reach each step, in milliseconds, by its id. */
function arrivals(steps: Step[]): Map<string, number> {
  const found = new Map<string, number>();
  follow(steps, 0, {
    after(step, now) {
      found.set(step.id, now);
      return now + (stepKind(step).time?.(step).least ?? 0);
    },
    enter: ({ after = 0 }, now) => now + after,
    join: (ends) => Math.min(...ends),
  });
  return found;
}
