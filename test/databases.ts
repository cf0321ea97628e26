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
  {
    name: 'duckdb',
    open: async () => {
      const db = await DuckDb.open(':memory:');
      return { db, close: () => db.close() };
    },
  },
  {
    name: 'postgres',
    open: async () => {
      const server = await openPostgres();
      const db = Postgres.open(server.url);
      return {
        db,
        close: async () => {
          await db.close();
          await server.stop();
        },
      };
    },
  },
];
