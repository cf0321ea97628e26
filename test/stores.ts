import { afterEach, describe } from 'vitest';
import type { Database } from '../engine/store/database.ts';
import { DuckDb } from '../engine/store/duckdb.ts';
import { Postgres } from '../engine/store/postgres.ts';
import { openPostgres } from './postgres.ts';

/** Runs the same tests on DuckDB and on PostgreSQL; `open` gives an empty store, closed after the test. */
export function onEveryStore(title: string, tests: (open: () => Promise<Database>) => void): void {
  for (const [engine, make] of [
    ['DuckDB', openDuckDb],
    ['PostgreSQL', openPostgresStore],
  ] as const) {
    describe(`${title} on ${engine}`, () => {
      const opened: (() => Promise<void>)[] = [];
      afterEach(async () => {
        for (const close of opened.splice(0)) await close();
      });
      tests(async () => {
        const { db, close } = await make();
        opened.push(close);
        return db;
      });
    });
  }
}

export async function openDuckDb(): Promise<{ db: Database; close(): Promise<void> }> {
  const db = await DuckDb.open(':memory:');
  return { db, close: () => db.close() };
}

export async function openPostgresStore(): Promise<{ db: Database; close(): Promise<void> }> {
  const server = await openPostgres();
  const db = Postgres.open(server.url);
  return {
    db,
    close: async () => {
      await db.close();
      await server.stop();
    },
  };
}
