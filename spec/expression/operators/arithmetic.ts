import type { ArithmeticOp, Expression, ValueType } from '../../model/expression.ts';
import { later, t } from '../../words/t.ts';
import type { Span } from '../problem.ts';
import { refuse } from '../refuse.ts';
import type { Context } from '../scope.ts';
import type { SyntaxOf } from '../syntax.ts';
import { besides, called, capital, isNumeric } from '../types.ts';
import { type Family, levels, meaning } from './family.ts';

const summed = meaning(
  'a + b, a - b',
  later`Of numbers, money and durations; of an instant or a date and a duration.`,
  'balance - 100 > event.total',
);
const multiplied = meaning(
  'a * b, a / b',
  later`Of numbers, and of money by a number. Division never rounds; by zero it gives something missing.`,
  'balance / 2 > 500',
);

export const arithmetic: Family<'negate' | 'arithmetic', 'arithmetic'> = {
  checks: {
    negate: (syntax, context, checks) => {
      const operand = checks.value(syntax.operand, context);
      return operand && checkNegative(operand, syntax, context);
    },
    arithmetic: (syntax, context, checks) => {
      const left = checks.value(syntax.left, context);
      const right = checks.value(syntax.right, context);
      return left && right && checkArithmetic(syntax, left, right, context);
    },
  },
  infix: ['+', '-', '*', '/'],
  prints: {
    arithmetic: {
      level: ({ op }) => levelOf(op),
      text: ({ op, left, right }, { at }) => `${at(levelOf(op), left)} ${op} ${at(levelOf(op) + 1, right)}`,
    },
  },
  meanings: {
    '+': summed,
    '-': summed,
    '*': multiplied,
    '/': multiplied,
  },
};

function levelOf(op: ArithmeticOp): number {
  return op === '+' || op === '-' ? levels.sum : levels.product;
}

/** Both sides are checked already. */
function checkArithmetic(
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

/** Checks a minus sign in front: of a literal it gives the negative literal, of anything else the difference from zero. */
function checkNegative(operand: Expression, at: Span, context: Context): Expression | undefined {
  const { type } = operand;
  if (!isNumeric(type) && type !== 'duration') {
    return refuse(context, 'CRM2044', at, t`${capital(called(type))} has no negative.`);
  }
  if (operand.kind === 'literal') return { ...operand, value: operand.value === 0 ? 0 : -Number(operand.value) };
  const zero = type === 'number' ? 'integer' : type;
  return { kind: 'arithmetic', type, op: '-', left: { kind: 'literal', type: zero, value: 0 }, right: operand };
}

/** Returns true if a date can be moved by it: by whole days that are known. */
function movesDate(by: Expression): boolean {
  return by.kind === 'literal' && by.type === 'duration' && Number(by.value) % 86_400_000 === 0;
}

/** Returns the type of the result; undefined: the operation has no meaning. */
function arithmeticType(op: ArithmeticOp, left: ValueType, right: ValueType): ValueType | undefined {
  if (isNumeric(left) && isNumeric(right)) return numericType(op, left, right);
  if (left === 'date' && right === 'duration') return op === '+' || op === '-' ? 'date' : undefined;
  if (op === '+') {
    if (left === 'duration') return right === 'duration' || right === 'instant' ? right : undefined;
    return left === 'instant' && right === 'duration' ? 'instant' : undefined;
  }
  if (op !== '-') return undefined;
  if (left === 'date' && right === 'date') return 'duration';
  if (left === 'duration') return right === 'duration' ? 'duration' : undefined;
  if (left !== 'instant') return undefined;
  return right === 'instant' ? 'duration' : right === 'duration' ? 'instant' : undefined;
}

function numericType(op: ArithmeticOp, left: ValueType, right: ValueType): ValueType | undefined {
  const amounts = Number(left === 'money') + Number(right === 'money');
  if (amounts === 0) return op === '/' || left !== right ? 'number' : left;
  switch (op) {
    case '+':
    case '-':
      return amounts === 2 ? 'money' : undefined;
    case '*':
      return amounts === 1 ? 'money' : undefined;
    case '/':
      return amounts === 2 ? 'number' : left === 'money' ? 'money' : undefined;
  }
}
