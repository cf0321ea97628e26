import type { RfmExpression } from '../../spec/model/expression.ts';
import { type Place, read, type Value } from './world.ts';

/** The number of `all` that are below `one`. */
export function below(one: number, all: number[]): number {
  return all.filter((other) => other < one).length;
}

export function rfm({ part, config }: RfmExpression, { ground, customer }: Place): Value {
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
