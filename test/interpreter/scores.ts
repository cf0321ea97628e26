import type { RfmExpression, ShareExpression } from '../../spec/model/expression.ts';
import { type Place, read, type Value } from './world.ts';

/** The number of `all` that are below `one`. */
export function below(one: number, all: number[]): number {
  return all.filter((other) => other < one).length;
}

/** Names the comparison of all customers that an expression reads. */
export function scaleOf(node: ShareExpression | RfmExpression): string {
  return JSON.stringify(node.kind === 'rfm' ? node.config : [node.which, node.by]);
}

/** Returns the world by which all customers are compared, with the customer as of then; undefined: there was no such customer. */
export function compared(node: ShareExpression | RfmExpression, { ground, customer }: Place): Place | undefined {
  if (!ground.scored) return { ground, customer };
  const then = ground.scored.get(scaleOf(node));
  if (!then) throw new Error(`nobody has been compared on ${scaleOf(node)}`);
  const same = then.customers.find((each) => each.customer === customer.customer);
  return same && { ground: then, customer: same };
}

export function rfm(node: RfmExpression, place: Place): Value {
  const { part, config } = node;
  const then = compared(node, place);
  if (!then) return undefined;
  const { ground, customer } = then;
  const figures = new Map<number, { recency: number; frequency: number; monetary: number }>();
  for (const { customer, at, fields } of ground.events[config.event] ?? []) {
    if (at <= ground.now - config.window) continue;
    const known = figures.get(customer) ?? { recency: at, frequency: 0, monetary: 0 };
    figures.set(customer, {
      recency: Math.max(known.recency, at),
      frequency: known.frequency + 1,
      monetary: known.monetary + Number(read(fields, config.value) ?? 0),
    });
  }
  const mine = figures.get(customer.customer);
  if (!mine) return undefined;
  const all = [...figures.values()];
  const score = (of: 'recency' | 'frequency' | 'monetary') =>
    1 +
    Math.floor(
      (5 *
        below(
          mine[of],
          all.map((each) => each[of]),
        )) /
        all.length,
    );
  return part === 'code' ? `${score('recency')}${score('frequency')}${score('monetary')}` : score(part);
}
