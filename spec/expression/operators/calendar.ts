import type { CalendarFunction, Expression } from '../../model/expression.ts';
import { printDuration } from '../../words/durations.ts';
import { later, t } from '../../words/t.ts';
import { refuse } from '../refuse.ts';
import type { Checks, Context } from '../scope.ts';
import type { CallSyntax } from '../syntax.ts';
import { called } from '../types.ts';
import { type Family, functionsOf, type Meaning, meaning } from './family.ts';

const functions: Record<CalendarFunction, Meaning> = {
  age: meaning('age(date)', later`Whole years up to today, at the customer’s place.`, 'age(birthday) >= 18'),
  month: meaning('month(date)', later`The month, 1 to 12.`, 'month(birthday) == month(today)'),
  day: meaning('day(date)', later`The day of the month, 1 to 31.`, 'day(today) == 1'),
  weekday: meaning(
    'weekday(date)',
    later`The day of the week, from 1 (Monday) to 7 (Sunday).`,
    'weekday(today) in (6, 7)',
  ),
  days_until_anniversary: meaning(
    'days_until_anniversary(date)',
    later`Days to the next time that the date comes round; 0 on the day.`,
    'days_until_anniversary(birthday) == 3',
  ),
};

export const calendarFunctions = Object.keys(functions) as CalendarFunction[];

/** Dates and instants that depend on now, and questions about a date. */
export const calendar: Family<'ago', 'ago' | 'today' | 'calendar'> = {
  checks: { ago: ({ ms }) => ({ kind: 'ago', type: 'instant', ms }) },
  functions: functionsOf(calendarFunctions, checkCalendar),
  prints: {
    ago: { text: ({ ms }) => (ms === 0 ? 'now' : `${printDuration(ms)} ago`) },
    today: { text: () => 'today' },
    calendar: { text: ({ fn, operand }, { whole }) => `${fn}(${whole(operand)})` },
  },
  meanings: {
    ...functions,
    now: meaning('now', later`The instant at which the condition is asked.`, 'now - registered_at > 30 days'),
    ago: meaning('45 days ago', later`The instant so long before now.`, 'registered_at < 45 days ago'),
    today: meaning('today', later`The date at the customer’s place.`, 'birthday == today'),
  },
};

/** Checks `age(birthday)` and the like: a function of one date. */
function checkCalendar(
  fn: CalendarFunction,
  call: CallSyntax,
  context: Context,
  checks: Checks,
): Expression | undefined {
  const [argument, second] = call.args;
  const example = () => t`Write it such as ${fn}(${dateIn(context) ?? 'today'}).`;
  if (!argument) return refuse(context, 'CRM2045', call, t`"${fn}" lacks its date.`, example());
  if (second) return refuse(context, 'CRM2045', second, t`"${fn}" takes one argument.`, example());
  if (call.where || call.within !== undefined) {
    return refuse(context, 'CRM2045', call, t`"${fn}" takes a date only, without "where" and "in last".`, example());
  }
  const operand = checks.value(argument, context);
  if (!operand) return undefined;
  if (operand.type === 'date') return { kind: 'calendar', type: 'integer', fn, operand };
  const help =
    operand.type === 'instant'
      ? t`An instant is a point in time, which is on different dates around the world.`
      : example();
  return refuse(context, 'CRM2045', argument, t`"${fn}" takes a date, but this is ${called(operand.type)}.`, help);
}

function dateIn({ scope }: Context): string | undefined {
  return scope.data.customers.attributes.find(({ type }) => type === 'date')?.name;
}
