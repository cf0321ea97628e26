import type { Sql } from 'sql-template-tag';
import type { Database } from './database.ts';

/** Replaces the temporary table by the rows of a query; it is gone with the transaction or the next call. Returns the number of rows. */
export function temporary(db: Database, table: string, rows: Sql): Promise<number> {
  return db.temporary ? db.temporary(table, rows) : runAll(db, db.dialect.temporary(table, rows));
}

/** Runs statements one after the other; returns what the last one changed or made. */
export async function runAll(db: Database, statements: Sql[]): Promise<number> {
  let rows = 0;
  for (const statement of statements) rows = await db.run(statement);
  return rows;
}
