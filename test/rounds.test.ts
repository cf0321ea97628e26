import { expect, it } from 'vitest';
import { compareWorlds, type comparisons } from './rounds/run.ts';
import { together } from './rounds/world.ts';

/** `npm run worlds` compares further seeds. */
const seed = 20_261_129;

async function agree(name: keyof typeof comparisons, worlds: number): Promise<void> {
  const found: string[] = [];
  let entries = 0;
  let steps = [0, 0];
  for await (const outcome of compareWorlds(name, seed, Math.ceil(worlds / together))) {
    entries += outcome.entries;
    steps = steps.map((sum, i) => sum + (outcome.steps?.[i] ?? 0));
    if (outcome.differences.length > 0) found.push(`number ${outcome.number}`, ...outcome.differences.slice(0, 5));
  }
  expect(found, `npm run worlds -- --${name} --seed ${seed} shows them`).toEqual([]);
  expect(entries, 'worlds in which nothing happens prove nothing').toBeGreaterThan(2 * worlds);
  const [instants = 0, rounds = 0] = steps;
  if (name === 'rounds') expect(rounds, 'rounds that are as many as instants prove nothing').toBeLessThan(instants);
}

it('rounds lead to the same as ticks from instant to instant', () => agree('rounds', 200), 900_000);
it('a walk jumps over no instant at which something happens', () => agree('jumps', 60), 900_000);
it('a forecast has the numbers that ticks lead to, by the commands', () => agree('forecasts', 24), 900_000);
