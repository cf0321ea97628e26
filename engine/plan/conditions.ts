import { printExpression } from '../../spec/expression/print.ts';
import type { Expression } from '../../spec/model/expression.ts';
import { canonical } from '../program/hash.ts';
import type { CompiledSegment, Query } from '../program/program.ts';
import { raiseQuery } from '../program/query.ts';

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
  const named = new Map(segments.map((segment) => [canonical(raiseQuery(segment.query)), segment.name]));
  return (query, except) => {
    const found = new Set<string>();
    const text = printExpression(
      rewrite(raiseQuery(query), (node) => {
        const name = named.get(canonical(node));
        if (name === undefined || name === except) return undefined;
        found.add(name);
        return { kind: 'segment', type: 'boolean', name };
      }),
    );
    return { text, segments: [...found] };
  };
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
