import fc from 'fast-check';
import sql from 'sql-template-tag';
import { expect, it } from 'vitest';
import { DuckDb } from '../../engine/store/duckdb.ts';
import { live } from '../live.ts';
import { world } from '../random-world.ts';
import { differences } from './compare.ts';
import { landed } from './unlanded.ts';

/** Another number replays other worlds; fast-check prints the one of a failure. */
const seed = Number(process.env.WORLD_SEED ?? 20_260_303);
const runs = Number(process.env.WORLDS ?? 80);

it('random small worlds come out as a plain interpreter of the documentation has them', async () => {
  let entries = 0;
  await fc.assert(
    fc.asyncProperty(world.map(landed), async (one) => {
      const db = await DuckDb.open(':memory:', { threads: '1' });
      try {
        await db.run(sql`SET threads = 1`);
        const tables = await live(db, one);
        expect(await differences(db, one)).toEqual([]);
        entries += (tables.enrolment ?? []).length + (tables.message ?? []).length;
      } finally {
        await db.close();
      }
    }),
    { seed, numRuns: runs, endOnFailure: process.env.SHRINK === undefined },
  );
  expect(entries, 'worlds in which nothing happens prove nothing').toBeGreaterThan(runs);
}, 900_000);
