import type { CompareOp, Expression } from '../../model/expression.ts';
import { later, t } from '../../words/t.ts';
import type { Span } from '../problem.ts';
import { refuse } from '../refuse.ts';
import type { Checks, Context } from '../scope.ts';
import type { SyntaxOf } from '../syntax.ts';
import { besides, called, capital, comparable, isNumeric, isOrdered } from '../types.ts';
import { type Family, levels, meaning, type Printer } from './family.ts';
import { unless } from './logic.ts';

const compared = meaning(
  'a < b, a <= b, a > b, a >= b',
  later`Compares numbers, money, dates, instants and durations; false where one of the two is missing.`,
  'points >= 100',
);

export const comparison: Family<'compare' | 'missing' | 'in' | 'between', 'compare' | 'missing' | 'in'> = {
  checks: {
    compare: (syntax, context, checks) => {
      const left = checks.value(syntax.left, context);
      const right = checks.value(syntax.right, context);
      return left && right && compare(syntax.op, left, right, syntax, context);
    },
    missing: (syntax, context, checks) => {
      const operand = checks.value(syntax.operand, context);
      return operand && unless(syntax.negated, { kind: 'missing', type: 'boolean', operand });
    },
    in: checkIn,
    between: checkBetween,
  },
  infix: [
    ...['==', '!=', '<', '<=', '>', '>=', 'in', 'not in', 'between', 'not between'],
    ...['is missing', 'is not missing'],
  ],
  prints: {
    compare: {
      level: levels.compare,
      text: ({ op, left, right }, { at }) => `${at(levels.sum, left)} ${op} ${at(levels.sum, right)}`,
    },
    missing: {
      level: levels.compare,
      text: ({ operand }, { at }) => `${at(levels.sum, operand)} is missing`,
      negated: ({ operand }, { at }) => `${at(levels.sum, operand)} is not missing`,
    },
    in: {
      level: levels.compare,
      text: ({ operand, values }, printer) => `${printer.at(levels.sum, operand)} in ${list(values, printer)}`,
      negated: ({ operand, values }, printer) => `${printer.at(levels.sum, operand)} not in ${list(values, printer)}`,
    },
  },
  meanings: {
    '==': meaning('a == b', later`True if the two are equal; false where one is missing.`, 'city == "Омск"'),
    '!=': meaning('a != b', later`True if the two differ; false where one is missing.`, 'city != "Омск"'),
    '<': compared,
    '<=': compared,
    '>': compared,
    '>=': compared,
    between: meaning(
      'a between b and c',
      later`True if the value lies between the two; both ends are inside.`,
      'points between 5 and 10',
    ),
    in: meaning(
      'a in (b, c)',
      later`True if the value equals one of these; false where it is missing.`,
      'city in ("Омск", "Тула")',
    ),
    'is missing': meaning('a is missing, a is not missing', later`True if there is a value.`, 'email is not missing'),
  },
};

function list(values: Expression[], { at }: Printer): string {
  return `(${values.map((value) => at(levels.sum, value)).join(', ')})`;
}

/** Both sides are checked already. */
function compare(
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

/** Reports two values that cannot be compared, with a remedy if there is one; always undefined. */
function incomparable(left: Expression, right: Expression, at: Span, context: Context): undefined {
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

function checkIn(syntax: SyntaxOf<'in'>, context: Context, checks: Checks): Expression | undefined {
  const operand = checks.value(syntax.operand, context);
  const values = syntax.values.flatMap((each) => {
    const value = checks.value(each, context);
    if (!value || !operand) return [];
    return comparable(operand.type, value.type)
      ? [besides(value, operand.type)]
      : (incomparable(operand, value, each, context) ?? []);
  });
  if (!operand || values.length < syntax.values.length) return undefined;
  return unless(syntax.negated, { kind: 'in', type: 'boolean', operand, values });
}

/** Checks `a between b and c`, which means `a >= b and a <= c`. */
function checkBetween(syntax: SyntaxOf<'between'>, context: Context, checks: Checks): Expression | undefined {
  const operand = checks.value(syntax.operand, context);
  const low = checks.value(syntax.low, context);
  const high = checks.value(syntax.high, context);
  if (!operand || !low || !high) return undefined;
  const from = compare('>=', operand, low, spanning(syntax.operand, syntax.low), context);
  const to = from && compare('<=', operand, high, spanning(syntax.low, syntax.high), context);
  return from && to && unless(syntax.negated, { kind: 'and', type: 'boolean', operands: [from, to] });
}

function spanning(first: Span, last: Span): Span {
  return { start: first.start, end: last.end };
}
