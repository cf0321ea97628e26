import type * as written from '../document/document.generated.ts';
import { body, clause, form, optional, slot, statement } from '../document/forms.ts';
import type { Loose } from '../document/loose.ts';
import type { Place } from '../document/place.ts';
import { printExpression } from '../expression/print.ts';
import type { Campaign, EventMatch, Goal, Reentry } from '../model/campaign.ts';
import { printDuration } from '../words/durations.ts';
import { positiveDuration, readReentry, readResumption } from '../words/readings.ts';
import { t } from '../words/t.ts';
import type { Entry } from './contents.ts';
import { type Context, expressionAt } from './context.ts';
import { matchAt, writtenMatch } from './event-match.ts';
import { buildGuardrails, guardrailsForm, writtenGuardrails } from './guardrails.ts';
import { buildRollouts, rolloutForm, writtenRollouts } from './rollout.ts';
import { StepIds } from './steps/ids.ts';
import { buildSteps, stepsForm, writtenSteps } from './steps/index.ts';
import { buildMoved, movedForm } from './steps/moved.ts';
import { buildTrigger, triggerKind, triggersForm, usualReentry } from './triggers/index.ts';

const exitForm = form('exit', 'an exit event', () => [clause('event', 'name'), clause('when', 'expression')]);

const goalForm = form('goal', 'a goal', () => [
  slot('event', 'name'),
  clause('when', 'expression'),
  clause('within', 'phrase'),
  clause('value', 'expression'),
]);

/** The entry, the steps and the end of a campaign in the DSL. */
export const campaignForm = form('campaign', 'a campaign', () => [
  optional('title', 'text'),
  body(
    [
      statement('category', 'name'),
      statement('priority', 'number'),
      statement('on', triggersForm),
      statement('audience', 'expression'),
      { words: ['exit', 'on'], path: ['exit'], value: exitForm, many: true },
      statement('goal', goalForm),
      statement('reenter', 'phrase'),
      statement('resume_within', 'phrase'),
      statement('in_flight', 'phrase'),
      statement('rollout', rolloutForm),
      statement('guardrails', guardrailsForm),
      statement('expires', 'phrase'),
      statement('moved', movedForm),
    ],
    { key: 'steps', items: stepsForm },
  ),
]);

const day = 86_400_000;

export function buildCampaigns(entries: Entry<written.Campaign>[], context: Context): Campaign[] {
  return entries.flatMap((entry) => buildCampaign(entry, context) ?? []);
}

function buildCampaign({ name, value, place }: Entry<written.Campaign>, context: Context): Campaign | undefined {
  if (!value) return undefined;
  const { title, category = 'marketing', priority = 0, in_flight: inFlight = 'finish' } = value;
  const { trigger, event } = buildTrigger(value.on, place.at('on'), context);
  const audience = expressionAt(
    typeof event === 'object' ? { ...context, instead: onlyTrigger() } : context,
    value.audience,
    place.at('audience'),
    event === 'unknown' ? event : 'none',
  );
  const exit = buildExits(value.exit, place.at('exit'), context);
  const goal = value.goal && buildGoal(value.goal, place.at('goal'), context);
  const rollouts = buildRollouts(value, place, context);
  const guardrails = value.guardrails && buildGuardrails(value.guardrails, place.at('guardrails'), context);
  const ids = new StepIds(context.report);
  const journey = { context, campaign: name, category, event, ids, ...(goal && { goal }) };
  const steps = buildSteps(value.steps ?? [], place.at('steps'), journey);
  const moved = buildMoved(value.moved, place.at('moved'), ids, context);
  if (!trigger) return undefined;
  return {
    name,
    ...(title !== undefined && { title }),
    category,
    priority,
    on: trigger,
    ...(audience && { audience }),
    exit,
    ...(goal && { goal }),
    reenter: readReentry(value.reenter ?? '') ?? usualReentry(trigger),
    resumeWithin: readResumption(value.resume_within ?? '') ?? 7 * day,
    ...(inFlight !== 'finish' && { inFlight }),
    ...rollouts,
    ...(guardrails && { guardrails }),
    expires: positiveDuration(value.expires ?? '') ?? day,
    ...(moved.length > 0 && { moved }),
    steps,
  };
}

function onlyTrigger(): string {
  return t`The audience is asked about customers. A condition on the event that starts the campaign belongs to its trigger, under \`when\`.`;
}

function buildExits(exits: Loose<written.Exits> | undefined, place: Place, context: Context): EventMatch[] {
  if (exits === undefined) return [];
  if (!Array.isArray(exits)) return listed(matchAt(exits, place, context).match);
  return exits.flatMap((exit, index) => listed(exit && matchAt(exit, place.at(index), context).match));
}

function listed(match: EventMatch | undefined): EventMatch[] {
  return match ? [match] : [];
}

function buildGoal(goal: Loose<written.Goal>, place: Place, context: Context): Goal | undefined {
  const { match, event } = matchAt(goal, place, context);
  const value = expressionAt(context, goal.value, place.at('value'), event, 'number');
  const within = positiveDuration(goal.within ?? '');
  return match && within !== undefined ? { ...match, within, ...(value && { value }) } : undefined;
}

/** A campaign as written. */
export function writtenCampaign(campaign: Campaign): written.Campaign {
  const {
    title,
    category,
    priority,
    on,
    audience,
    exit,
    goal,
    reenter,
    resumeWithin,
    inFlight,
    guardrails,
    expires,
    moved,
    steps,
  } = campaign;
  const [first, ...more] = exit.map(writtenMatch);
  return {
    ...(title !== undefined && { title }),
    ...(category !== 'marketing' && { category }),
    ...(priority !== 0 && { priority }),
    on: triggerKind(on).write(on),
    ...(audience && { audience: printExpression(audience) }),
    ...(first && { exit: more.length === 0 ? first : [first, ...more] }),
    ...(goal && { goal: writtenGoal(goal) }),
    ...(reenter.kind !== usualReentry(on).kind && { reenter: writtenReentry(reenter) }),
    ...(resumeWithin !== 7 * day && { resume_within: resumeWithin === 0 ? 'none' : printDuration(resumeWithin) }),
    ...(inFlight && { in_flight: inFlight }),
    ...writtenRollouts(campaign),
    ...(guardrails && { guardrails: writtenGuardrails(guardrails) }),
    expires: printDuration(expires),
    ...(moved && { moved: Object.fromEntries(moved.map(({ from, to }) => [from, to])) }),
    steps: writtenSteps(steps),
  };
}

function writtenGoal({ event, when, within, value }: Goal): written.Goal {
  return {
    event,
    ...(when && { when: printExpression(when) }),
    within: printDuration(within),
    ...(value && { value: printExpression(value) }),
  };
}

function writtenReentry(reenter: Reentry): string {
  return reenter.kind === 'after' ? `after ${printDuration(reenter.ms)}` : reenter.kind;
}
