import type { Leaf, Operator } from '../model/expression.ts';

/** Returns the nodes directly below one, in the order in which they are written. A loop: each expression is walked. */
export function operandsOf<Node extends { kind: string }>(node: Node): Node[] {
  const found: Node[] = [];
  for (const key in node) {
    const value: unknown = node[key];
    if (typeof value !== 'object' || value === null) continue;
    if ('kind' in value) found.push(value as Node);
    else if (Array.isArray(value)) for (const each of value) if (isNode(each)) found.push(each as Node);
  }
  return found;
}

/** Returns the same node with other nodes below it. */
export function mapOperands<A, B>(node: Leaf | Operator<A>, map: (operand: A) => B): Leaf | Operator<B> {
  const mapped = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(mapped);
    return isNode(value) ? map(value as A) : value;
  };
  const entries = Object.entries(node).map(([key, value]) => [key, mapped(value)]);
  return Object.fromEntries(entries) as Leaf | Operator<B>;
}

function isNode(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'kind' in value;
}
