import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Opened, openPostgresStore } from '../stores.ts';
import { type Open, reused } from './play.ts';
import { compareWorlds, type comparisons } from './run.ts';
import { together } from './world.ts';

/** `npm run worlds` compares further seeds. */
const seed = 20_261_129;

interface Comparing {
  name: keyof typeof comparisons;
  /** So many, of those of the seed. */
  worlds: number;
  /** The number of the first one. */
  first?: number;
  /** A store of each database; by default of DuckDB. */
  opens?: Open[];
}

/** Declares the test that the executions of random worlds agree. */
export function agreeOn(title: string, { name, worlds, first = 0, opens }: Comparing): void {
  it(title, async () => {
    const found: string[] = [];
    let entries = 0;
    let moved = 0;
    const steps: [number, number][] = [];
    const played = compareWorlds(name, seed, Math.ceil(worlds / together), {
      first: first / together,
      ...(opens && { opens }),
    });
    for await (const outcome of played) {
      entries += outcome.entries;
      moved += outcome.moved ?? 0;
      // Two walks prove nothing.
      if (outcome.steps && outcome.inRounds) steps.push(outcome.steps);
      if (outcome.differences.length > 0) found.push(`number ${outcome.number}`, ...outcome.differences.slice(0, 5));
    }
    const where = opens ? ' --postgres' : '';
    expect(found, `npm run worlds -- --${name}${where} --seed ${seed} shows them`).toEqual([]);
    expect(entries, 'worlds in which nothing happens prove nothing').toBeGreaterThan(2 * worlds);
    if (name === 'changes') expect(moved, 'changes that find nobody inside prove nothing').toBeGreaterThan(worlds / 2);
    if (name !== 'rounds') return;
    const [instants = 0, rounds] = [0, 1].map((way) => steps.reduce((sum, each) => sum + (each[way] ?? 0), 0));
    expect(steps.length, 'simulations in rounds').toBeGreaterThan((0.4 * worlds) / together);
    expect(rounds, 'rounds that are as many as instants prove nothing').toBeLessThan(instants * 0.7);
  }, 900_000);
}

/** Opens a PostgreSQL store for the tests of a file, which is emptied for each simulation. */
export function onPostgres(): Open {
  let postgres: Opened;
  beforeAll(async () => {
    postgres = await openPostgresStore();
  });
  afterAll(() => postgres.close());
  return () => reused(postgres)();
}
