import type * as written from '../../document/document.generated.ts';
import { clause } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import type { DateTrigger } from '../../model/campaign.ts';
import { many } from '../../words/many.ts';
import { timeOfDay } from '../../words/printing.ts';
import { readDayOffset, readTimeOfDay } from '../../words/readings.ts';
import { t } from '../../words/t.ts';
import { attributeAt, type Context } from '../context.ts';
import { type TriggerKind, triggerForm } from './trigger.ts';

/** `occurrence`: the local date. */
type Cause = { by: 'date'; attribute: string; occurrence: string };

export const date: TriggerKind<DateTrigger, Cause> = {
  form: triggerForm(
    'date',
    'name',
    clause('at', 'name'),
    clause('offset', 'phrase'),
    clause('every', 'name'),
    clause('leap_day', 'phrase'),
  ),
  build: (on: Loose<written.OnDate>, place, context) => ({ trigger: buildDate(on, place, context), event: 'none' }),
  write({ attribute, minuteOfDay, days, yearly }) {
    const count = `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'}`;
    return {
      date: attribute,
      at: timeOfDay(minuteOfDay),
      ...(days !== 0 && { offset: `${count} ${days < 0 ? 'before' : 'after'}` }),
      ...(yearly && { every: 'year', leap_day: yearly.leapDay }),
    };
  },
  lines({ attribute, days, minuteOfDay, yearly }) {
    const at = timeOfDay(minuteOfDay);
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
  },
  entry: ({ attribute }, occurrence) => ({ by: 'date', attribute, occurrence }),
  cause: (entry) => t`${entry.attribute} is kept: ${entry.occurrence}`,
  causeHasTime: true,
  mayEnter: (customers, on) => t`${customers} may enter on the day of ${on.attribute}: they have one`,
  idle: (on) => t`the day of no customer whom it may take in comes: ${on.attribute}`,
  attribute: (on) => on.attribute,
  clock: (on) => on.minuteOfDay,
  again: (on) => on.yearly !== undefined,
};

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
