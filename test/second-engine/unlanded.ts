import type { World } from '../random-world.ts';

/** The world without what the second engine does not know yet: removals and pauses. */
export function landed({ removed: _, paused: __, ...world }: World): World {
  return world;
}
