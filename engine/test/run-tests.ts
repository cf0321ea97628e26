import type { CampaignTest } from '../../spec/model/test.ts';
import type { Program } from '../compile/program.ts';
import { compare } from './compare.ts';
import { type Playing, play } from './play.ts';
import type { TestResult } from './result.ts';
import { worldsOf } from './worlds.ts';

export interface TestRunOptions extends Playing {
  /** How many stores are at work at once. */
  parallel: number;
  /** Told how many tests have come to their end. */
  onProgress?: (done: number) => void;
}

/** Plays tests; the results are in the order of the tests. Aborted, those are missing that had not come to their end. */
export async function runTests(
  program: Program,
  tests: CampaignTest[],
  { parallel, onProgress, ...playing }: TestRunOptions,
): Promise<TestResult[]> {
  const { worlds, unplayable } = worldsOf(program, tests);
  const results = new Map<CampaignTest, TestResult>();
  for (const { test, problems } of unplayable) results.set(test, compare(test, nothing(), problems, program));
  const queue = worlds.values();
  const worker = async () => {
    for (const world of queue) {
      if (playing.signal?.aborted) return;
      for (const { test, observed, problems } of await play(world, playing)) {
        results.set(test, compare(test, observed, problems, program));
      }
      onProgress?.(results.size);
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.max(1, parallel) }, worker));
  const failure = ends.find((end) => end.status === 'rejected');
  if (failure) throw failure.reason;
  return tests.flatMap((test) => results.get(test) ?? []);
}

function nothing() {
  return { messages: [], exits: [], inside: [], customers: [], places: [] };
}
