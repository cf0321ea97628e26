import type { ArithmeticOp, Expression, ValueType } from '../model/expression.ts';
import { laterAll, translated } from '../words/t.ts';

/** Returns the type with its article, to stand in a sentence. */
export function called(type: ValueType): string {
  return translated(names[type]);
}

const names: Record<ValueType, string> = laterAll({
  string: 'a string',
  integer: 'an integer',
  number: 'a number',
  money: 'money',
  boolean: 'a condition (true or false)',
  date: 'a date',
  instant: 'an instant',
  duration: 'a duration',
});

export function isNumeric(type: ValueType): boolean {
  return type === 'integer' || type === 'number' || type === 'money';
}

export function isOrdered(type: ValueType): boolean {
  return type !== 'string' && type !== 'boolean';
}

export function comparable(left: ValueType, right: ValueType): boolean {
  return left === right || (isNumeric(left) && isNumeric(right));
}

/** A literal number beside money is an amount of money. */
export function besides(literal: Expression, other: ValueType): Expression {
  const amount = literal.kind === 'literal' && other === 'money' && isNumeric(literal.type);
  return amount ? { ...literal, type: 'money' } : literal;
}

/** A date is moved by whole days only, which have to be known. */
export function movesDate(by: Expression): boolean {
  return by.kind === 'literal' && by.type === 'duration' && Number(by.value) % 86_400_000 === 0;
}

/** The type of the result; undefined: the operation has no meaning. */
export function arithmeticType(op: ArithmeticOp, left: ValueType, right: ValueType): ValueType | undefined {
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
