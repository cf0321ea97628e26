import type { Campaign, EventMatch, Goal, Trigger } from '../model/campaign.ts';
import type * as written from '../source/document.generated.ts';
import { readSchedule } from '../source/every.ts';
import type { Loose } from '../source/loose.ts';
import type { Place } from '../source/place.ts';
import { positiveDuration, readReentry } from '../source/readings.ts';
import type { Entry } from './contents.ts';
import { type Context, checkSegment, type EventScope, eventAt, expressionAt } from './context.ts';
import { buildSteps } from './steps.ts';

const day = 86_400_000;

export function buildCampaigns(entries: Entry<written.Campaign>[], context: Context): Campaign[] {
  return entries.flatMap((entry) => buildCampaign(entry, context) ?? []);
}

function buildCampaign({ name, value, place }: Entry<written.Campaign>, context: Context): Campaign | undefined {
  if (!value) return undefined;
  const { title, category = 'marketing', priority = 0 } = value;
  const { trigger, event } = buildTrigger(value.on, place.at('on'), context);
  const audience = expressionAt(context, value.audience, place.at('audience'));
  const exit = buildExits(value.exit, place.at('exit'), context);
  const goal = value.goal && buildGoal(value.goal, place.at('goal'), context);
  const steps = buildSteps(value.steps ?? [], place.at('steps'), { context, campaign: name, category, event });
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
    reenter: readReentry(value.reenter ?? 'never') ?? { kind: 'never' },
    expires: positiveDuration(value.expires ?? '') ?? day,
    steps,
  };
}

function buildTrigger(
  on: Loose<written.Trigger> | undefined,
  place: Place,
  context: Context,
): { trigger?: Trigger; event: EventScope } {
  if (on === undefined) return { event: 'unknown' };
  if ('event' in on) {
    const event = eventAt(context, on.event, place.at('event'));
    const when = expressionAt(context, on.when, place.at('when'), event);
    if (on.event === undefined) return { event };
    return { trigger: { kind: 'event', event: on.event, ...(when && { when }) }, event };
  }
  if ('enters' in on) {
    checkSegment(context, on.enters, place.at('enters'));
    if (on.enters === undefined) return { event: 'none' };
    return { trigger: { kind: 'segment', segment: on.enters, existing: on.existing ?? false }, event: 'none' };
  }
  const schedule = 'schedule' in on && on.schedule !== undefined ? readSchedule(on.schedule) : undefined;
  const zone = ('zone' in on && on.zone) || 'project';
  if (schedule?.problem !== undefined || !schedule) return { event: 'none' };
  return { trigger: { kind: 'schedule', cron: schedule.cron, zone }, event: 'none' };
}

function buildExits(exits: Loose<written.Exits> | undefined, place: Place, context: Context): EventMatch[] {
  if (exits === undefined) return [];
  if (!Array.isArray(exits)) return buildMatch(exits, place, context) ?? [];
  return exits.flatMap((exit, index) => (exit && buildMatch(exit, place.at(index), context)) ?? []);
}

function buildMatch(match: Loose<written.EventMatch>, place: Place, context: Context): EventMatch[] | undefined {
  const event = eventAt(context, match.event, place.at('event'));
  const when = expressionAt(context, match.when, place.at('when'), event);
  return match.event === undefined ? undefined : [{ event: match.event, ...(when && { when }) }];
}

function buildGoal(goal: Loose<written.Goal>, place: Place, context: Context): Goal | undefined {
  const event = eventAt(context, goal.event, place.at('event'));
  const when = expressionAt(context, goal.when, place.at('when'), event);
  const value = expressionAt(context, goal.value, place.at('value'), event, 'number');
  const within = positiveDuration(goal.within ?? '');
  if (goal.event === undefined || within === undefined) return undefined;
  return { event: goal.event, ...(when && { when }), within, ...(value && { value }) };
}
