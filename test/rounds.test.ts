import { expect, it } from 'vitest';
import { compareWorlds, type comparisons } from './rounds/run.ts';
import { together } from './rounds/world.ts';

/** `npm run worlds` compares further seeds. */
const seed = 20_261_129;

async function agree(name: keyof typeof comparisons, worlds: number): Promise<void> {
  const found: string[] = [];
  let entries = 0;
  for await (const outcome of compareWorlds(name, seed, Math.ceil(worlds / together))) {
    entries += outcome.entries;
    if (outcome.differences.length > 0) found.push(`number ${outcome.number}`, ...outcome.differences.slice(0, 5));
  }
  expect(found, `npm run worlds -- --${name} --seed ${seed} shows them`).toEqual([]);
  expect(entries, 'worlds in which nothing happens prove nothing').toBeGreaterThan(2 * worlds);
}

it('a forecast has the numbers that ticks lead to, by the commands', () => agree('forecasts', 24), 900_000);
