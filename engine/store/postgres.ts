import pg from 'pg';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import { t } from '../../spec/words/t.ts';
import { UserError } from '../user-error.ts';
import { valuesByColumn } from './columns.ts';
import type { Column, ColumnType, Database, NewRow, Row } from './database.ts';
import { ident, postgres } from './dialect.ts';
import { type Migration, migrations } from './migrations/migrations.ts';
import { refuseLater, upgradeStore } from './upgrade.ts';

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

/** The state of the check, at the begin of a transaction, that no later version has migrated the store; see `begin`. */
interface Guard {
  /** False while this process migrates. */
  on: boolean;
  newest: number;
  hasMeta?: boolean;
}

/** Connects once. Throws UserError where that fails; the URL is not quoted, because it may hold a password. */
async function connect(pool: pg.Pool): Promise<void> {
  try {
    (await pool.connect()).release();
  } catch (error) {
    const { message = '', code = '' } = error as Partial<Record<'message' | 'code', string>>;
    throw new UserError(
      'store-unusable',
      t`The PostgreSQL database cannot be opened: ${message.split('\n')[0] || code}`,
      t`Check that the server runs, and the host, the user, the password and the name of the database in the URL.`,
    );
  }
}

/** The shared store: any number of processes. */
export class Postgres implements Database {
  readonly dialect = postgres;
  /** Every transaction has a connection of its own. */
  readonly lane = this;
  private readonly client: Client;
  private readonly pool: pg.Pool;
  private readonly guard: Guard;

  private constructor(pool: pg.Pool, client: Client, guard: Guard) {
    this.pool = pool;
    this.client = client;
    this.guard = guard;
  }

  /**
   * Connects, and brings a store of an earlier version up to date. Throws UserError for one of a later version, and where there is no
   * connection.
   */
  static async open(url: string, known: readonly Migration[] = migrations): Promise<Postgres> {
    const pool = new pg.Pool({ connectionString: url, types });
    // An idle connection that the server drops is replaced at the next query; without a listener it would end the process.
    pool.on('error', () => {});
    const guard: Guard = { on: false, newest: known.length };
    const db = new Postgres(pool, pool, guard);
    try {
      await connect(pool);
      await upgradeStore(db, undefined, known);
    } catch (error) {
      await pool.end();
      throw error;
    }
    guard.on = true;
    return db;
  }

  async query<T extends Row = Row>(statement: Sql): Promise<T[]> {
    return (await this.client.query<T>(statement.text, statement.values)).rows;
  }

  async run(statement: Sql): Promise<number> {
    if (this.client === this.pool) return this.transaction((tx) => tx.run(statement));
    return (await this.client.query(statement.text, statement.values)).rowCount ?? 0;
  }

  async load(table: string, columns: Column[], rows: readonly NewRow[]): Promise<void> {
    for (let from = 0; from < rows.length; from += 10_000) {
      const given = valuesByColumn(columns, rows.slice(from, from + 10_000));
      const lists = columns.map((c, i) => sql`${given[i] ?? []}::${raw(arrays[c.type])}`);
      const names = join(columns.map((c) => ident(c.name)));
      await this.run(sql`INSERT INTO ${ident(table)} (${names}) SELECT * FROM unnest(${join(lists)})`);
    }
  }

  async transaction<T>(work: (tx: Database) => Promise<T>): Promise<T> {
    if (this.client !== this.pool) return work(this);
    const client = await this.pool.connect();
    try {
      await this.begin(client);
      const result = await work(new Postgres(this.pool, client, this.guard));
      await client.query('COMMIT');
      return result;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  }

  /**
   * Begins a transaction, unless a later version has migrated the store meanwhile. To have read `meta` keeps a migration,
   * which locks it, waiting until the transaction ends.
   */
  private async begin(client: pg.PoolClient): Promise<void> {
    const { guard } = this;
    if (guard.on && !guard.hasMeta) {
      const [row] = (await client.query<{ meta: string | null }>(`SELECT to_regclass('meta')::text AS meta`)).rows;
      guard.hasMeta = row?.meta !== null;
    }
    if (!guard.hasMeta) return void (await client.query('BEGIN'));
    // Several statements in one text have a result each.
    const results: unknown = await client.query(`BEGIN; SELECT value FROM meta WHERE name = 'version'`);
    const [, version] = results as pg.QueryResult<{ value: string }>[];
    refuseLater(Number(version?.rows[0]?.value ?? 0), guard.newest);
  }

  async close(): Promise<void> {
    await this.pool.end();
  }
}
