import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { compile } from '../../engine/compile/compile.ts';
import { needsWalk } from '../../engine/dry-run/simulate/rounds.ts';
import { type SimulationInput, simulateIn } from '../../engine/dry-run/simulate/simulate.ts';
import type { Database } from '../../engine/store/database.ts';
import { pause } from '../../engine/store/pauses.ts';
import { runTick } from '../../engine/tick/run-tick.ts';
import { removable } from '../random-world.ts';
import { empty, type Opened, openDuckDb } from '../stores.ts';
import type { Files } from './files.ts';
import { differences, type Entries, readEntries } from './tables.ts';
import type { SimulatedWorld } from './world.ts';

export interface Outcome {
  /** Number of messages and journeys. */
  entries: number;
  /** In plain words, the earliest first. */
  differences: string[];
  /** The numbers of instants or rounds of the two simulations. */
  steps?: [number, number];
  /** The number of customers whom a change found inside and who did not just go on. */
  moved?: number;
  /** False where the customers depend on one another, so that a simulation walks in any case. */
  inRounds?: boolean;
}

/** Opens a store without rows. */
export type Open = () => Promise<Opened>;

export const inMemory: Open = openDuckDb;

/** Opens the same store again and again, which is emptied each time. */
export function reused({ db }: Opened): Open {
  return async () => ({ db, close: () => empty(db) });
}

/** One way to execute a world. */
export interface Way {
  name: string;
  open: Open;
  simulate: typeof simulateIn;
}

/** Simulates a world in two ways and compares. */
export async function compareWays(world: SimulatedWorld, ways: [Way, Way]): Promise<Outcome> {
  const root = await mkdtemp(join(tmpdir(), 'kaskad-rounds-'));
  try {
    const found: Entries[] = [];
    const steps: number[] = [];
    let inRounds = false;
    for (const { open, simulate } of ways) {
      const { db, close } = await open();
      try {
        let taken = 0;
        await playIn(world, db, root, async (input) => {
          const onTick = async (now: number, store: Database) => {
            if (taken++ === 0) inRounds = !(await needsWalk(store, input.program, now));
          };
          // However few rows there are, customers who go on are set apart.
          await simulate(db, { ...input, onTick, enough: 0 });
        });
        steps.push(taken);
        found.push(await readEntries(db));
      } finally {
        await close();
      }
    }
    const [one = new Map(), other = new Map()] = found;
    const [before = 0, after = 0] = steps;
    const entries = [...one.keys()].filter((name) => /: (journey|message)/.test(name)).length;
    const names = ways.map(({ name }) => name) as [string, string];
    return { entries, steps: [before, after], inRounds, differences: differences(one, other, names) };
  } finally {
    await rm(root, { recursive: true });
  }
}

/** Executes a world in an empty store, with files in the folder `root`. */
export async function playIn(
  world: SimulatedWorld,
  db: Database,
  root: string,
  simulate: (input: SimulationInput) => Promise<unknown> = (input) => simulateIn(db, input),
): Promise<void> {
  await history(world, db, root);
  await put(root, world.files, 2);
  const input = inputOf(world, root);
  await simulate(input);
  // Collects what has happened since the last instant at which something was due.
  const { tick } = world.model.project;
  await runTick(db, input.program, Math.ceil(world.end / tick) * tick, input.tz);
}

function inputOf({ model, start, end, engagement, history }: SimulatedWorld, root: string): SimulationInput {
  return {
    program: compile(model),
    from: history?.until ?? start,
    to: end,
    tz: 'test',
    seed: 'test',
    engagement,
    root,
    launches: model.campaigns.flatMap(({ name, on }) => (on.kind === 'manual' ? [name] : [])),
  };
}

/** Has a store tick through the time before the simulation. */
async function history(world: SimulatedWorld, db: Database, root: string): Promise<void> {
  if (!world.history) return;
  const { until, files, alone, launches, paused, campaigns: earlier } = world.history;
  const { campaigns } = world.model;
  const before = earlier ?? (alone ? campaigns.filter(({ name }) => name === removable) : campaigns);
  await put(root, files, 1);
  const { history: _, ...first } = world;
  await simulateIn(db, {
    ...inputOf({ ...first, model: { ...world.model, campaigns: before } }, root),
    to: until,
    walk: true,
  });
  for (const [i, at] of launches ? world.launches.entries() : [])
    await db.run(sql`INSERT INTO launch (launch, campaign, "at") VALUES (${i + 100}, 'a', ${at}::bigint)`);
  if (paused) await pause(db, paused, until);
}

/** Writes files; those of another `version` have another time. */
async function put(root: string, files: Files, version: number): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(root, name), text);
    await utimes(join(root, name), version, version);
  }
}
