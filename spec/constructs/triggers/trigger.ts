import type * as written from '../../document/document.generated.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import { printExpression } from '../../expression/print.ts';
import type { AbsenceTrigger, DateTrigger, EventMatch, Trigger } from '../../model/campaign.ts';
import { printDuration } from '../../words/durations.ts';
import { timeOfDay } from '../../words/printing.ts';
import { positiveDuration, readDayOffset, readTimeOfDay } from '../../words/readings.ts';
import { readSchedule } from '../../words/schedules.ts';
import { t } from '../../words/t.ts';
import { attributeAt, type Context, checkSegment, type EventScope, eventAt, expressionAt } from '../context.ts';

/** The trigger of a campaign, and the event that its journeys speak of. */
export interface BuiltTrigger {
  trigger?: Trigger | undefined;
  event: EventScope;
}

export function buildTrigger(on: Loose<written.Trigger> | undefined, place: Place, context: Context): BuiltTrigger {
  if (on === undefined) return { event: 'unknown' };
  if ('event' in on) {
    const { match, event } = matchAt(on, place, context);
    return { trigger: match && { kind: 'event', ...match, ...(on.restart && { restart: true }) }, event };
  }
  if ('absence' in on) return buildAbsence(on, place, context);
  return { trigger: buildEventless(on, place, context), event: 'none' };
}

function buildEventless(on: Loose<written.Trigger>, place: Place, context: Context): Trigger | undefined {
  if ('enters' in on) {
    checkSegment(context, on.enters, place.at('enters'));
    return on.enters === undefined
      ? undefined
      : { kind: 'segment', segment: on.enters, existing: on.existing ?? false };
  }
  if ('leaves' in on) {
    checkSegment(context, on.leaves, place.at('leaves'));
    return on.leaves === undefined ? undefined : { kind: 'leaving', segment: on.leaves };
  }
  if ('date' in on) return buildDate(on, place, context);
  if ('launch' in on) return on.launch && { kind: 'manual' };
  const schedule = 'schedule' in on && on.schedule !== undefined ? readSchedule(on.schedule) : undefined;
  const zone = ('zone' in on && on.zone) || 'project';
  return schedule?.problem !== undefined || !schedule ? undefined : { kind: 'schedule', cron: schedule.cron, zone };
}

function buildDate(on: Loose<written.OnDate>, place: Place, context: Context): DateTrigger | undefined {
  const { date, at, offset, leap_day: leapDay } = on;
  const field = attributeAt(context, date, place.at('date'), ({ type }) => type === 'date');
  if (field && field.type !== 'date' && !context.doubt.about(field.name)) {
    const message = t`The attribute \`${field.name}\` is of type ${field.type}, not a date`;
    context.report.error('CRM4030', place.at('date').value, message, t`Name an attribute of type date.`);
  }
  const yearly = 'every' in on;
  if (yearly && !('leap_day' in on)) {
    const help = t`Three years of four have no 29 February: \`leap_day\` says when those born on it are meant, \`february 28\` or \`march 1\`.`;
    context.report.error('CRM1011', place.at('every').key, t`A date of every year needs the key \`leap_day\``, help);
  }
  if (!yearly && 'leap_day' in on) {
    const help = t`Without \`every: year\` the date comes in its own year only: remove the one, or add the other.`;
    context.report.error('CRM4013', place.at('leap_day').key, t`\`leap_day\` has no effect without \`every\``, help);
  }
  const minuteOfDay = readTimeOfDay(at ?? '');
  const days = offset === undefined ? 0 : (readDayOffset(offset) ?? 0);
  if (date === undefined || minuteOfDay === undefined || (yearly && leapDay === undefined)) return undefined;
  const every = yearly && leapDay !== undefined ? { yearly: { leapDay } } : {};
  return { kind: 'date', attribute: date, days, minuteOfDay, ...every };
}

function buildAbsence(on: Loose<written.OnAbsence>, place: Place, context: Context): BuiltTrigger {
  const absent = matchAt({ event: on.absence, when: on.when }, place, context, 'absence');
  const after = typeof on.after === 'string' ? { event: on.after } : on.after;
  const at = place.at('after');
  // If the event stands by itself, its place is that of the whole.
  const since = after && matchAt(after, at, context, typeof on.after === 'string' ? undefined : 'event');
  const ms = positiveDuration(on.for ?? '');
  const { event } = since ?? absent;
  if (!absent.match || ms === undefined || ('after' in on && !since?.match)) return { event };
  const trigger: AbsenceTrigger = {
    kind: 'absence',
    absent: absent.match,
    ...(since?.match && { after: since.match }),
    ms,
  };
  return { trigger, event };
}

type Match = Loose<{ event: string; when?: string | undefined }>;

/** An event and a condition on it. `key`: under which the event stands; undefined: it is the value at `place` itself. */
export function matchAt(
  { event: name, when }: Match,
  place: Place,
  context: Context,
  key: string | undefined = 'event',
): { match?: EventMatch; event: EventScope } {
  const event = eventAt(context, name, key === undefined ? place : place.at(key));
  const condition = expressionAt(context, when, place.at('when'), event);
  return name === undefined ? { event } : { match: { event: name, ...(condition && { when: condition }) }, event };
}

/** A trigger as written. */
export function writtenTrigger(on: Trigger): written.Trigger {
  switch (on.kind) {
    case 'event':
      return { ...writtenMatch(on), ...(on.restart && { restart: true }) };
    case 'segment':
      return { enters: on.segment, ...(on.existing && { existing: true }) };
    case 'leaving':
      return { leaves: on.segment };
    case 'date':
      return writtenDate(on);
    case 'absence':
      return writtenAbsence(on);
    case 'manual':
      return { launch: 'manual' };
    case 'schedule':
      return { schedule: on.cron, ...(on.zone === 'customer' && { zone: 'customer' }) };
  }
}

function writtenDate({ attribute, minuteOfDay, days, yearly }: DateTrigger): written.OnDate {
  const count = `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'}`;
  return {
    date: attribute,
    at: timeOfDay(minuteOfDay),
    ...(days !== 0 && { offset: `${count} ${days < 0 ? 'before' : 'after'}` }),
    ...(yearly && { every: 'year', leap_day: yearly.leapDay }),
  };
}

function writtenAbsence({ absent, after, ms }: AbsenceTrigger): written.OnAbsence {
  const { event, when } = writtenMatch(absent);
  return {
    absence: event,
    ...(when !== undefined && { when }),
    for: printDuration(ms),
    ...(after && { after: after.when ? writtenMatch(after) : after.event }),
  };
}

export function writtenMatch({ event, when }: EventMatch): written.EventMatch {
  return { event, ...(when && { when: printExpression(when) }) };
}
