import fc from 'fast-check';
import { simulateIn } from '../../engine/dry-run/simulate/simulate.ts';
import { day, hour } from '../world.ts';
import { visitEveryInstant } from './every-instant.ts';
import { changeOf, type Rule, rules } from './moves.ts';
import { compareWays, inMemory, type Open, type Outcome, type Way } from './play.ts';
import { compareChange, compareWithTicks } from './scripted.ts';
import { type SimulatedWorld, simulatedWorld } from './world.ts';

const walk = (open: Open): Way => ({
  name: 'walk',
  open,
  simulate: (db, input) => simulateIn(db, { ...input, walk: true }),
});
const rounds = (open: Open): Way => ({ name: 'rounds', open, simulate: simulateIn });
const visit = (open: Open): Way => ({ name: 'visit of every instant', open, simulate: visitEveryInstant });

/** The comparisons of executions of a simulated world, in a store of each of `opens`; forecasts have theirs in files. */
export const comparisons = {
  /** Production's ticks against rounds, in which customers have clocks of their own. */
  rounds: (world: SimulatedWorld, opens: Open[]) => compareWays(world, [...opens.map(walk), ...opens.map(rounds)]),
  /**
   * Ticks against rounds after a change of the campaigns with customers inside, with one rule for them after the other. The rounds are on DuckDB: a
   * forecast is made there, wherever the store is.
   */
  moves: (world: SimulatedWorld, opens: Open[], rule: Rule, number: number) =>
    compareWays(changed(world, rule, number), [...opens.map(walk), rounds(inMemory)]),
  /** The instants to which a walk jumps against all instants. */
  jumps: (world: SimulatedWorld, opens: Open[]) =>
    compareWays(coarse(world), [...opens.map(walk), ...opens.map(visit)]),
  /** The forecast of a plan against ticks, both by commands. */
  forecasts: (world: SimulatedWorld) => compareWithTicks(world, 12 * hour),
  /** The forecast of a plan that changes campaigns with customers inside against ticks, both by commands, with one rule after the other. */
  changes: (world: SimulatedWorld, _: Open[], rule: Rule, number: number) =>
    compareChange(world, { tick: 12 * hour, rule, number }),
};

/** The same world, whose campaigns were others until its simulation begins. */
function changed(world: SimulatedWorld, rule: Rule, number: number): SimulatedWorld {
  const { start, end, files } = world;
  const { before, after } = changeOf(world.model, rule, number);
  const grid = world.model.project.tick;
  const until = Math.ceil((start + day) / grid) * grid;
  const history = world.history ?? { until, files, alone: false, launches: false };
  return {
    ...world,
    model: after,
    end: world.history ? end : end + until - start,
    history: { ...history, campaigns: before.campaigns },
  };
}

/** A visit of every instant takes long on a fine grid. */
function coarse({ model, start, end, history, ...rest }: SimulatedWorld): SimulatedWorld {
  const until = history && Math.ceil(history.until / hour) * hour;
  return {
    ...rest,
    ...(history && until !== undefined && { history: { ...history, until } }),
    start,
    end: Math.min(end, start + 2 * day),
    model: { ...model, project: { ...model.project, tick: hour } },
  };
}

export interface Compared extends Outcome {
  /** The number of the simulation, counted from 0 in those of the seed. */
  number: number;
  world: SimulatedWorld;
}

/**
 * Compares so many simulations of a seed, from the number `first` on. `opens`: a store of each database, by default of DuckDB. `rule`: the one for customers inside, where
 * campaigns change; null: one after the other.
 */
export async function* compareWorlds(
  name: keyof typeof comparisons,
  seed: number,
  count: number,
  { first = 0, opens = [inMemory], rule = null }: { first?: number; opens?: Open[]; rule?: Rule | null } = {},
): AsyncGenerator<Compared> {
  const worlds = fc.sample(simulatedWorld, { seed, numRuns: first + count });
  for (const [number, world] of worlds.entries()) {
    const own = rule === null ? rules[number % rules.length] : rule;
    if (number >= first) yield { number, world, ...(await comparisons[name](world, opens, own, number)) };
  }
}
