import type { Difference, Pairing } from './result.ts';

/** The parts by which an expectation is held against the result. */
export interface Judge<E, A> {
  /** Epoch milliseconds. */
  at(actual: A): number;
  /** Empty: it is what was expected; undefined: it is something else altogether. */
  differences(expected: E, actual: A): Difference[] | undefined;
}

/**
 * Sets what was expected beside what came, both in order of time. Of things that came at one instant the order is
 * nobody's to expect. Where all is as expected, no pairing has a difference.
 */
export function pair<E, A>(expected: E[], actual: A[], judge: Judge<E, A>): Pairing<E, A>[] {
  return exact(expected, actual, judge) ?? outOfOrder(align(expected, actual, judge), judge);
}

/** All as expected: each instant takes as many of the expectations as things came at it. */
function exact<E, A>(expected: E[], actual: A[], judge: Judge<E, A>): Pairing<E, A>[] | undefined {
  if (expected.length !== actual.length) return undefined;
  const pairings: Pairing<E, A>[] = [];
  for (const together of Map.groupBy(actual, judge.at).values()) {
    const mine = expected.slice(pairings.length, pairings.length + together.length);
    const found = marry(mine, together, (e, a) => judge.differences(e, a)?.length === 0);
    if (!found) return undefined;
    pairings.push(...mine.map((e, i) => ({ expected: e, actual: found[i] as A, differences: [] })));
  }
  return pairings;
}

/** A partner for each, by augmenting paths; undefined where not everybody finds one. */
function marry<E, A>(expected: E[], actual: A[], fits: (e: E, a: A) => boolean): A[] | undefined {
  const partner = new Map<number, number>();
  const place = (e: number, tried: Set<number>): boolean =>
    actual.some((candidate, a) => {
      const seeker = expected[e];
      if (seeker === undefined || tried.has(a) || !fits(seeker, candidate)) return false;
      tried.add(a);
      const rival = partner.get(a);
      if (rival !== undefined && !place(rival, tried)) return false;
      partner.set(a, e);
      return true;
    });
  if (!expected.every((_, e) => place(e, new Set()))) return undefined;
  const chosen = new Map([...partner].map(([a, e]) => [e, actual[a] as A]));
  return expected.map((_, e) => chosen.get(e) as A);
}

const alone = 1000;

/** The cheapest way to turn one list into the other: what differs is better paired than missing here and unexpected there. */
function align<E, A>(expected: E[], actual: A[], judge: Judge<E, A>): Pairing<E, A>[] {
  const width = actual.length + 1;
  const cost = new Float64Array((expected.length + 1) * width);
  const at = (e: number, a: number) => cost[e * width + a] ?? 0;
  const both = (e: number, a: number) => {
    const [one, other] = [expected[e], actual[a]];
    return one === undefined || other === undefined ? undefined : judge.differences(one, other);
  };
  const price = (e: number, a: number) => {
    const differences = both(e, a);
    return differences ? Math.min(differences.length, 9) * 100 + at(e + 1, a + 1) : Number.POSITIVE_INFINITY;
  };
  for (let e = expected.length; e >= 0; e--) {
    for (let a = actual.length; a >= 0; a--) {
      if (e === expected.length || a === actual.length) {
        cost[e * width + a] = (expected.length - e + actual.length - a) * alone;
      } else {
        cost[e * width + a] = Math.min(price(e, a), alone + at(e + 1, a), alone + at(e, a + 1));
      }
    }
  }
  const pairings: Pairing<E, A>[] = [];
  for (let e = 0, a = 0; e < expected.length || a < actual.length; ) {
    const [one, other] = [expected[e], actual[a]];
    if (one !== undefined && other !== undefined && at(e, a) === price(e, a)) {
      pairings.push({ expected: one, actual: other, differences: both(e, a) ?? [] });
      e++;
      a++;
    } else if (one !== undefined && (other === undefined || at(e, a) === alone + at(e + 1, a))) {
      pairings.push({ expected: one, differences: [] });
      e++;
    } else if (other !== undefined) {
      pairings.push({ actual: other, differences: [] });
      a++;
    }
  }
  return pairings;
}

/** Joins what is missing in one place and unexpected in another: it came in another order. */
function outOfOrder<E, A>(pairings: Pairing<E, A>[], judge: Judge<E, A>): Pairing<E, A>[] {
  const taken = new Set<Pairing<E, A>>();
  const moved = pairings.map((row): Pairing<E, A> => {
    const { expected } = row;
    if (expected === undefined || row.actual !== undefined) return row;
    const elsewhere = pairings.find(
      (other) =>
        other.expected === undefined &&
        other.actual !== undefined &&
        !taken.has(other) &&
        judge.differences(expected, other.actual)?.length === 0,
    );
    if (elsewhere?.actual === undefined) return row;
    taken.add(elsewhere);
    return { expected, actual: elsewhere.actual, differences: [{ in: 'order' }] };
  });
  return moved.filter((row) => !taken.has(row));
}
