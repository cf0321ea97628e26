import { expect, it } from 'vitest';
import { worldsOf } from '../extent.ts';
import { play, together } from './worlds.ts';

/** `npm run worlds` plays further seeds. */
const seed = 20_260_303;
const some = worldsOf(32, 200, 12);
const half = some.worlds / together / 2;

/** Declares the test of one half of the worlds. Each has a test file of its own, so that two workers share the work. */
export function agreeOn(which: 'first' | 'second'): void {
  const first = some.first / together + (which === 'first' ? 0 : Math.ceil(half));
  const stores = which === 'first' ? Math.ceil(half) : Math.floor(half);
  const count = stores * together;

  it(`the ${which} ${count} random small worlds, ${together} in a store, end as a plain interpreter of the documentation ends them`, async () => {
    const found: string[] = [];
    let entries = 0;
    for await (const outcome of play(seed, stores, first)) {
      entries += outcome.entries;
      if (outcome.differences.length > 0) found.push(`store ${outcome.number}`, ...outcome.differences);
    }
    expect(found, `npm run worlds -- --seed ${seed} shows them`).toEqual([]);
    expect(entries, 'worlds in which nothing happens prove nothing').toBeGreaterThan(10 * count);
  }, 1_800_000);
}
