import { type World, worldStart } from '../random-world.ts';
import type { Happening } from '../world.ts';

/** The world without what the production engine does otherwise than the documentation for the time being. */
export function landed(world: World): World {
  const { carts, orders, consents, suppressions, people } = world;
  const known = ({ customer, at }: Happening) => at <= worldStart || people.some(({ id }) => id === customer);
  return {
    ...world,
    carts: carts.filter(known),
    orders: orders.filter(known),
    consents: consents.filter(([customer, , , at]) => known({ customer, at })),
    suppressions: suppressions.filter(([customer, , at]) => known({ customer, at })),
    people: people.map((person) => ({ ...person, phone: person.phone && `+7000000000${person.id.slice(1)}` })),
  };
}
