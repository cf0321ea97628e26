import type { ArithmeticOp, CompareOp, TextOp } from '../model/expression.ts';
import { operandsOf } from './operands.ts';
import type { OfKind } from './operators/family.ts';
import type { Span } from './problem.ts';

/** A name as written. */
export interface Name extends Span {
  text: string;
}

/**
 * An expression as written: names are not resolved, nothing has a type. Offsets are UTF-16 code units into the text,
 * `end` exclusive; parentheses around a node belong to its span. Durations are milliseconds.
 */
export type Syntax = Span &
  (
    | { kind: 'number'; value: number; integer: boolean }
    /** `500 RUB` */
    | { kind: 'money'; value: number; currency: string }
    | { kind: 'string'; value: string }
    | { kind: 'boolean'; value: boolean }
    /** `YYYY-MM-DD` */
    | { kind: 'date'; value: string }
    /** Epoch milliseconds. */
    | { kind: 'instant'; ms: number }
    | { kind: 'duration'; ms: number }
    /** `now` is 0 milliseconds ago. */
    | { kind: 'ago'; ms: number }
    | { kind: 'name'; name: Name }
    | { kind: 'path'; owner: Name; name: Name }
    | CallSyntax
    | { kind: 'segment'; name: Name }
    | { kind: 'reachable' | 'consent'; channel: Name }
    | { kind: 'negate'; operand: Syntax }
    | { kind: 'arithmetic'; op: ArithmeticOp; left: Syntax; right: Syntax }
    | { kind: 'compare'; op: CompareOp; left: Syntax; right: Syntax }
    | { kind: 'missing'; operand: Syntax; negated: boolean }
    | { kind: 'in'; operand: Syntax; values: Syntax[]; negated: boolean }
    | { kind: 'text'; op: TextOp; operand: Syntax; value: Syntax; negated: boolean }
    | { kind: 'between'; operand: Syntax; low: Syntax; high: Syntax; negated: boolean }
    | { kind: 'not'; operand: Syntax }
    | { kind: 'and' | 'or'; operands: Syntax[] }
    | ItemsSyntax
    /** `(viewed where …)`, which only a sequence has a use for. */
    | { kind: 'filtered'; event: Syntax; where: Syntax }
    | SequenceSyntax
    /** `share` in percent. */
    | { kind: 'share'; which: 'top' | 'bottom'; share: number; by: Syntax }
    /** A part with a problem that has been reported already. */
    | { kind: 'broken' }
  );

export type SyntaxOf<K extends Syntax['kind']> = OfKind<Syntax, K>;

export type CallSyntax = Span & {
  kind: 'call';
  fn: Name;
  args: Syntax[];
  where?: Syntax;
  /** `in last …`, in milliseconds. */
  within?: number;
};

/** `any item in event.items where …`, and `count(item in event.items where …)`. */
export type ItemsSyntax = Span & {
  kind: 'items';
  fn: Name;
  item: Name;
  list: Syntax;
  where?: Syntax;
};

/** Durations in milliseconds. */
export type SequenceSyntax = Span & {
  kind: 'sequence';
  first: Syntax;
  second: Syntax;
  negated: boolean;
  within: number;
  since?: number;
};

/** Returns the nodes directly below one, in the order in which they are written. */
export const children: (syntax: Syntax) => Syntax[] = operandsOf;

/** Returns the number of nodes on the longest path down. It does not recurse, so that it can guard what does. */
export function depth(syntax: Syntax): number {
  let level: Syntax[] = [syntax];
  let count = 0;
  for (; level.length > 0; count++) level = level.flatMap(children);
  return count;
}
