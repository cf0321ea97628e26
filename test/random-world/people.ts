import fc from 'fast-check';
import type { Person as ShopPerson } from '../world.ts';

/** With a date to keep. */
export interface Person extends ShopPerson {
  born?: string | null;
}

/** Twice those in which clocks change. */
const zones = [
  'Europe/Moscow',
  'Asia/Vladivostok',
  'Asia/Kathmandu',
  'Europe/Berlin',
  'Europe/Berlin',
  'America/New_York',
  'America/New_York',
  null,
];
const cities = ['Омск', 'London', 'it\'s "quoted"', null];
/** Within the worlds, in their years or before. */
const births = [
  '2026-03-28',
  '2026-03-31',
  '1990-03-29',
  '2026-10-25',
  '1990-10-26',
  '2026-11-01',
  '1996-02-29',
  '1990-03-08',
];

/** The shop's ids of the customers of a population. */
export const idsOf = (population: string) => Array.from({ length: 7 }, (_, i) => `${population}${i + 1}`);

const channels = ['email', 'sms', 'promo'];

export const person = (id: string) =>
  fc.record({
    id: fc.constant(id),
    name: fc.constantFrom('Анна', 'Bob'),
    email: fc.oneof(
      { weight: 6, arbitrary: fc.constant(`${id}@example.com`) },
      { weight: 2, arbitrary: fc.constantFrom(`home-${id[0]}@example.com`, `Home-${id[0]}@Example.COM`) },
      { weight: 1, arbitrary: fc.constant(null) },
    ),
    phone: fc.option(fc.constantFrom(`+700000${id.charCodeAt(0)}0${id.slice(1)}`, `+700000${id.charCodeAt(0)}00`), {
      freq: 4,
    }),
    city: fc.constantFrom(...cities),
    zone: fc.constantFrom(...zones),
    points: fc.option(fc.integer({ min: 0, max: 5 })),
    born: fc.option(fc.constantFrom(...births)),
    consent: fc.oneof({ weight: 3, arbitrary: fc.constant(channels) }, { weight: 1, arbitrary: fc.subarray(channels) }),
  });
