import type { IToken } from 'chevrotain';
import type { ArithmeticOp, CompareOp } from './expression.ts';
import type { Span } from './problem.ts';
import type { Name, Syntax } from './syntax.ts';

const operators: Record<string, CompareOp | ArithmeticOp> = {
  '=': '==',
  '===': '==',
  '<>': '!=',
  '!==': '!=',
  '=<': '<=',
  '=>': '>=',
};

/** What a comparison sign means, that of another language included. */
export function comparison(image: string): CompareOp {
  return (operators[image] ?? image) as CompareOp;
}

/** `a`, or `a and b and c` as one node. */
export function logic(kind: 'and' | 'or', operands: Syntax[]): Syntax {
  const [first, ...more] = operands;
  if (first && more.length === 0) return first;
  return { kind, operands, start: first?.start ?? 0, end: operands.at(-1)?.end ?? 0 };
}

/** `not not a`, `--a`: the tokens in front, folded onto the operand from the inside out. */
export function prefixed(kind: 'not' | 'negate', signs: IToken[], operand: Syntax): Syntax {
  return signs.reduceRight<Syntax>(
    (inner, sign) => ({ kind, operand: inner, start: sign.startOffset, end: inner.end }),
    operand,
  );
}

export function arithmetic(op: string, left: Syntax, right: Syntax): Syntax {
  return { kind: 'arithmetic', op: op as ArithmeticOp, left, right, ...between(left, right) };
}

export function nameOf(token: IToken): Name {
  return { text: token.image, ...spanOf(token) };
}

export function spanOf(token: IToken): Span {
  return { start: token.startOffset, end: token.startOffset + token.image.length };
}

/** From the first through the last. */
export function between(first: Span, last: Span): Span {
  return { start: first.start, end: last.end };
}

/** A parenthesis that recovery put in has no place of its own: then the end of what stands before it. */
export function closedBy(token: IToken, before: Span): Span {
  return token.isInsertedInRecovery ? before : spanOf(token);
}
