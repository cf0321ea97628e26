import type { CalendarFunction, Expression } from '../../model/expression.ts';
import { t } from '../../words/t.ts';
import { refuse } from '../refuse.ts';
import type { Checks, Context } from '../scope.ts';
import type { CallSyntax } from '../syntax.ts';
import { called } from '../types.ts';

export const calendarFunctions: CalendarFunction[] = ['age', 'month', 'day', 'weekday', 'days_until_anniversary'];

export function calendarFunction(name: string): CalendarFunction | undefined {
  return calendarFunctions.find((fn) => fn === name);
}

/** `age(birthday)` and the like: of one date. */
export function checkCalendar(
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
