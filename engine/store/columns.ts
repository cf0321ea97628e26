import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Column, ColumnType, Database, NewRow, Value } from './database.ts';
import { ident } from './dialect.ts';

export interface Table {
  name: string;
  columns: Column[];
  /** Only small tables have one: an index over random keys of a large one costs more than the rows. */
  key?: string[];
  /** The indexes of PostgreSQL, each by its columns and condition. DuckDB finds rows by the statistics of its columns. */
  indexes?: Sql[];
}

/** Reads `id text, at bigint` and so on: one column per pair of words. */
export function columns(text: string): Column[] {
  return text.split(',').map((pair) => {
    const [column = '', type = ''] = pair.trim().split(/\s+/);
    return { name: column, type: type as ColumnType };
  });
}

export function createTable(db: Database, table: Table): Promise<number> {
  return createTables(db, [table]);
}

/** Creates tables in one call, for each call takes longer than the database needs for a table. */
export function createTables(db: Database, tables: Table[]): Promise<number> {
  const all = tables.map((table) => {
    const key = table.key ? [sql`PRIMARY KEY (${join(table.key.map(ident))})`] : [];
    const passing = table.name.startsWith('inbox_') ? db.dialect.passing : empty;
    const lines = [...table.columns.map((c) => sql`${definition(db, c)}${passing}`), ...key];
    return sql`CREATE TABLE IF NOT EXISTS ${ident(table.name)} (${join(lines)})`;
  });
  return db.run(join(all, ';\n'));
}

/** Creates the indexes that PostgreSQL does not have yet. To create one that exists would wait for whoever writes to the table. */
export async function createIndexes(db: Database, tables: Table[]): Promise<void> {
  if (db.dialect.name !== 'postgres') return;
  const rows = await db.query<{ name: string }>(
    sql`SELECT indexname AS name FROM pg_indexes WHERE schemaname = ANY(current_schemas(false))`,
  );
  const known = new Set(rows.map(({ name }) => name));
  for (const { name, indexes = [] } of tables)
    for (const index of indexes) {
      const title = `${name}${index.text.replaceAll(/\W+/g, '_')}`.slice(0, 63);
      if (known.has(title)) continue;
      await db.run(sql`CREATE INDEX ${ident(title)} ON ${ident(name)} ${index}`);
      known.add(title);
    }
}

/** Adds the columns that the table does not have yet. */
export async function addColumns(db: Database, table: string, added: Column[]): Promise<void> {
  for (const column of added)
    await db.run(sql`ALTER TABLE ${ident(table)} ADD COLUMN IF NOT EXISTS ${definition(db, column)}`);
}

function definition(db: Database, column: Column): Sql {
  return sql`${ident(column.name)} ${raw(db.dialect.types[column.type])}`;
}

/** Returns the values of rows, a list for each column. Throws where the first row has a name that is no column (a bug). */
export function valuesByColumn(columns: Column[], rows: readonly NewRow[]): Value[][] {
  const names = new Set(columns.map(({ name }) => name));
  for (const name of Object.keys(rows[0] ?? {})) if (!names.has(name)) throw new Error(`no column "${name}"`);
  return columns.map(({ name }) => rows.map((row) => row[name] ?? null));
}

/** Returns the rows whose values are given, a list for each column. */
export function rowsOf(columns: Column[], values: readonly Value[][]): NewRow[] {
  const row = toRow(columns);
  return (values[0] ?? []).map((_, i) => row(values.map((column) => column[i] ?? null)));
}

/** Returns what makes a row of values in the order of the columns. */
export function toRow(columns: Column[]): (values: readonly Value[]) => NewRow {
  const names = columns.map(({ name }) => name);
  return (values) => {
    const row: Record<string, Value> = {};
    for (let i = 0; i < names.length; i++) row[names[i] as string] = values[i] ?? null;
    return row;
  };
}

/** Returns the names of the store's tables, each with the names of its columns. */
export async function presentColumns(db: Database): Promise<Map<string, Set<string>>> {
  const present = new Map<string, Set<string>>();
  // To ask a database for its columns takes DuckDB longer than to ask for its tables.
  if (db.dialect.name === 'duckdb' && (await db.query(sql`SELECT 1 AS n FROM duckdb_tables() LIMIT 1`)).length === 0)
    return present;
  const schema = db.dialect.name === 'duckdb' ? sql`current_schema()` : sql`ANY(current_schemas(false))`;
  const rows = await db.query<{ table_name: string; column_name: string }>(
    sql`SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = ${schema}`,
  );
  for (const row of rows) {
    const columnsOf = present.get(row.table_name) ?? new Set();
    present.set(row.table_name, columnsOf.add(row.column_name));
  }
  return present;
}
