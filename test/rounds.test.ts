import { afterAll, beforeAll, expect, it } from 'vitest';
import { inMemory, type Open, reused } from './rounds/play.ts';
import { compareWorlds, type comparisons } from './rounds/run.ts';
import { together } from './rounds/world.ts';
import { type Opened, openPostgresStore } from './stores.ts';

/** `npm run worlds` compares further seeds. */
const seed = 20_261_129;

let postgres: Opened;
beforeAll(async () => {
  postgres = await openPostgresStore();
});
afterAll(() => postgres.close());
const shared: Open = () => reused(postgres)();

async function agree(name: keyof typeof comparisons, worlds: number, opens?: [Open, Open]): Promise<void> {
  const found: string[] = [];
  let entries = 0;
  const steps: [number, number][] = [];
  for await (const outcome of compareWorlds(name, seed, Math.ceil(worlds / together), { ...(opens && { opens }) })) {
    entries += outcome.entries;
    // Two walks prove nothing.
    if (outcome.steps && outcome.inRounds) steps.push(outcome.steps);
    if (outcome.differences.length > 0) found.push(`number ${outcome.number}`, ...outcome.differences.slice(0, 5));
  }
  const where = opens ? ' --postgres' : '';
  expect(found, `npm run worlds -- --${name}${where} --seed ${seed} shows them`).toEqual([]);
  expect(entries, 'worlds in which nothing happens prove nothing').toBeGreaterThan(2 * worlds);
  if (name !== 'rounds') return;
  const [instants = 0, rounds] = [0, 1].map((way) => steps.reduce((sum, each) => sum + (each[way] ?? 0), 0));
  expect(steps.length, 'simulations in rounds').toBeGreaterThan((0.4 * worlds) / together);
  expect(rounds, 'rounds that are as many as instants prove nothing').toBeLessThan(instants * 0.7);
}

it('rounds lead to the same as ticks from instant to instant', () => agree('rounds', 200), 900_000);
it('and so they do on PostgreSQL', () => agree('rounds', 60, [shared, shared]), 900_000);
it('rounds on DuckDB lead to the same as ticks on PostgreSQL', () => agree('rounds', 60, [shared, inMemory]), 900_000);
it('a walk jumps over no instant at which something happens', () => agree('jumps', 60), 900_000);
it('a forecast has the numbers that ticks lead to, by the commands', () => agree('forecasts', 24), 900_000);
