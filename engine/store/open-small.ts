import sql, { raw } from 'sql-template-tag';
import { DuckDb } from './duckdb.ts';

/**
 * Opens a DuckDB store in memory for tables of a few rows: to optimize a statement, and to hand it to other threads, costs
 * more than to execute it. One optimizer stays, which knows nothing of the rows: without it, `UPDATE … FROM a, b` goes through all
 * pairs of rows.
 */
export async function openSmallStore(): Promise<DuckDb> {
  const store = await DuckDb.open(':memory:', { threads: '1' });
  await store.keepPlans();
  const [all] = await store.query<{ names: string }>(
    sql`SELECT string_agg(name, ',') AS names FROM duckdb_optimizers() WHERE name <> 'filter_pushdown'`,
  );
  await store.run(sql`SET GLOBAL disabled_optimizers = ${raw(`'${all?.names}'`)}`);
  return store;
}
