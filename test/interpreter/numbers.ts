import type { ArithmeticOp, ValueType } from '../../spec/model/expression.ts';

/** Money keeps four decimals, halves away from zero. */
export function money(value: number): number {
  return (Math.sign(value) * Math.round(Math.abs(value) * 10_000 + 1e-9)) / 10_000;
}

export function arithmetic(op: ArithmeticOp, left: number, right: number, type: ValueType): number | undefined {
  if (op === '/' && right === 0) return undefined;
  const result = { '+': left + right, '-': left - right, '*': left * right, '/': left / right }[op];
  return type === 'money' ? money(result) : result;
}
