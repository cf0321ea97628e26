import { afterEach, describe } from 'vitest';
import type { Database } from '../engine/store/database.ts';
import { DuckDb } from '../engine/store/duckdb.ts';
import { Postgres } from '../engine/store/postgres.ts';
import { openPostgres } from './postgres.ts';

export interface Opened {
  db: Database;
  close(): Promise<void>;
}

/** Both databases, each empty and the caller's own, for `describe.each`. */
export const databases: { name: 'duckdb' | 'postgres'; open(): Promise<Opened> }[] = [
  { name: 'duckdb', open: openDuckDb },
  { name: 'postgres', open: openPostgresStore },
];

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

export async function openDuckDb(): Promise<Opened> {
  const db = await DuckDb.open(':memory:');
  return { db, close: () => db.close() };
}

export async function openPostgresStore(): Promise<Opened> {
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
