import fc, { type Arbitrary } from 'fast-check';
import { expressions, type Ground as Words } from '../../spec/expression/arbitrary.fixture.ts';
import type { Scope } from '../../spec/expression/scope.ts';
import type { Field } from '../../spec/model/data.ts';
import { hour } from '../world.ts';
import { chosen, shop, shopScope } from './shop.ts';
import type { Customer, Fields, Ground, Item, Occurrence, Value } from './world.ts';

/** Few values of each kind, so that they meet. Numbers are halves, which are exact in binary, as are their products. */
const strings = ['Омск', 'Тула', 'shoes', 'hats', 'a.b', 'Å 1', ''];
const dates = [
  '2000-02-29',
  '1990-03-01',
  '1990-02-28',
  '2001-12-31',
  '2024-02-29',
  '2026-03-01',
  '2026-02-28',
  '2031-01-01',
];
/** A leap day, the days around one in other years, New Year's Eve, and the night in which Europe's clocks go forward. */
const nows = [
  '2024-02-29T03:00Z',
  '2026-02-28T20:00Z',
  '2026-03-01T02:00Z',
  '2025-12-31T22:00Z',
  '2026-03-29T01:00Z',
].map((text) => Date.parse(text));
export const zones = ['Europe/Berlin', 'America/New_York', 'Pacific/Auckland', 'Asia/Kathmandu'];
const hours = (min: number, max: number) => fc.integer({ min, max }).map((count) => count * hour);
const halves = (min: number, max: number) => fc.integer({ min, max }).map((count) => count / 2);
const cents = (min: number, max: number) =>
  fc.oneof(
    halves(min, max),
    fc.integer({ min: min * 50, max: max * 50 }).map((count) => count / 100),
  );

const pool: Words = {
  scope: shopScope as Scope,
  literals: {
    string: fc.constantFrom(...strings, ...zones),
    integer: fc.integer({ min: -3, max: 9 }),
    number: halves(-6, 20),
    boolean: fc.boolean(),
    date: fc.constantFrom(...dates),
    instant: fc.constantFrom(...nows).chain((now) => hours(-240, 24).map((ms) => now + ms)),
    duration: hours(-72, 240),
  },
  amounts: cents(-10, 80),
  patterns: fc.constantFrom(
    '^О',
    '[а-я]{2,}$',
    'a\\.b',
    '(shoe|hat)s',
    '\\s\\d',
    '^[^ас]+$',
    'x*',
    '.',
    '^(.b)?$',
    '[\\w.]+',
  ),
  windows: fc.oneof(hours(1, 12), hours(1, 240)),
};

const { event: _, ...withoutTrigger } = shopScope;

/** Conditions on a customer, and on an order of a customer's. */
export const conditions = {
  customer: expressions({ ...pool, scope: withoutTrigger }),
  order: expressions(pool),
};

function value(field: Field, now: number): Arbitrary<Value | Item[]> {
  switch (field.type) {
    case 'integer':
      return pool.literals.integer;
    case 'number':
      return pool.literals.number;
    case 'money':
      return cents(0, 80);
    case 'boolean':
      return fc.boolean();
    case 'date':
      return pool.literals.date as Arbitrary<string>;
    case 'instant':
      return hours(-240, 24).map((ms) => now + ms);
    case 'timezone':
      return fc.constantFrom(...zones);
    case 'list':
      return fc.array(fields(field.items ?? [], now) as Arbitrary<Item>, { maxLength: 3 });
    default:
      return fc.constantFrom(...strings);
  }
}

function fields(list: Field[], now: number): Arbitrary<Fields> {
  return fc.record(Object.fromEntries(list.map((field) => [field.name, value(field, now)])), { requiredKeys: [] });
}

function occurrences(kind: string, customers: number, now: number): Arbitrary<Occurrence[]> {
  const event = shop.data.events.find(({ name }) => name === kind);
  const one = fc.record({
    customer: fc.integer({ min: 1, max: customers }),
    at: fc.oneof(hours(-14, 2), hours(-300, 12)).map((ms) => now + ms),
    fields: fields(event?.fields ?? [], now),
  });
  return fc.array(one, { maxLength: 14 }).map((list) => list.map((each, i) => ({ ...each, seq: i + 1 })));
}

/** A handful of customers and what they did. */
export const grounds: Arbitrary<Ground> = fc
  .record({ now: fc.constantFrom(...nows), size: fc.integer({ min: 1, max: 9 }) })
  .chain(({ now, size }) => {
    const customer = (number: number): Arbitrary<Customer> =>
      fc.record({
        customer: fc.constant(number),
        fields: fields(shop.data.customers.attributes, now),
        consents: fc.subarray(['email', 'sms']),
        lists: fc.subarray([chosen]),
        suppressions: fc.oneof({ arbitrary: fc.constant<string[]>([]), weight: 3 }, fc.subarray(['email', '*'])),
      });
    return fc.record({
      model: fc.constant(shop),
      now: fc.constant(now),
      customers: fc.tuple(...Array.from({ length: size }, (_, i) => customer(i + 1))),
      events: fc.record({ order_paid: occurrences('order_paid', size, now), viewed: occurrences('viewed', size, now) }),
    });
  });
