import fc from 'fast-check';
import { day, type Happening, hour } from '../world.ts';
import { idsOf, type Person, person } from './people.ts';

/** The customers of one small world and their rows in all sources. They share addresses only with each other. */
export interface Population {
  name: string;
  people: Person[];
  carts: Happening[];
  orders: Happening[];
  consents: [string, string, boolean, number][];
  /** Customer, word for the channel, when. */
  suppressions: [string, string, number][];
  /** The customers who are on the list at the beginning. */
  listed: string[];
  /** The first so many carts and orders are read late. */
  late: { carts: number; orders: number };
  /** Changes of the cart or order of that index in the rows that are read late; the last of several counts. */
  corrections: { kind: 'cart' | 'order'; index: number; total: number; later: number }[];
  /** Further rows by the id of that cart or order, in a file of this number; what is absent is the same. */
  copies: {
    kind: 'cart' | 'order';
    index: number;
    source: number;
    late: boolean;
    customer?: string;
    total?: number;
    later: number;
  }[];
}

/** The time that a world lasts. */
export const lasts = 3 * day;

// Instants are relative to the start of the world, which `population` adds.
const when = fc.integer({ min: -20 * day, max: lasts });
/** Soon after the beginning, where the campaigns listen. */
export const soon = fc.oneof(
  fc.integer({ min: -hour, max: 60 * hour }),
  // Often together with what waits, or with others.
  fc.integer({ min: 0, max: 8 }).map((n) => n * 2 * hour),
  // Around midnight of the day on which the clocks change, in Europe and in America, and at its noon.
  fc.constantFrom(36, 42, 48, 54).map((n) => n * hour),
);

const total = fc.integer({ min: 0, max: 40 });
const kind = fc.constantFrom<'cart' | 'order'>('cart', 'order');

/** Returns a function of the start of the world and of the hours after it that surround a change of the clocks. */
export function population(name: string): fc.Arbitrary<(start: number, pair: number[]) => Population> {
  const ids = idsOf(name);
  const customer = fc.constantFrom(...ids);
  return fc
    .record({
      name: fc.constant(name),
      people: fc.tuple(...ids.slice(0, 6).map(person)),
      // The seventh is in no customer file: an event alone makes it known.
      carts: fc.array(fc.record({ customer, at: soon, total }), { minLength: 6, maxLength: 12 }),
      orders: fc.array(fc.record({ customer, at: fc.oneof(when, soon), total }), { maxLength: 15 }),
      consents: fc.array(fc.tuple(customer, fc.constantFrom('email', 'sms', 'promo', '*'), fc.boolean(), when), {
        maxLength: 6,
      }),
      suppressions: fc.array(fc.tuple(customer, fc.constantFrom('email', 'sms', 'promo', 'crm', '*'), soon), {
        maxLength: 2,
      }),
      listed: fc.subarray(ids),
      late: fc.record({ carts: fc.integer({ min: 0, max: 3 }), orders: fc.integer({ min: 0, max: 4 }) }),
      copies: fc.array(
        fc.record(
          {
            kind,
            index: fc.nat(12),
            source: fc.constantFrom(1, 2, 2),
            late: fc.boolean(),
            customer,
            total,
            later: fc.constantFrom(0, 0, 0, -3 * hour, 5 * hour),
          },
          { requiredKeys: ['kind', 'index', 'source', 'late', 'later'] },
        ),
        { maxLength: 3 },
      ),
      /** The customers who have a cart within the hour before or after the midnight from which a day with a change of clocks is, and another on that day. */
      pairs: fc.array(customer, { maxLength: 3 }),
      /** Carts that are changed a while after they were filled. */
      changed: fc.array(fc.record({ customer, at: soon, gap: fc.constantFrom(0, hour / 2, 5 * hour) }), {
        maxLength: 3,
      }),
      corrections: fc.array(
        fc.record({ kind, index: fc.nat(15), total, later: fc.constantFrom(0, 0, -3 * hour, 5 * hour) }),
        { maxLength: 4 },
      ),
    })
    .map(({ pairs, changed, ...one }) => (start, pair) => {
      const since = (list: Happening[]) => list.map((happening) => ({ ...happening, at: start + happening.at }));
      const paired = pairs.flatMap((customer) => pair.map((n) => ({ customer, at: n * hour, total: 20 })));
      const again = changed.flatMap(({ customer, at, gap }) =>
        [0, gap].map((by, i) => ({ customer, at: at + by, total: 10 + i })),
      );
      return {
        ...one,
        carts: since([...one.carts, ...paired, ...again]),
        orders: since(one.orders),
        consents: one.consents.map(([customer, channel, granted, at]) => [customer, channel, granted, start + at]),
        suppressions: one.suppressions.map(([customer, channel, at]) => [customer, channel, start + at]),
      };
    });
}
