import type { AggregateExpression, Expression } from '../../spec/expression/expression.ts';
import { canonical } from './hash.ts';
import type { Aggregate, Query, Scalar } from './program.ts';

/** The expressions of the project's segments, by name. */
export type Segments = ReadonlyMap<string, Expression>;

/**
 * Pulls the aggregates out of an expression, equal ones once, so that each event table is passed over only once.
 * Segments are written out in place, so that a compiled version never changes its meaning; their references have no
 * cycles, which linking has made sure of.
 */
export function compileQuery(expression: Expression, segments: Segments): Query {
  const aggregates: Aggregate[] = [];
  const seen = new Map<string, number>();

  const refer = (node: AggregateExpression): Scalar => {
    const { where, ...rest } = node;
    const aggregate: Aggregate = where ? { ...rest, where: lower(where) } : rest;
    const key = canonical(aggregate);
    const index = seen.get(key) ?? aggregates.push(aggregate) - 1;
    seen.set(key, index);
    return { kind: 'aggregated', type: node.type, index };
  };

  const lower = (node: Expression): Scalar => {
    switch (node.kind) {
      case 'aggregate':
        return refer(node);
      case 'arithmetic':
        return { ...node, left: lower(node.left), right: lower(node.right) };
      case 'compare':
        return { ...node, left: lower(node.left), right: lower(node.right) };
      case 'and':
      case 'or':
        return { ...node, operands: node.operands.map(lower) };
      case 'not':
      case 'missing':
        return { ...node, operand: lower(node.operand) };
      case 'in':
        return { ...node, operand: lower(node.operand), values: node.values.map(lower) };
      case 'segment': {
        const where = segments.get(node.name);
        if (!where) throw new Error(`segment "${node.name}" is not linked`);
        return lower(where);
      }
      default:
        return node;
    }
  };

  return { predicate: lower(expression), aggregates };
}
