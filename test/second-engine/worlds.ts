import fc from 'fast-check';
import sql from 'sql-template-tag';
import type { Database } from '../../engine/store/database.ts';
import { ident } from '../../engine/store/dialect.ts';
import type { DuckDb } from '../../engine/store/duckdb.ts';
import { openSmallStore } from '../../engine/store/open-small.ts';
import { tables } from '../../engine/store/tables.ts';
import { live } from '../live.ts';
import { type World, world } from '../random-world.ts';
import { type Comparison, compare } from './compare.ts';

/** So many small worlds have their campaigns and their store in common. */
export const together = 4;

export interface Outcome extends Comparison {
  /** Counted from 0 in those of the seed. */
  number: number;
  world: World;
}

/** Plays so many times `together` worlds of a seed on both engines, from the number `first` on. */
export async function* play(seed: number, count: number, first = 0): AsyncGenerator<Outcome> {
  const worlds = fc.sample(world, { seed, numRuns: first + count });
  let store: DuckDb | undefined;
  try {
    for (const [number, one] of worlds.entries()) {
      if (number < first) continue;
      if (store && number % 10 === 0) {
        await store.close();
        store = undefined;
      }
      if (store) await empty(store, one);
      store ??= await openSmallStore();
      await live(store, one);
      yield { number, world: one, ...(await compare(store, one)) };
    }
  } finally {
    await store?.close();
  }
}

/** To empty a store is cheaper than to open one; its deleted rows make it slower, but not soon. */
async function empty(store: Database, { model }: World): Promise<void> {
  for (const table of tables(model.data)) await store.run(sql`DELETE FROM ${ident(table.name)}`);
}
