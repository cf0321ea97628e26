import type { CompareOp, Expression } from '../../model/expression.ts';
import { t } from '../../words/t.ts';
import type { Span } from '../problem.ts';
import { refuse } from '../refuse.ts';
import type { Context } from '../scope.ts';
import type { SyntaxOf } from '../syntax.ts';
import { arithmeticType, besides, called, comparable, isNumeric, isOrdered, movesDate } from '../types.ts';

/** Both sides are checked already. */
export function compare(
  op: CompareOp,
  left: Expression,
  right: Expression,
  at: Span,
  context: Context,
): Expression | undefined {
  if (!comparable(left.type, right.type)) return incomparable(left, right, at, context);
  if (op !== '==' && op !== '!=' && !isOrdered(left.type)) {
    const message =
      left.type === 'string'
        ? t`Nothing is less or greater among strings.`
        : t`Nothing is less or greater among conditions.`;
    return refuse(context, 'CRM2043', at, message, t`They can be compared with "==", "!=" and "in".`);
  }
  return { kind: 'compare', type: 'boolean', op, left: besides(left, right.type), right: besides(right, left.type) };
}

/** Puts a problem that says how the two could be compared; always undefined. */
export function incomparable(left: Expression, right: Expression, at: Span, context: Context): undefined {
  const message = t`${capital(called(left.type))} cannot be compared with ${called(right.type)}.`;
  return refuse(context, 'CRM2042', at, message, remedy(left, right) ?? remedy(right, left));
}

function remedy(one: Expression, other: Expression): string | undefined {
  if (one.kind === 'literal' && one.type === 'string') {
    const text = String(one.value);
    if (isNumeric(other.type) && /^-?\d+(\.\d+)?$/.test(text)) return t`A number has no quotes: ${text}.`;
    if (isNumeric(other.type)) return t`Compare it with a number, such as 100.`;
    if (other.type === 'date' && /^\d{4}-\d\d-\d\d$/.test(text)) return t`A date has no quotes: ${text}.`;
    if (other.type === 'boolean' && /^(true|false)$/.test(text)) return t`${capital(text)} has no quotes: ${text}.`;
  }
  if (one.type === 'date' && other.type === 'instant') {
    return one.kind === 'literal'
      ? t`A date is a whole day, an instant a point in time. Write an instant: ${String(one.value)}T00:00:00Z.`
      : t`A date is a whole day, an instant a point in time. Compare it with a date, such as 2026-03-01.`;
  }
  if (one.type === 'duration' && other.type === 'instant')
    return t`A point in time that long ago is written "45 days ago".`;
  if (one.type === 'duration' && isNumeric(other.type)) return t`A duration has a unit: "45 days".`;
  return undefined;
}

/** Both sides are checked already. */
export function arithmetic(
  { op, ...at }: SyntaxOf<'arithmetic'>,
  first: Expression,
  second: Expression,
  context: Context,
): Expression | undefined {
  const sum = op === '+' || op === '-';
  const left = sum ? besides(first, second.type) : first;
  const right = sum ? besides(second, first.type) : second;
  const type = arithmeticType(op, left.type, right.type);
  if (type === 'date' && !movesDate(right)) {
    return refuse(context, 'CRM2044', at, t`A date is moved by whole days.`, t`Such as: birthday - 3 days.`);
  }
  if (type) return { kind: 'arithmetic', type, op, left, right };
  const message = t`"${op}" cannot join ${called(left.type)} and ${called(right.type)}.`;
  return refuse(context, 'CRM2044', at, message, arithmeticHelp(left, right));
}

function arithmeticHelp({ type: left }: Expression, { type: right }: Expression): string {
  const types = [left, right];
  if (types.includes('date'))
    return t`A date is moved by days, such as birthday - 3 days; between two dates is a duration.`;
  if (types.includes('instant') && types.some(isNumeric)) return t`A duration has a unit: now - 45 days.`;
  if (types.includes('duration')) return t`Durations are added to durations and to instants.`;
  if (types.includes('money')) return t`Money is added to money, and multiplied or divided by a number.`;
  if (types.includes('string')) return t`Strings are only compared.`;
  return t`Arithmetic takes numbers, money, durations and instants.`;
}

/** A minus sign in front: of a literal the negative literal, of anything else its difference from zero. */
export function negate(operand: Expression, at: Span, context: Context): Expression | undefined {
  const { type } = operand;
  if (!isNumeric(type) && type !== 'duration') {
    return refuse(context, 'CRM2044', at, t`${capital(called(type))} has no negative.`);
  }
  if (operand.kind === 'literal') return { ...operand, value: operand.value === 0 ? 0 : -Number(operand.value) };
  const zero = type === 'number' ? 'integer' : type;
  return { kind: 'arithmetic', type, op: '-', left: { kind: 'literal', type: zero, value: 0 }, right: operand };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
