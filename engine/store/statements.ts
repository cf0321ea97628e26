import type { Sql } from 'sql-template-tag';
import type { Database } from './database.ts';

/** Runs statements one after the other; returns what the last one changed or made. */
export async function runAll(db: Database, statements: Sql[]): Promise<number> {
  let rows = 0;
  for (const statement of statements) rows = await db.run(statement);
  return rows;
}
