import type { Operator } from '../model/expression.ts';

const operators = ['arithmetic', 'compare', 'and', 'or', 'not', 'missing', 'in', 'text', 'calendar', 'items'] as const;

/** Returns true if a node is one with parts; the others have none, or have them in a way of their own. */
export function isOperator<N extends { kind: string }>(
  node: N,
): node is Extract<N, { kind: (typeof operators)[number] }> {
  return operators.some((kind) => kind === node.kind);
}

/** The parts of a node, in the order in which they are written. */
export function operandsOf<E>(node: Operator<E>): E[] {
  const parts: E[] = [];
  mapOperands(node, (part) => parts.push(part));
  return parts;
}

/** The same node with other parts. */
export function mapOperands<A, B>(node: Operator<A>, map: (part: A) => B): Operator<B> {
  switch (node.kind) {
    case 'arithmetic':
      return { ...node, left: map(node.left), right: map(node.right) };
    case 'compare':
      return { ...node, left: map(node.left), right: map(node.right) };
    case 'and':
    case 'or':
      return { ...node, operands: node.operands.map(map) };
    case 'not':
    case 'missing':
    case 'calendar':
      return { ...node, operand: map(node.operand) };
    case 'in':
      return { ...node, operand: map(node.operand), values: node.values.map(map) };
    case 'text':
      return { ...node, operand: map(node.operand), value: map(node.value) };
    case 'items': {
      const { where, ...rest } = node;
      return where === undefined ? rest : { ...rest, where: map(where) };
    }
  }
}
