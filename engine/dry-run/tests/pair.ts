import { align, matchPairs } from './align.ts';
import type { Difference, Pairing } from './result.ts';

/** The comparison of an expectation with the result. */
export interface Judge<E, A> {
  /** Epoch milliseconds. */
  at(actual: A): number;
  /** Empty: it is what was expected; undefined: it is something else altogether. */
  differences(expected: E, actual: A): Difference[] | undefined;
}

/**
 * Pairs what was expected with what happened, both in order of time. Of things that happened at one instant the order is
 * nobody's to expect. Where all is as expected, no pairing has a difference; otherwise there are as few as can be.
 */
export function pair<E, A>(expected: E[], actual: A[], judge: Judge<E, A>): Pairing<E, A>[] {
  return exact(expected, actual, judge) ?? outOfOrder(align(expected, actual, judge), judge);
}

/** Pairs what is all as expected: each instant takes as many of the expectations as things happened at it. */
function exact<E, A>(expected: E[], actual: A[], judge: Judge<E, A>): Pairing<E, A>[] | undefined {
  if (expected.length !== actual.length) return undefined;
  const pairings: Pairing<E, A>[] = [];
  for (const together of Map.groupBy(actual, judge.at).values()) {
    const mine = expected.slice(pairings.length, pairings.length + together.length);
    const found = matchPairs(mine, together, (e, a) => judge.differences(e, a)?.length === 0);
    if (found.size < mine.length) return undefined;
    pairings.push(...mine.map((e, i) => ({ expected: e, actual: together[found.get(i) ?? -1] as A, differences: [] })));
  }
  return pairings;
}

/** Joins what is missing in one place and unexpected in another: it happened in another order. */
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
