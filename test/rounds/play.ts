import { copyFile, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { compile } from '../../engine/compile/compile.ts';
import { type SimulationInput, simulate } from '../../engine/dry-run/simulate/simulate.ts';
import type { Database } from '../../engine/store/database.ts';
import { pause } from '../../engine/store/pauses.ts';
import { runTick } from '../../engine/tick/run-tick.ts';
import { removable } from '../random-world.ts';
import { differences, type Entries, readEntries } from './tables.ts';
import type { Files, SimulatedWorld } from './world.ts';

export interface Outcome {
  /** Number of messages and journeys. */
  entries: number;
  /** In plain words, the earliest first. */
  differences: string[];
  /** The numbers of instants or rounds of the two simulations. */
  steps?: number[];
}

export type Simulate = (input: SimulationInput) => Promise<Database>;

/** Simulates a world twice and compares. */
export async function compareWays(
  world: SimulatedWorld,
  names: [string, string],
  ways: [Simulate, Simulate],
): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'kaskad-rounds-'));
  try {
    const root = join(folder, 'files');
    await mkdir(root);
    const base = await history(world, folder, root);
    await put(root, world.files, 2);
    const found: Entries[] = [];
    const steps: number[] = [];
    for (const [i, way] of ways.entries()) {
      const snapshot = join(folder, `${i}.duckdb`);
      if (base) await copyFile(base, snapshot);
      let taken = 0;
      const onTick = () => {
        taken++;
      };
      const input = { ...inputOf(world, root), ...(base && { snapshot }), onTick };
      const db = await way(input);
      steps.push(taken);
      try {
        // Collects what has happened since the last instant at which something was due.
        await runTick(
          db,
          input.program,
          Math.ceil(world.end / world.model.project.tick) * world.model.project.tick,
          input.tz,
        );
        found.push(await readEntries(db));
      } finally {
        await db.close();
      }
    }
    const [one = new Map(), other = new Map()] = found;
    const entries = [...one.keys()].filter((name) => /: (journey|message)/.test(name)).length;
    return { entries, steps, differences: differences(one, other, names) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

function inputOf({ model, start, end, engagement, launches, history }: SimulatedWorld, root: string): SimulationInput {
  const launched = !history && launches.length > 0 && model.campaigns[0]?.on.kind === 'manual';
  return {
    program: compile(model),
    from: history?.until ?? start,
    to: end,
    tz: 'test',
    seed: 'test',
    engagement,
    root,
    ...(launched && { launches: ['a'] }),
  };
}

/** Has a store tick through the time before the simulation; returns its file. */
async function history(world: SimulatedWorld, folder: string, root: string): Promise<string | undefined> {
  if (!world.history) return undefined;
  const { until, files, alone, launches, paused } = world.history;
  const snapshot = join(folder, 'history.duckdb');
  const { campaigns } = world.model;
  const before = alone ? campaigns.filter(({ name }) => name === removable) : campaigns;
  await put(root, files, 1);
  const { history: _, ...first } = world;
  const db = await simulate({
    ...inputOf({ ...first, launches: [], model: { ...world.model, campaigns: before } }, root),
    to: until,
    snapshot,
    walk: true,
  });
  for (const [i, at] of launches ? world.launches.entries() : [])
    await db.run(sql`INSERT INTO launch (launch, campaign, "at") VALUES (${i + 1}, 'a', ${at}::bigint)`);
  if (paused) await pause(db, paused, until);
  await db.close();
  return snapshot;
}

/** Writes files; those of another `version` have another time. */
async function put(root: string, files: Files, version: number): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    await writeFile(join(root, name), text);
    await utimes(join(root, name), version, version);
  }
}
