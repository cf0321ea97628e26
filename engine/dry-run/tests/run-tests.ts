import sql from 'sql-template-tag';
import type { CampaignTest } from '../../../spec/model/test.ts';
import type { Program } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import { openSmall } from '../../store/small.ts';
import { tables } from '../../store/tables.ts';
import { compare } from './compare.ts';
import { type Playing, play } from './play.ts';
import type { TestResult } from './result.ts';
import { worldsOf } from './worlds.ts';

export interface TestRunOptions extends Playing {
  /** The number of stores that are at work at once. */
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
    const db = await openSmall();
    try {
      for (const world of queue) {
        if (playing.signal?.aborted) return;
        for (const { test, observed, problems } of await play(db, world, playing)) {
          results.set(test, compare(test, observed, problems, program));
        }
        await wipe(db, program);
        onProgress?.(results.size);
      }
    } finally {
      await db.close();
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(parallel, worlds.length) }, worker));
  const failure = ends.find((end) => end.status === 'rejected');
  if (failure) throw failure.reason;
  return tests.flatMap((test) => results.get(test) ?? []);
}

/** To make tables and to plan statements takes longer than a small world does to play. */
function wipe(db: Database, { data }: Program): Promise<void> {
  return db.transaction(async (tx) => {
    for (const table of tables(data)) await tx.run(sql`DELETE FROM ${ident(table.name)}`);
  });
}

function nothing() {
  return { messages: [], exits: [], inside: [], customers: [], places: [] };
}
