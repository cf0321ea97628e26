import type { Expression } from '../../spec/expression/expression.ts';
import { printExpression } from '../../spec/expression/print.ts';
import { canonical } from '../compile/hash.ts';
import type { CompiledSegment, Query, Scalar } from '../compile/program.ts';

/** A condition as a person would have written it, and the segments that it names. */
export interface Condition {
  text: string;
  segments: string[];
}

/**
 * Reads queries back into conditions. A Program has its segments written out; where a part of a condition equals one
 * of them it is named again (`in segment sleeping`). `except`: the segment whose own condition this is.
 */
export function conditionReader(segments: CompiledSegment[]): (query: Query, except?: string) => Condition {
  const named = new Map(segments.map((segment) => [canonical(raise(segment.query)), segment.name]));
  return (query, except) => {
    const found = new Set<string>();
    const text = printExpression(
      rewrite(raise(query), (node) => {
        const name = named.get(canonical(node));
        if (name === undefined || name === except) return undefined;
        found.add(name);
        return { kind: 'segment', type: 'boolean', name };
      }),
    );
    return { text, segments: [...found] };
  };
}

/** The expression that a query was compiled from, its segments still written out. */
function raise({ predicate, aggregates }: Query): Expression {
  const lift = (node: Scalar): Expression => {
    switch (node.kind) {
      case 'aggregated': {
        const aggregate = aggregates[node.index];
        if (!aggregate) throw new Error(`no aggregate ${node.index}`);
        const { where, ...rest } = aggregate;
        return where ? { ...rest, where: lift(where) } : rest;
      }
      case 'arithmetic':
        return { ...node, left: lift(node.left), right: lift(node.right) };
      case 'compare':
        return { ...node, left: lift(node.left), right: lift(node.right) };
      case 'and':
      case 'or':
        return { ...node, operands: node.operands.map(lift) };
      case 'not':
      case 'missing':
        return { ...node, operand: lift(node.operand) };
      case 'in':
        return { ...node, operand: lift(node.operand), values: node.values.map(lift) };
      default:
        return node;
    }
  };
  return lift(predicate);
}

/** Replaces conditions from the outside in; `by` returns undefined for what stays. Segments stand among conditions only. */
function rewrite(node: Expression, by: (node: Expression) => Expression | undefined): Expression {
  const replaced = by(node);
  if (replaced) return replaced;
  switch (node.kind) {
    case 'and':
    case 'or':
      return { ...node, operands: node.operands.map((operand) => rewrite(operand, by)) };
    case 'not':
      return { ...node, operand: rewrite(node.operand, by) };
    default:
      return node;
  }
}
