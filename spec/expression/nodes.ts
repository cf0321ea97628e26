import type { ArithmeticOp, CompareOp } from '../model/expression.ts';
import { type Token, tokenMatcher } from '../words/tokens.ts';
import type { Span } from './problem.ts';
import type { Name, Syntax } from './syntax.ts';
import { Or } from './tokens.ts';

const foreign: Record<string, CompareOp> = {
  '=': '==',
  '===': '==',
  '<>': '!=',
  '!==': '!=',
  '=<': '<=',
  '=>': '>=',
};

/** Returns the meaning of a comparison sign, those of other languages included. */
export function comparison(image: string): CompareOp {
  return (foreign[image] ?? image) as CompareOp;
}

/** `a or b and c`: operands with the operators between them. */
export function logic(operands: Syntax[], operators: Token[]): Syntax {
  const terms: Syntax[][] = [[]];
  operands.forEach((operand, index) => {
    const operator = operators[index - 1];
    if (operator && tokenMatcher(operator, Or)) terms.push([]);
    terms.at(-1)?.push(operand);
  });
  return joined(
    'or',
    terms.map((term) => joined('and', term)),
  );
}

function joined(kind: 'and' | 'or', operands: Syntax[]): Syntax {
  const [first, ...more] = operands;
  if (first && more.length === 0) return first;
  return { kind, operands, start: first?.start ?? 0, end: operands.at(-1)?.end ?? 0 };
}

/** `a - b * c`: operands with the operators between them. */
export function arithmetic(operands: Syntax[], operators: Token[]): Syntax {
  const [first, ...more] = operands;
  if (!first) return { kind: 'broken', start: 0, end: 0 };
  const sums: [ArithmeticOp, Syntax][] = [['+', first]];
  more.forEach((operand, index) => {
    const op = operators[index]?.image as ArithmeticOp;
    const last = sums.at(-1);
    if (last && (op === '*' || op === '/')) last[1] = binary(op, last[1], operand);
    else sums.push([op, operand]);
  });
  return (
    sums.reduce<Syntax | undefined>((left, [op, right]) => (left ? binary(op, left, right) : right), undefined) ?? first
  );
}

function binary(op: ArithmeticOp, left: Syntax, right: Syntax): Syntax {
  return { kind: 'arithmetic', op, left, right, ...between(left, right) };
}

/** `not not a`, `--a`: the tokens in front, folded onto the operand from the inside out. */
export function prefixed(kind: 'not' | 'negate', signs: Token[], operand: Syntax): Syntax {
  return signs.reduceRight<Syntax>(
    (inner, sign) => ({ kind, operand: inner, start: sign.startOffset, end: inner.end }),
    operand,
  );
}

/** Returns a number that is not written, at the place of what means it. */
export function numeral(value: number, at: Span): Syntax {
  const number: Syntax = { kind: 'number', value: Math.abs(value), integer: Number.isSafeInteger(value), ...at };
  return value < 0 ? { kind: 'negate', operand: number, ...at } : number;
}

export function nameOf(token: Token): Name {
  return { text: token.image, ...spanOf(token) };
}

export function spanOf(token: Token): Span {
  return { start: token.startOffset, end: token.startOffset + token.image.length };
}

/** Returns the range from the first through the last. */
export function between(first: Span, last: Span): Span {
  return { start: first.start, end: last.end };
}

/** A parenthesis that is missing in the text has no place: then the end of what precedes it. */
export function closedBy(token: Token, before: Span): Span {
  return token.isInserted ? before : spanOf(token);
}
