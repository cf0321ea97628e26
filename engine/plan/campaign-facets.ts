import { printDuration } from '../../spec/expression/durations.ts';
import { canonical } from '../compile/hash.ts';
import type { CompiledCampaign, CompiledGoal, CompiledMatch, CompiledTrigger, Query } from '../compile/program.ts';
import type { Condition } from './conditions.ts';
import { type Facet, facet } from './facets.ts';
import { stepText } from './step-text.ts';

type Read = (query: Query) => Condition;

/** A campaign's aspects in the words of its file. */
export function campaignFacets(campaign: CompiledCampaign, read: Read): Facet[] {
  const { trigger, audience, exit, goal, reenter } = campaign;
  return [
    ...facet('title', campaign.title),
    ...facet('category', campaign.category),
    ...facet('priority', String(campaign.priority)),
    ...facet('on', triggerText(trigger, read), canonical(trigger)),
    ...facet('audience', audience && read(audience).text, canonical(audience)),
    ...facet('exit', exit.length > 0 ? exit.map((one) => matchText(one, read)).join('; ') : undefined, canonical(exit)),
    ...facet('goal', goal && goalText(goal, read), canonical(goal)),
    ...facet('reenter', reenter.kind === 'after' ? `after ${printDuration(reenter.ms)}` : reenter.kind),
    ...facet('expires', printDuration(campaign.expires)),
    ...campaign.steps.flatMap((step) =>
      facet(`steps.${step.id}`, stepText(step, read), canonical({ ...step, next: 0, otherwise: 0, ...bare(step) })),
    ),
  ];
}

/** Links are compared apart from the steps: an inserted step is one change, not one of its neighbours too. */
function bare(step: CompiledCampaign['steps'][number]) {
  return step.kind === 'split' ? { arms: step.arms.map((arm) => ({ ...arm, next: 0 })) } : {};
}

/** Names of the segments that a campaign's conditions and trigger name. */
export function segmentsOf(campaign: CompiledCampaign, read: Read): string[] {
  const { trigger, audience, exit, goal, steps } = campaign;
  const queries = [
    trigger.kind === 'event' ? trigger.when : undefined,
    audience,
    ...exit.map((one) => one.when),
    goal?.when,
    goal?.value,
    ...steps.map((step) => (step.kind === 'if' ? step.condition : undefined)),
  ];
  const asked = queries.flatMap((query) => (query ? read(query).segments : []));
  return [...new Set(trigger.kind === 'segment' ? [trigger.segment, ...asked] : asked)];
}

function triggerText(trigger: CompiledTrigger, read: Read): string {
  switch (trigger.kind) {
    case 'event':
      return `event ${matchText(trigger, read)}`;
    case 'segment':
      return `enters segment ${trigger.segment}${trigger.existing ? ', present members too' : ''}`;
    case 'schedule':
      return `schedule ${trigger.cron} in the ${trigger.zone === 'customer' ? "customer's" : "project's"} time zone`;
  }
}

function matchText({ event, when }: CompiledMatch, read: Read): string {
  return when ? `${event} when ${read(when).text}` : event;
}

function goalText(goal: CompiledGoal, read: Read): string {
  const worth = goal.value ? `, worth ${read(goal.value).text}` : '';
  return `${matchText(goal, read)} within ${printDuration(goal.within)}${worth}`;
}
