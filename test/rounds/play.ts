import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { compile } from '../../engine/compile/compile.ts';
import { withVersionsBefore } from '../../engine/deploy/versions-before.ts';
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
  /** The numbers of instants or rounds of the first and the last simulation. */
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

/** The result of one way. */
interface Played {
  name: string;
  entries: Entries;
  steps: number;
  inRounds: boolean;
  /** Customers depended on one another to the end. */
  walked: boolean;
}

/**
 * Simulates a world in several ways, and compares all with the first. Rounds that would walk to the end are not played: they are the walk
 * that was played before on that database.
 */
export async function compareWays(world: SimulatedWorld, ways: Way[]): Promise<Outcome> {
  const root = await mkdtemp(join(tmpdir(), 'kaskad-rounds-'));
  try {
    const all: Played[] = [];
    const walks = new Set<string>();
    for (const way of ways) {
      const { db, close } = await way.open();
      try {
        if (way.simulate === simulateIn && walks.has(db.dialect.name)) continue;
        const one = await playWay(world, db, root, way);
        if (one.walked) walks.add(db.dialect.name);
        all.push(one);
      } finally {
        await close();
      }
    }
    const [first, ...others] = all;
    if (!first) throw new Error('a world is compared in no way');
    const last = all.at(-1) ?? first;
    return {
      entries: [...first.entries.keys()].filter((name) => /: (journey|message)/.test(name)).length,
      steps: [first.steps, last.steps],
      inRounds: last.inRounds,
      differences: others.flatMap((one) => differences(first.entries, one.entries, [first.name, one.name])),
    };
  } finally {
    await rm(root, { recursive: true });
  }
}

async function playWay(world: SimulatedWorld, db: Database, root: string, { name, simulate }: Way): Promise<Played> {
  let steps = 0;
  let inRounds = false;
  let walked = false;
  await playIn(world, db, root, async (input) => {
    let last = input.from;
    const onTick = async (now: number, store: Database) => {
      if (steps++ === 0) inRounds = !(await needsWalk(store, input.program, now));
      last = now;
    };
    // Customers who go on are set apart even in a small store.
    await simulate(db, { ...input, onTick, enough: 0 });
    walked = !inRounds && (await needsWalk(db, input.program, last));
  });
  return { name: `${name} on ${db.dialect.name}`, entries: await readEntries(db), steps, inRounds, walked };
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
  const from = history?.until ?? start;
  const applied = history?.campaigns && compile({ ...model, campaigns: history.campaigns });
  return {
    program: withVersionsBefore(compile(model), { applied, states: {}, now: from }),
    from,
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
