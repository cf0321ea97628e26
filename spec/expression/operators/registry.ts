import type { Expression } from '../../model/expression.ts';
import type { Syntax } from '../syntax.ts';
import { aggregates } from './aggregates.ts';
import { arithmetic } from './arithmetic.ts';
import { calendar } from './calendar.ts';
import { comparison } from './comparison.ts';
import { customer } from './customer.ts';
import type { Family, Meaning } from './family.ts';
import { checkFunction } from './functions.ts';
import { items } from './items.ts';
import { literals } from './literals.ts';
import { logic } from './logic.ts';
import { names } from './names.ts';
import { rfm } from './rfm.ts';
import { sequences } from './sequences.ts';
import { shares } from './shares.ts';
import { text } from './text.ts';

type All = Family<Syntax['kind'], Expression['kind']>;

/** The checks of all nodes as they are written. A node without one does not compile. */
export const checks: All['checks'] = {
  ...literals.checks,
  ...names.checks,
  ...calendar.checks,
  ...arithmetic.checks,
  ...comparison.checks,
  ...text.checks,
  ...logic.checks,
  ...customer.checks,
  ...items.checks,
  ...sequences.checks,
  ...shares.checks,
  call: (call, context, parts) => checkFunction(call, context, parts, functions, functionNames),
  // The parser has reported it.
  broken: () => undefined,
};

/** The texts of all checked nodes. A node without one does not compile. */
export const prints: All['prints'] = {
  ...literals.prints,
  ...names.prints,
  ...calendar.prints,
  ...arithmetic.prints,
  ...comparison.prints,
  ...text.prints,
  ...logic.prints,
  ...customer.prints,
  ...aggregates.prints,
  ...items.prints,
  ...sequences.prints,
  ...shares.prints,
  ...rfm.prints,
};

const families: readonly Family<never, never>[] = [
  ...[literals, names, calendar, arithmetic, comparison, text, logic],
  ...[customer, aggregates, items, sequences, shares, rfm],
];

/** The documentation of all functions, operators and words, by spelling. */
export const meanings: ReadonlyMap<string, Meaning> = new Map(
  families.flatMap((family) => Object.entries(family.meanings)),
);

const functions = Object.fromEntries(families.flatMap((family) => Object.entries(family.functions ?? {})));

/** The names of functions; such a word without a parenthesis is a name of the project. */
export const functionNames: ReadonlySet<string> = new Set([...Object.keys(functions), 'reachable', 'consent']);

/** The words that can follow a value. */
export const infixWords: readonly string[] = families.flatMap(({ infix = [] }) => infix);
