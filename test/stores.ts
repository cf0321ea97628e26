import sql, { join } from 'sql-template-tag';
import { afterAll, afterEach, describe } from 'vitest';
import type { Database } from '../engine/store/database.ts';
import { ident } from '../engine/store/dialect.ts';
import { openSmallStore } from '../engine/store/open-small.ts';
import { Postgres } from '../engine/store/postgres.ts';
import { noteNewest } from '../engine/store/upgrade.ts';
import { extent } from './extent.ts';
import { openPostgres } from './postgres.ts';

export interface Opened {
  db: Database;
  close(): Promise<void>;
}

const engines = { DuckDB: openDuckDb, PostgreSQL: openPostgresStore };

/**
 * Runs the same tests on DuckDB and on PostgreSQL. `open` gives a store without rows: one whose test is over is emptied
 * and given to the next, because to make the tables takes longer than most tests do. `npm run test:quick` leaves PostgreSQL out.
 */
export function onEveryStore(
  title: string,
  tests: (open: () => Promise<Database>, engine: keyof typeof engines) => void,
): void {
  for (const engine of extent === 'quick' ? (['DuckDB'] as const) : (['DuckDB', 'PostgreSQL'] as const)) {
    describe(`${title} on ${engine}`, () => {
      const free: Opened[] = [];
      const used: Opened[] = [];
      afterEach(async ({ task }) => {
        for (const one of used.splice(0)) {
          // One whose test has failed may still be at work.
          if (task.result?.state === 'fail') await one.close();
          else {
            await empty(one.db);
            free.push(one);
          }
        }
      });
      afterAll(async () => {
        for (const { close } of free.splice(0)) await close();
      });
      tests(async () => {
        const one = free.pop() ?? (await engines[engine]());
        used.push(one);
        return one.db;
      }, engine);
    });
  }
}

/** Deletes all rows. In PostgreSQL not by DELETE: new rows would take the places of old ones, and be read in another order. */
export async function empty(db: Database): Promise<void> {
  const duckdb = db.dialect.name === 'duckdb';
  const tables = await db.query<{ table: string }>(
    duckdb
      ? sql`SELECT table_name AS "table" FROM duckdb_tables() WHERE NOT temporary AND estimated_size > 0`
      : sql`SELECT relname AS "table" FROM pg_class
            WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND pg_relation_size(oid) > 0`,
  );
  const emptied = tables.some(({ table }) => table === 'meta');
  const names = tables.map(({ table }) => ident(table));
  if (duckdb) for (const table of names) await db.run(sql`DELETE FROM ${table}`);
  else if (names.length > 0) await db.run(sql`TRUNCATE ${join(names)}`);
  if (emptied) await noteNewest(db);
}

export async function openDuckDb(): Promise<Opened> {
  const db = await openSmallStore();
  return { db, close: () => db.close() };
}

/** `server`: as for `openPostgres`. */
export async function openPostgresStore(server?: string): Promise<Opened> {
  const { url, stop } = await openPostgres(server);
  const db = await Postgres.open(url);
  return {
    db,
    close: async () => {
      await db.close();
      await stop();
    },
  };
}
