import type { Expression } from '../../model/expression.ts';
import { laterAll, t, translated } from '../../words/t.ts';
import { refuse, unknown } from '../refuse.ts';
import type { Checks, Context } from '../scope.ts';
import type { CallSyntax } from '../syntax.ts';
import type { Functions } from './family.ts';

/** The names of functions in other languages. */
const synonyms: Record<string, string> = laterAll({
  average: 'Write "avg".',
  mean: 'Write "avg".',
  total: 'Write "sum".',
  minimum: 'Write "min".',
  maximum: 'Write "max".',
  latest: 'Write "last".',
  earliest: 'Write "first".',
  unique: 'Write "distinct".',
  exists: 'Write "count(order_paid) > 0".',
  birthday: 'Write "days_until_anniversary(birthday) == 0".',
  dayofweek: 'Write "weekday".',
});

/** Checks a call by the family of its function. `names`: all functions, for suggestions. */
export function checkFunction(
  call: CallSyntax,
  context: Context,
  checks: Checks,
  functions: Functions,
  names: Iterable<string>,
): Expression | undefined {
  const name = call.fn.text;
  const check = Object.hasOwn(functions, name) ? functions[name] : undefined;
  if (check) return check(call, context, checks);
  const other = synonyms[name.toLowerCase()];
  if (other) return refuse(context, 'CRM2025', call.fn, t`There is no function "${name}".`, translated(other));
  return unknown(context, 'CRM2025', call.fn, t`There is no function "${name}".`, [...names]);
}
