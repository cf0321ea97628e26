import type { Expression } from '../../model/expression.ts';
import { type Definitions, formulaOf } from './read.ts';
import { satisfiable } from './satisfy.ts';

export interface Truth {
  /** The extent to which it holds over all customers and times that there could be. */
  holds: 'always' | 'never' | 'sometimes';
  /** The part of the condition that makes it so, as it would be written. */
  because?: string;
}

/**
 * Decides if a condition can hold, and if it can fail, by what it demands of the same things: `x > 5 and x < 3`,
 * `x or not x`. Where that cannot be decided, it sometimes holds.
 */
export function truthOf(condition: Expression, definitions: Definitions): Truth {
  const can = satisfiable([formulaOf(condition, definitions)]);
  if (!can.possible) return { holds: 'never', ...(can.culprit !== undefined && { because: can.culprit }) };
  const cannot = satisfiable([formulaOf(condition, definitions, true)]);
  if (cannot.possible) return { holds: 'sometimes' };
  return { holds: 'always', ...(cannot.culprit !== undefined && { because: cannot.culprit }) };
}

/** Returns true if an attribute has a value for everybody for whom all the conditions hold. */
export function isPresent(attribute: string, conditions: Expression[], definitions: Definitions): boolean {
  if (conditions.length === 0) return false;
  const operand: Expression = { kind: 'attribute', type: 'string', name: attribute };
  const missing: Expression = { kind: 'missing', type: 'boolean', operand };
  return !satisfiable([...conditions, missing].map((condition) => formulaOf(condition, definitions))).possible;
}

/** Returns true if the second condition holds whenever the first does; without a first: always. */
export function implies(first: Expression | undefined, second: Expression, definitions: Definitions): boolean {
  const parts = [...(first ? [formulaOf(first, definitions)] : []), formulaOf(second, definitions, true)];
  return !satisfiable(parts).possible;
}
