import type { Expression, ValueType } from '../model/expression.ts';
import { laterAll, translated } from '../words/t.ts';

/** Returns the type with its article, for a sentence. */
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

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
