import pg from 'pg';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Column, ColumnType, Database, Row, Value } from './database.ts';
import { name, postgres } from './dialect.ts';

/** Our integers stay below 2^53, our decimals below 15 digits; dates stay text. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid: number) => {
    if (oid === pg.types.builtins.INT8 || oid === pg.types.builtins.NUMERIC) return Number;
    if (oid === pg.types.builtins.DATE) return String;
    return pg.types.getTypeParser(oid);
  },
};

const arrays: Record<ColumnType, string> = {
  text: 'text[]',
  bigint: 'bigint[]',
  integer: 'integer[]',
  double: 'double precision[]',
  decimal: 'numeric[]',
  boolean: 'boolean[]',
  date: 'date[]',
};

type Client = Pick<pg.Pool, 'query'>;

/** The shared store: any number of processes. */
export class Postgres implements Database {
  readonly dialect = postgres;
  /** Every transaction has a connection of its own. */
  readonly lane = this;
  private readonly client: Client;
  private readonly pool: pg.Pool;

  private constructor(pool: pg.Pool, client: Client) {
    this.pool = pool;
    this.client = client;
  }

  static open(url: string): Postgres {
    const pool = new pg.Pool({ connectionString: url, types });
    // An idle connection that the server drops is replaced at the next query; without a listener it would end the process.
    pool.on('error', () => {});
    return new Postgres(pool, pool);
  }

  async query<T extends Row = Row>(statement: Sql): Promise<T[]> {
    return (await this.client.query<T>(statement.text, statement.values)).rows;
  }

  async run(statement: Sql): Promise<number> {
    return (await this.client.query(statement.text, statement.values)).rowCount ?? 0;
  }

  async load(table: string, columns: Column[], rows: Value[][]): Promise<void> {
    for (let from = 0; from < rows.length; from += 10_000) {
      const part = rows.slice(from, from + 10_000);
      const lists = columns.map((c, i) => sql`${part.map((row) => row[i] ?? null)}::${raw(arrays[c.type])}`);
      const names = join(columns.map((c) => name(c.name)));
      await this.run(sql`INSERT INTO ${name(table)} (${names}) SELECT * FROM unnest(${join(lists)})`);
    }
  }

  async transaction<T>(work: (tx: Database) => Promise<T>): Promise<T> {
    if (this.client !== this.pool) return work(this);
    const client = await this.pool.connect();
    try {
      await client.query('BEGIN');
      const result = await work(new Postgres(this.pool, client));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
