import { printExpression } from '../../spec/expression/print.ts';
import type {
  AbsenceTrigger,
  Campaign,
  DateTrigger,
  EventMatch,
  Trigger,
  WaitUntil,
} from '../../spec/model/campaign.ts';
import { usualReentry } from '../../spec/model/usual-reentry.ts';
import { duration, many } from '../../spec/words/many.ts';
import { t } from '../../spec/words/t.ts';
import { scheduleWords, weekdays } from './schedule-words.ts';

/** Returns the trigger of a campaign and its conditions: a line each. */
export function entryLines(campaign: Campaign): string[] {
  const { on, audience, reenter } = campaign;
  return [
    ...triggerLines(on),
    ...(audience ? [t`for ${printExpression(audience)}`] : []),
    ...(reenter.kind === 'always' && usualReentry(on).kind === 'never' ? [t`again each time`] : []),
    ...(reenter.kind === 'never' && usualReentry(on).kind === 'always' ? [t`once only`] : []),
    ...(reenter.kind === 'after' ? [t`again after ${duration(reenter.ms)}`] : []),
  ];
}

function triggerLines(on: Trigger): string[] {
  switch (on.kind) {
    case 'event':
      return [t`on ${on.event}`, ...whenLines(on), ...(on.restart ? [t`each begins anew`] : [])];
    case 'segment':
      return [t`on entering ${on.segment}`, ...(on.existing ? [t`members of today too`] : [])];
    case 'leaving':
      return [t`on leaving ${on.segment}`];
    case 'date':
      return dateLines(on);
    case 'absence':
      return absenceLines(on);
    case 'schedule':
      return [scheduleWords(on.cron), on.zone === 'customer' ? t`customer’s time` : t`project’s time`];
    case 'manual':
      return [t`on crm launch`];
  }
}

function dateLines({ attribute, days, minuteOfDay, yearly }: DateTrigger): string[] {
  const at = clock(minuteOfDay);
  const count = many(Math.abs(days), 'day');
  const leap =
    yearly?.leapDay === 'march 1' ? t`every year, 29 February as 1 March` : t`every year, 29 February as 28 February`;
  return [
    days === 0
      ? t`on ${attribute} at ${at}`
      : days < 0
        ? t`${count} before ${attribute} at ${at}`
        : t`${count} after ${attribute} at ${at}`,
    ...(yearly ? [leap] : []),
  ];
}

function absenceLines({ absent, after, ms }: AbsenceTrigger): string[] {
  return [
    t`${duration(ms)} without ${absent.event}`,
    ...whenLines(absent),
    ...(after ? [t`after ${after.event}`, ...whenLines(after)] : []),
  ];
}

/** `when event.total > 5`. */
export function whenLines({ when }: EventMatch): string[] {
  return when ? [t`when ${printExpression(when)}`] : [];
}

export function untilText({ minuteOfDay, weekdays: days }: WaitUntil): string {
  const at = clock(minuteOfDay);
  return days ? t`wait until ${weekdays(days)} at ${at}` : t`wait until ${at}`;
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
