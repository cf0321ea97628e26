import type { Expression } from '../../model/expression.ts';
import type { Checks, Context } from '../scope.ts';
import type { CallSyntax, Syntax } from '../syntax.ts';

/** The variant of a union whose `kind` is K, or one of K. */
export type OfKind<Node extends { kind: string }, K> = Node extends { kind: infer P }
  ? [Extract<P, K>] extends [never]
    ? never
    : Node
  : never;

/** Resolves the names of a node and gives it a type. Undefined: it has a problem, which has been reported. */
type Check<S> = (syntax: S, context: Context, checks: Checks) => Expression | undefined;

/** The checks of the calls of functions, by name. */
export type Functions = Readonly<Record<string, Check<CallSyntax>>>;

/** How tightly an expression binds; a looser one inside a tighter one needs parentheses. */
export const levels = { items: 0, or: 1, and: 2, not: 3, compare: 4, sum: 5, product: 6, value: 7 };

export interface Print<E> {
  /** Default: `levels.value`. */
  level?: number | ((node: E, printer: Printer) => number);
  /** Returns the canonical text; compiling it gives an equal Expression. */
  text(node: E, printer: Printer): string;
  /** Returns the text of the `not` of the node, where that has a special form: `x not in (…)`. */
  negated?(node: E, printer: Printer): string;
}

/** The owners of fields inside a `where`: the kind of event, and the name of a list's item. */
export interface Owners {
  aggregated?: string;
  item?: string;
}

/** Prints the parts of a node. */
export interface Printer {
  readonly owners: Owners;
  /** Prints a part, in parentheses where it is looser than the level. */
  at(level: number, node: Expression): string;
  /** Prints a part without parentheses. `owners`: inside a `where`. */
  whole(node: Expression, owners?: Owners): string;
  /** Prints the `not` of a node that has a special form for it; undefined where it has none. */
  negation(node: Expression): (() => string) | undefined;
}

/** The documentation of a function, an operator or a word of expressions. */
export interface Meaning {
  /** Its spelling. */
  form: string;
  says: string;
  /** About the shop of the reference. */
  example: string;
}

export function meaning(form: string, says: string, example: string): Meaning {
  return { form, says, example };
}

/** The nodes that belong together: S as they are written, E once they are checked. */
export interface Family<S extends Syntax['kind'], E extends Expression['kind']> {
  checks: { readonly [K in S]: Check<OfKind<Syntax, K>> };
  prints: { readonly [K in E]: Print<OfKind<Expression, K>> };
  /** The operators by spelling; the key of an operator of two words has both. */
  meanings: Readonly<Record<string, Meaning>>;
  /** The words that can follow a value, for completion. */
  infix?: readonly string[];
  functions?: Functions;
}

/** Returns the checks of functions that one check is for. */
export function functionsOf<Name extends string>(
  names: readonly Name[],
  check: (fn: Name, call: CallSyntax, context: Context, checks: Checks) => Expression | undefined,
): Functions {
  const entry = (name: Name) => [name, (...call: Parameters<Check<CallSyntax>>) => check(name, ...call)] as const;
  return Object.fromEntries(names.map(entry));
}
