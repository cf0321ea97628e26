import { printDuration } from '../../spec/expression/durations.ts';
import { printExpression } from '../../spec/expression/print.ts';
import { many } from '../../spec/many.ts';
import type {
  AbsenceTrigger,
  Campaign,
  DateTrigger,
  EventMatch,
  Trigger,
  WaitUntil,
} from '../../spec/model/campaign.ts';
import { usualReentry } from '../../spec/model/usual-reentry.ts';
import { weekdayWords } from '../../spec/source/weekdays.ts';
import { scheduleWords } from './schedule-words.ts';

/** Returns the trigger of a campaign and its conditions: a line each. */
export function entryLines(campaign: Campaign): string[] {
  const { on, audience, reenter } = campaign;
  return [
    ...triggerLines(on),
    ...(audience ? [`for ${printExpression(audience)}`] : []),
    ...(reenter.kind === 'always' && usualReentry(on).kind === 'never' ? ['again each time'] : []),
    ...(reenter.kind === 'never' && usualReentry(on).kind === 'always' ? ['once only'] : []),
    ...(reenter.kind === 'after' ? [`again after ${printDuration(reenter.ms)}`] : []),
  ];
}

function triggerLines(on: Trigger): string[] {
  switch (on.kind) {
    case 'event':
      return [...matchLines('on', on), ...(on.restart ? ['each begins anew'] : [])];
    case 'segment':
      return [`on entering ${on.segment}`, ...(on.existing ? ['members of today too'] : [])];
    case 'leaving':
      return [`on leaving ${on.segment}`];
    case 'date':
      return dateLines(on);
    case 'absence':
      return absenceLines(on);
    case 'schedule':
      return [scheduleWords(on.cron), on.zone === 'customer' ? 'customer’s time' : 'project’s time'];
    case 'manual':
      return ['on crm launch'];
  }
}

const leapDays = { 'february 28': '28 February', 'march 1': '1 March' };

function dateLines({ attribute, days, minuteOfDay, yearly }: DateTrigger): string[] {
  const count = Math.abs(days);
  const offset = `${many(count, 'day')} ${days < 0 ? 'before' : 'after'} `;
  return [
    `${days === 0 ? 'on ' : offset}${attribute} at ${clock(minuteOfDay)}`,
    ...(yearly ? [`every year, 29 February as ${leapDays[yearly.leapDay]}`] : []),
  ];
}

function absenceLines({ absent, after, ms }: AbsenceTrigger): string[] {
  return [...matchLines(`${printDuration(ms)} without`, absent), ...(after ? matchLines('after', after) : [])];
}

/** `before order_paid`, and on a line of its own `when event.total > 5`. */
export function matchLines(before: string, { event, when }: EventMatch): string[] {
  return [`${before} ${event}`, ...(when ? [`when ${printExpression(when)}`] : [])];
}

export function untilText({ minuteOfDay, weekdays: days }: WaitUntil): string {
  const on = days ? `${weekdayWords(days)} at ` : '';
  return `wait until ${on}${clock(minuteOfDay)}`;
}

/** `minuteOfDay`: 0 to 1439. */
function clock(minuteOfDay: number): string {
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
}

/** `share` in hundredths of a percent. */
export function percent(share: number): string {
  return `${share / 100}%`;
}
