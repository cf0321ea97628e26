import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Judge, pair } from './pair.ts';

interface Wish {
  who?: string;
  what: string;
  at?: number;
}
interface Thing {
  who: string;
  what: string;
  at: number;
}

const judge: Judge<Wish, Thing> = {
  at: (thing) => thing.at,
  differences: (wish, thing) => {
    if (wish.who !== undefined && wish.who !== thing.who) return undefined;
    return [
      ...(wish.what === thing.what ? [] : [{ in: 'template' as const }]),
      ...(wish.at === undefined || wish.at === thing.at ? [] : [{ in: 'time' as const }]),
    ];
  },
};

const mail = (who: string, at: number, what = 'mail'): Thing => ({ who, what, at });

function pairings(wishes: Wish[], things: Thing[]): string[] {
  return pair(wishes, things, judge).map(({ expected, actual, differences }) => {
    if (!expected) return `unexpected ${actual?.who}`;
    if (!actual) return `missing ${expected.who}`;
    return differences.length === 0 ? 'same' : differences.map((one) => one.in).join(' ');
  });
}

describe('pairing', () => {
  it('finds a match for each expectation, whatever the order within an instant', () => {
    const things = [mail('a', 1), mail('b', 1), mail('c', 2)];
    expect(pairings([{ what: 'mail' }, { who: 'a', what: 'mail' }, { what: 'mail' }], things)).toEqual([
      'same',
      'same',
      'same',
    ]);
    expect(pairings([{ who: 'b', what: 'mail' }, { what: 'mail', at: 1 }, { what: 'mail' }], things)).toEqual([
      'same',
      'same',
      'same',
    ]);
  });

  it('keeps the order of time', () => {
    const things = [mail('a', 1), mail('b', 2)];
    expect(
      pairings(
        [
          { who: 'b', what: 'mail' },
          { who: 'a', what: 'mail' },
        ],
        things,
      ),
    ).toContain('order');
  });

  it('pairs what differs, except where it is about another customer', () => {
    expect(pairings([{ who: 'a', what: 'push', at: 2 }], [mail('a', 1)])).toEqual(['template time']);
    expect(pairings([{ who: 'a', what: 'mail' }], [mail('b', 1)])).toEqual(['missing a', 'unexpected b']);
    expect(
      pairings(
        [
          { who: 'a', what: 'one' },
          { who: 'a', what: 'two' },
        ],
        [mail('a', 1, 'zero'), mail('a', 2, 'one'), mail('a', 3, 'two')],
      ),
    ).toEqual(['unexpected a', 'same', 'same']);
  });

  it('shows one difference where one of several of an instant differs, and nothing about their order', () => {
    const things = [mail('a', 1, 'push'), mail('b', 1), mail('a', 1), mail('a', 2)];
    const wishes = [
      { who: 'a', what: 'mail' },
      { who: 'b', what: 'mail' },
      { who: 'a', what: 'sms' },
      { who: 'a', what: 'mail' },
    ];
    expect(pairings(wishes, things)).toEqual(['same', 'same', 'template', 'same']);
    expect(pairings(wishes.slice(0, 3), things)).toEqual(['same', 'same', 'template', 'unexpected a']);
    expect(pairings([...wishes, { who: 'c', what: 'mail' }], things)).toEqual([
      'same',
      'same',
      'template',
      'same',
      'missing c',
    ]);
    // An expectation without a customer does not take the message that another one needs.
    expect(
      pairings([{ what: 'mail' }, { who: 'b', what: 'mail' }, { who: 'a', what: 'sms' }], things.slice(0, 3)),
    ).toEqual(['same', 'same', 'template']);
  });

  it('accepts what happened in any order within an instant, and loses nothing in any other pairing', () => {
    const thing = fc.record({ who: fc.constantFrom('a', 'b'), what: fc.constantFrom('x', 'y'), at: fc.nat(2) });
    const things = fc.array(thing, { maxLength: 7 }).map((list) => list.sort((a, b) => a.at - b.at));
    fc.assert(
      fc.property(things, things, fc.infiniteStream(fc.nat(3)), (came, other, draws) => {
        const shuffled = came
          .map((one) => ({ one, draw: draws.next().value ?? 0 }))
          .sort((a, b) => a.one.at - b.one.at || a.draw - b.draw);
        const wishes = shuffled.map(
          ({ one: { who, what, at }, draw }): Wish => ({
            what,
            ...(draw % 2 === 0 && { who }),
            ...(draw > 1 && { at }),
          }),
        );
        expect(new Set(pairings(wishes, came))).toEqual(new Set(came.length > 0 ? ['same'] : []));
        const rows = pair(wishes, other, judge);
        expect(rows.flatMap(({ expected }) => expected ?? []).length).toBe(wishes.length);
        expect(new Set(rows.flatMap(({ actual }) => actual ?? []))).toEqual(new Set(other));
        const same = rows.every(({ expected, actual, differences }) => expected && actual && differences.length === 0);
        if (same) expect(wishes.length).toBe(other.length);
      }),
      { numRuns: 2000 },
    );
  });
});
