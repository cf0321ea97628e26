import type { Judge } from './pair.ts';
import type { Pairing } from './result.ts';

const alone = 1000;

interface Group<E, A> {
  rows: Pairing<E, A>[];
  cost: number;
}

/**
 * The cheapest way to turn one list into the other, instant by instant: what differs is better paired than missing here and
 * unexpected there. Things of one instant have no order among themselves.
 */
export function align<E, A>(expected: E[], actual: A[], judge: Judge<E, A>): Pairing<E, A>[] {
  const instants = [...Map.groupBy(actual, judge.at).values()];
  const width = instants.length + 1;
  const cost = new Float64Array((expected.length + 1) * width);
  const ways: (Group<E, A> & { taken: number })[] = [];
  const at = (e: number, i: number) => cost[e * width + i] ?? 0;
  for (let e = expected.length; e >= 0; e--) {
    cost[e * width + instants.length] = (expected.length - e) * alone;
    for (let i = instants.length - 1; i >= 0; i--) {
      const together = instants[i] ?? [];
      // More expectations than things, some of which are missing.
      const most = Math.min(expected.length - e, 2 * together.length + 1);
      let best: (typeof ways)[number] | undefined;
      for (let taken = 0; taken <= most; taken++) {
        const group = assign(expected.slice(e, e + taken), together, judge);
        const whole = group.cost + at(e + taken, i + 1);
        if (!best || whole <= best.cost) best = { ...group, cost: whole, taken };
      }
      const skip = e < expected.length ? alone + at(e + 1, i) : Number.POSITIVE_INFINITY;
      if (best && best.cost <= skip) ways[e * width + i] = best;
      cost[e * width + i] = Math.min(best?.cost ?? skip, skip);
    }
  }
  const rows: Pairing<E, A>[] = [];
  let e = 0;
  for (let i = 0; i < instants.length; ) {
    const way = ways[e * width + i];
    if (way) rows.push(...way.rows);
    else rows.push({ expected: expected[e] as E, differences: [] });
    e += way?.taken ?? 1;
    if (way) i++;
  }
  return [...rows, ...expected.slice(e).map((one) => ({ expected: one, differences: [] }))];
}

/** Pairs what is as expected first, then what differs least; the rest is missing or unexpected. */
function assign<E, A>(wanted: E[], together: A[], judge: Judge<E, A>): Group<E, A> {
  const partner = matchPairs(wanted, together, (one, other) => judge.differences(one, other)?.length === 0);
  const taken = new Set(partner.values());
  const differing = wanted.flatMap((one, e) =>
    together.flatMap((other, a) => {
      const differences = judge.differences(one, other);
      return differences ? [{ e, a, price: Math.min(differences.length, 9) * 100 }] : [];
    }),
  );
  let cost = 0;
  for (const { e, a, price } of differing.sort((one, other) => one.price - other.price)) {
    if (partner.has(e) || taken.has(a)) continue;
    partner.set(e, a);
    taken.add(a);
    cost += price;
  }
  const mine = wanted.map((one, e): Pairing<E, A> => {
    const other = together[partner.get(e) ?? -1];
    if (other === undefined) return { expected: one, differences: [] };
    return { expected: one, actual: other, differences: judge.differences(one, other) ?? [] };
  });
  const left = together.filter((_, a) => !taken.has(a));
  const rows = [...mine, ...left.map((other) => ({ actual: other, differences: [] }))];
  return { rows, cost: cost + (wanted.length - partner.size + left.length) * alone };
}

/** Pairs as many as possible, by augmenting paths: the index of the other by the index of the one. */
export function matchPairs<E, A>(ones: E[], others: A[], fits: (one: E, other: A) => boolean): Map<number, number> {
  const partner = new Map<number, number>();
  const place = (e: number, tried: Set<number>): boolean =>
    others.some((candidate, a) => {
      const seeker = ones[e];
      if (seeker === undefined || tried.has(a) || !fits(seeker, candidate)) return false;
      tried.add(a);
      const rival = partner.get(a);
      if (rival !== undefined && !place(rival, tried)) return false;
      partner.set(a, e);
      return true;
    });
  for (const e of ones.keys()) place(e, new Set());
  return new Map([...partner].map(([a, e]) => [e, a]));
}
