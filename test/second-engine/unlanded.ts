import type { World } from '../random-world.ts';

/** The world without what the production engine does otherwise than the documentation for the time being. */
export function landed(world: World): World {
  const people = world.people.map((person) => ({
    ...person,
    phone: person.phone && `+7000000000${person.id.slice(1)}`,
  }));
  const { removed: _, paused: __, ...rest } = world;
  return {
    ...rest,
    consents: world.consents.filter(([, channel]) => channel !== 'email'),
    suppressions: world.suppressions.filter(([, channel]) => channel !== 'email'),
    people,
  };
}
