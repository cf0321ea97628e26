import sql from 'sql-template-tag';
import type { CampaignTest } from '../../../spec/model/test.ts';
import type { Program } from '../../program/program.ts';
import { ident } from '../../store/dialect.ts';
import type { DuckDb } from '../../store/duckdb.ts';
import { openSmallStore } from '../../store/open-small.ts';
import { compare } from './compare.ts';
import type { TestResult } from './result.ts';
import { type RunOptions, runWorld } from './run-world.ts';
import { worldsOf } from './worlds.ts';

export interface TestRunOptions extends RunOptions {
  /** The number of stores that are at work at once. */
  parallel: number;
  /** Called with the number of tests that have ended. */
  onProgress?: (done: number) => void;
}

/** Runs tests; the results are in the order of the tests. Aborted, those of the tests that had not ended are missing. */
export async function runTests(
  program: Program,
  tests: CampaignTest[],
  { parallel, onProgress, ...options }: TestRunOptions,
): Promise<TestResult[]> {
  const { worlds, impossible } = worldsOf(program, tests);
  const results = new Map<CampaignTest, TestResult>();
  for (const { test, problems } of impossible) results.set(test, compare(test, nothing(), problems, program));
  const queue = worlds.values();
  const worker = async () => {
    const db = await openSmallStore();
    try {
      for (const world of queue) {
        if (options.signal?.aborted) return;
        for (const { test, observed, problems } of await runWorld(db, world, options)) {
          results.set(test, compare(test, observed, problems, program));
        }
        await wipe(db);
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

/** Empties the tables that have had rows. To create them and to plan statements takes longer than to run a small world. */
async function wipe(db: DuckDb): Promise<void> {
  const used = await db.query<{ name: string }>(
    sql`SELECT table_name AS name FROM duckdb_tables() WHERE NOT temporary AND estimated_size > 0`,
  );
  await db.transaction(async (tx) => {
    for (const { name } of used) await tx.run(sql`DELETE FROM ${ident(name)}`);
  });
}

function nothing() {
  return { messages: [], exits: [], inside: [], customers: [], places: [] };
}
