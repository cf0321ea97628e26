import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Database } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';

/** The number of rows from which on setting customers apart takes less time than it saves. */
export const ENOUGH = 100_000;

/** The columns that number the rows of all customers. The last row is copied too, so that new rows get other numbers. */
const numbered: Readonly<Record<string, string>> = { enrolment: 'enrolment', message_event: 'seq', consent: 'seq' };
/** The tables from which the agenda reads the instants to come. */
const ahead = /^(?:upcoming|entrant_ahead|flip|team|firing_.*)$/;
/** These tables have rows of people who are no customers yet. */
const kept = /^(?:stranger|stray)$/;

/**
 * The customers of a simulation who have not reached its end, set apart in tables of their own: a few customers go on for hundreds of
 * rounds when all others have none left, and each statement would pass over the rows of all. A level is a schema with
 * tables of the same names, which statements find before those of the levels around it. For DuckDB only.
 */
export class Near {
  private readonly db: Database;
  private readonly enough: number;
  private levels = 0;
  private size: number | undefined;

  constructor(db: Database, enough: number) {
    this.db = db;
    this.enough = enough;
  }

  /** Sets the `count` customers of `moment` apart if they are a quarter of those before, and their tables have many rows. */
  async narrow(count: number): Promise<void> {
    const { db } = this;
    const before = this.size;
    if (before !== undefined && count * 4 > before) return;
    this.size = count;
    if (before === undefined) return;
    const tables = await this.tables();
    if ((await this.rowsOf(tables)) < this.enough) return;
    const [from, to] = [schema(this.levels), schema(this.levels + 1)];
    await db.run(sql`CREATE SCHEMA ${ident(to)}`);
    await db.run(sql`CREATE TABLE ${ident(to)}.${moving} AS SELECT customer FROM moment`);
    for (const { name, definition } of tables) {
      const number = numbered[name];
      const last = number
        ? sql` OR ${ident(number)} = (SELECT max(${ident(number)}) FROM ${ident(from)}.${ident(name)})`
        : sql``;
      await db.run(raw(definition.replace(/^CREATE TABLE (?:"[^"]*"\.|\w+\.)*/, `CREATE TABLE ${ident(to).sql}.`)));
      await db.run(sql`
        INSERT INTO ${ident(to)}.${ident(name)} SELECT * FROM ${ident(from)}.${ident(name)} WHERE ${theirs(to)}${last}`);
    }
    for (const { name } of await this.temporaries())
      await db.run(sql`
        CREATE OR REPLACE TEMP TABLE ${ident(name)} AS
        SELECT t.* FROM ${ident(name)} t WHERE t.customer IN (SELECT customer FROM moment)`);
    this.levels++;
    await this.find();
    // The names in the statements mean other tables now, which are small.
    await db.keepPlans?.();
  }

  /** Puts the rows back into the tables of everybody. */
  async widen(): Promise<void> {
    const { db } = this;
    if (this.levels === 0) return;
    for (; this.levels > 0; this.levels--) {
      const [from, to] = [schema(this.levels), schema(this.levels - 1)];
      for (const { name } of await this.tables()) {
        await db.run(sql`DELETE FROM ${ident(to)}.${ident(name)} WHERE ${theirs(from)}`);
        await db.run(sql`
          INSERT INTO ${ident(to)}.${ident(name)} SELECT * FROM ${ident(from)}.${ident(name)} WHERE ${theirs(from)}`);
      }
    }
    await this.find();
    await db.keepPlans?.();
  }

  private async find(): Promise<void> {
    // DuckDB would take `main` for a file that is called so.
    const [here] = await this.db.query<{ name: string }>(sql`SELECT current_database() AS name`);
    const database = ident(here?.name ?? '').sql.replaceAll("'", "''");
    const path = Array.from({ length: this.levels + 1 }, (_, i) => `${database}."${schema(this.levels - i)}"`);
    await this.db.run(sql`SET search_path = ${raw(`'${path}'`)}`);
  }

  /** The tables of the innermost level that have rows of customers. */
  private tables(): Promise<{ name: string; definition: string }[]> {
    return this.ofCustomers(
      sql`NOT t.temporary AND t.schema_name = ${schema(this.levels)} AND t.table_name <> '#moving'`,
    ).then((all) => all.filter(({ name }) => !kept.test(name) && !name.startsWith('inbox_')));
  }

  /** The rows are counted, because DuckDB's estimate leaves out those of this transaction. */
  private async rowsOf(tables: { name: string }[]): Promise<number> {
    const parts = tables.map(({ name }) => sql`SELECT count(*) AS n FROM ${ident(name)}`);
    const [row] = await this.db.query<{ n: number }>(sql`SELECT sum(n) AS n FROM (${join(parts, ' UNION ALL ')}) c`);
    return row?.n ?? 0;
  }

  private async temporaries(): Promise<{ name: string }[]> {
    return (await this.ofCustomers(sql`t.temporary`)).filter(({ name }) => ahead.test(name));
  }

  private ofCustomers(which: Sql): Promise<{ name: string; definition: string }[]> {
    return this.db.query(sql`
      SELECT t.table_name AS name, t.sql AS definition
      FROM duckdb_tables() t JOIN duckdb_columns() c ON c.table_oid = t.table_oid AND c.database_oid = t.database_oid
      WHERE ${which} AND c.column_name = 'customer' AND c.data_type = 'BIGINT' ORDER BY t.table_name`);
  }
}

/** Removes what a simulation has left of its levels, also one that failed. */
export async function forgetLevels(store: Database): Promise<void> {
  await store.run(sql`SET search_path = 'main'`);
  const left = await store.query<{ name: string }>(sql`
    SELECT schema_name AS name FROM duckdb_schemas() WHERE starts_with(schema_name, '#near_') AND database_name = current_database()`);
  for (const { name } of left) await store.run(sql`DROP SCHEMA ${ident(name)} CASCADE`);
}

const moving = ident('#moving');

function schema(level: number): string {
  return level === 0 ? 'main' : `#near_${level}`;
}

/** The condition that a row belongs to a customer who was set apart, or to no customer. */
function theirs(schema: string): Sql {
  return sql`(customer IN (SELECT customer FROM ${ident(schema)}.${moving}) OR customer IS NULL)`;
}
