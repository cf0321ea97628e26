import { expect, it } from 'vitest';
import { quick } from '../quick.ts';
import { play, together } from './worlds.ts';

/** `npm run worlds` plays further seeds. */
const seed = 20_260_303;
const count = quick ? 12 : 500;

it(`${count} random small worlds, ${together} in a store, come out as a plain interpreter of the documentation has them`, async () => {
  const found: string[] = [];
  let entries = 0;
  for await (const outcome of play(seed, count / together)) {
    entries += outcome.entries;
    if (outcome.differences.length > 0) found.push(`store ${outcome.number}`, ...outcome.differences);
  }
  expect(found, `npm run worlds -- --seed ${seed} shows them`).toEqual([]);
  expect(entries, 'worlds in which nothing happens prove nothing').toBeGreaterThan(10 * count);
}, 1_800_000);
