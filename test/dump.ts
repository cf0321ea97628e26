import sql from 'sql-template-tag';
import type { Database, Row } from '../engine/store/database.ts';
import { ident } from '../engine/store/dialect.ts';

/** Returns every row of every table, in an order that depends on the rows alone. Tables without rows are left out. */
export async function dump(db: Database): Promise<Record<string, string[]>> {
  const schema = db.dialect.name === 'duckdb' ? 'main' : 'public';
  const tables = await db.query<{ name: string }>(sql`
    SELECT table_name AS name FROM information_schema.tables WHERE table_schema = ${schema} ORDER BY table_name`);
  const found: Record<string, string[]> = {};
  for (const { name } of tables) {
    const rows = await db.query<Row>(sql`SELECT * FROM ${ident(name)}`);
    if (rows.length > 0) found[name] = rows.map((row) => JSON.stringify(Object.entries(row).toSorted())).toSorted();
  }
  return found;
}
