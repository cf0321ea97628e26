import { printDuration } from '../../spec/words/durations.ts';
import { canonical } from '../program/hash.ts';
import type { CompiledCampaign, CompiledGoal, CompiledTrigger, Query, StepRow } from '../program/program.ts';
import type { Condition } from './conditions.ts';
import { type Facet, facet } from './facets.ts';
import { clock, type Kinds, matchText, stepText } from './step-text.ts';

type Read = (query: Query) => Condition;

/** A campaign's aspects in the words of its file. */
export function campaignFacets(campaign: CompiledCampaign, read: Read, kinds: Kinds): Facet[] {
  const { trigger, audience, exit, goal, reenter, resumeWithin } = campaign;
  return [
    ...facet('title', campaign.title),
    ...facet('category', campaign.category),
    ...facet('priority', String(campaign.priority)),
    ...facet('on', triggerText(trigger, read), canonical(trigger)),
    ...facet('audience', audience && read(audience).text, canonical(audience)),
    ...facet('exit', exit.length > 0 ? exit.map((one) => matchText(one, read)).join('; ') : undefined, canonical(exit)),
    ...facet('goal', goal && goalText(goal, read), canonical(goal)),
    ...facet('reenter', reenter.kind === 'after' ? `after ${printDuration(reenter.ms)}` : reenter.kind),
    ...facet('resume_within', resumeWithin === 0 ? 'none' : printDuration(resumeWithin)),
    ...facet('expires', printDuration(campaign.expires)),
    ...campaign.steps.flatMap((step) =>
      facet(
        `steps.${step.id}`,
        stepText(step, read, kinds),
        canonical({ ...step, next: 0, otherwise: 0, ...bare(step) }),
      ),
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
    ...(trigger.kind === 'event' ? [trigger.when] : []),
    ...(trigger.kind === 'absence' ? [trigger.since.when, trigger.absent?.when] : []),
    audience,
    ...exit.map((one) => one.when),
    goal?.when,
    goal?.value,
    ...steps.flatMap(queriesOf),
  ];
  const asked = queries.flatMap((query) => (query ? read(query).segments : []));
  const named = steps.flatMap((step) => (step.kind === 'add' || step.kind === 'remove' ? [step.segment] : []));
  return [...new Set(['segment' in trigger ? trigger.segment : [], asked, named].flat())];
}

function queriesOf(step: StepRow): (Query | undefined)[] {
  if (step.kind === 'if') return [step.condition];
  if (step.kind === 'await') return [step.match.when];
  return step.kind === 'set' ? step.values.map(({ value }) => value) : [];
}

function triggerText(trigger: CompiledTrigger, read: Read): string {
  switch (trigger.kind) {
    case 'event':
      return `event ${matchText(trigger, read)}${trigger.restart ? ', each begins the journey anew' : ''}`;
    case 'segment':
      return `enters segment ${trigger.segment}${trigger.existing ? ', present members too' : ''}`;
    case 'leaving':
      return `leaves segment ${trigger.segment}`;
    case 'date':
      return dateText(trigger);
    case 'absence': {
      const { since, absent, ms } = trigger;
      if (!absent) return `no ${matchText(since, read)} for ${printDuration(ms)}`;
      return `no ${matchText(absent, read)} for ${printDuration(ms)} after ${matchText(since, read)}`;
    }
    case 'manual':
      return 'launched by hand';
    case 'schedule':
      return `schedule ${trigger.cron} in the ${trigger.zone === 'customer' ? "customer's" : "project's"} time zone`;
  }
}

function dateText({ attribute, days, minuteOfDay, yearly }: Extract<CompiledTrigger, { kind: 'date' }>): string {
  const apart = days === 0 ? '' : `${printDuration(Math.abs(days) * 86_400_000)} ${days < 0 ? 'before' : 'after'} `;
  const again = yearly ? `, every year, 29 February on ${yearly.leapDay}` : '';
  return `${apart}${attribute} at ${clock(minuteOfDay)} in the customer's time zone${again}`;
}

function goalText(goal: CompiledGoal, read: Read): string {
  const worth = goal.value ? `, worth ${read(goal.value).text}` : '';
  return `${matchText(goal, read)} within ${printDuration(goal.within)}${worth}`;
}
