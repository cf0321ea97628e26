import type { CampaignTest } from '../../../spec/model/test.ts';
import type { Database } from '../../store/database.ts';
import { triggerKind } from '../../tick/triggers/index.ts';
import type { Observed } from './result.ts';
import { RunningTest } from './running-test.ts';
import { TestStore } from './test-store.ts';
import type { World } from './worlds.ts';

export interface FinishedTest {
  test: CampaignTest;
  observed: Observed;
  /** The parts of the test that could not happen; sentences. */
  problems: string[];
}

export interface RunOptions {
  /** Version of the tz database in use. */
  tz: string;
  signal?: AbortSignal;
}

/**
 * Runs the tests of a world, each from its start to its end, by production's ticks under a virtual clock; nothing but
 * the carriers is replaced. Aborted, it returns the tests that had ended. `db`: an empty store.
 */
export async function runWorld(db: Database, world: World, { tz, signal }: RunOptions): Promise<FinishedTest[]> {
  const { program, campaign, start } = world;
  const { tick } = program.project;
  const store = await TestStore.create(db, world, tz);
  const finished: FinishedTest[] = [];
  let running = world.tests.map((prepared) => new RunningTest(prepared));
  const first = Math.ceil(start / tick) * tick;
  for (let now: number | undefined = first; ; now = await store.next(running)) {
    // Where time alone brings customers in there is always a next instant; such a test ends when nothing more can happen.
    const goesOn = (one: RunningTest) =>
      now !== undefined &&
      now <= one.end &&
      !(triggerKind(campaign.trigger).recurs && one.settled(campaign, store.paths));
    for (const one of running) {
      if (goesOn(one)) continue;
      const { test, problems } = one;
      finished.push({ test, problems, observed: await one.observe(db, program, store.paths) });
    }
    running = running.filter(goesOn);
    if (now === undefined || running.length === 0 || signal?.aborted) return finished;
    if (now === first) await store.begin(now, running);
    else await store.tick(now);
  }
}
