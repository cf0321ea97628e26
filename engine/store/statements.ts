import type { Sql } from 'sql-template-tag';
import type { Database } from './database.ts';

/** Runs statements one after the other. */
export async function runAll(db: Database, statements: Sql[]): Promise<void> {
  for (const statement of statements) await db.run(statement);
}
