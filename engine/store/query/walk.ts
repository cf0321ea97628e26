import { operandsOf } from '../../../spec/expression/operands.ts';
import type { Scalar } from '../../program/program.ts';
import { dependsOnToday } from './calendar.ts';

/** Returns true if a node or one below it passes the test. */
export function holds(node: Scalar, test: (node: Scalar) => boolean): boolean {
  return test(node) || operandsOf(node).some((operand) => holds(operand, test));
}

/** Returns true if it depends on the date at the customer's place. */
export function asksToday(node: Scalar): boolean {
  return holds(node, (part) => part.kind === 'today' || (part.kind === 'calendar' && dependsOnToday(part.fn)));
}

/** Returns true if a condition on events needs the customer's row too. */
export function asksCustomer(node: Scalar): boolean {
  const own = (part: Scalar) => part.kind === 'attribute' || (part.kind === 'items' && part.of === 'customer');
  return asksToday(node) || holds(node, own);
}

/** Returns the fields of the trigger's event that a condition needs. */
export function triggerFields(node: Scalar): string[] {
  const names = new Set<string>();
  holds(node, (part) => {
    if (part.kind === 'field' && part.of === 'trigger') names.add(part.name);
    if (part.kind === 'items' && part.of === 'trigger') names.add(part.list);
    return false;
  });
  return [...names];
}
