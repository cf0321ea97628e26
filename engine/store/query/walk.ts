import { operandsOf } from '../../../spec/expression/operands.ts';
import type { Scalar } from '../../program/program.ts';

/** Returns true if a node or anything below it is so. */
export function holds(node: Scalar, test: (node: Scalar) => boolean): boolean {
  return test(node) || operandsOf(node).some((operand) => holds(operand, test));
}

/** Returns true if it depends on the date at the customer's place. */
export function asksToday(node: Scalar): boolean {
  return holds(
    node,
    ({ kind, ...rest }) =>
      kind === 'today' || (kind === 'calendar' && 'fn' in rest && ['age', 'days_until_anniversary'].includes(rest.fn)),
  );
}

/** Returns true if a condition on events speaks of the customer too. */
export function asksCustomer(node: Scalar): boolean {
  const own = ({ kind, ...rest }: Scalar) =>
    kind === 'attribute' || (kind === 'items' && 'of' in rest && rest.of === 'customer');
  return asksToday(node) || holds(node, own);
}

/** The fields of the trigger's event that a condition speaks of. */
export function triggerFields(node: Scalar): string[] {
  const names = new Set<string>();
  holds(node, (part) => {
    if (part.kind === 'field' && part.of === 'trigger') names.add(part.name);
    if (part.kind === 'items' && part.of === 'trigger') names.add(part.list);
    return false;
  });
  return [...names];
}
