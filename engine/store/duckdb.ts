import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBMaterializedResult,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import { valuesByColumn } from './columns.ts';
import type { Column, Database, NewRow, Row, Value } from './database.ts';
import { duckdb, ident } from './dialect.ts';
import { execute, forgetPrepared } from './execute.ts';
import { KeptPlans } from './kept-plans.ts';

/** These optimizers use the rows that exist when a statement is planned, so that its plan gives wrong results for later rows. */
const byRows = 'statistics_propagation,compressed_materialization,row_group_pruner,empty_result_pullup';

/** The embedded store: one process owns the file. Reads see the last commit while a transaction is open. */
export class DuckDb implements Database {
  readonly dialect = duckdb;
  readonly lane: Database;
  readonly folder?: string;
  guestChanges = 0;
  private readonly reader: DuckDBConnection;
  private readonly writer: DuckDBConnection;
  private readonly mutex: Mutex;
  private readonly inside: boolean;
  private readonly instance: DuckDBInstance;
  /** The plans of the writer, if this store keeps plans. */
  private plans: KeptPlans | undefined;
  private readonly stop: { signal?: AbortSignal };

  private constructor(
    instance: DuckDBInstance,
    reader: DuckDBConnection,
    writer: DuckDBConnection,
    mutex: Mutex,
    inside: boolean,
    { lane, folder, plans, stop = {} }: Sharing,
  ) {
    this.plans = plans;
    this.stop = stop;
    this.lane = lane ?? this;
    if (folder !== undefined) this.folder = folder;
    this.instance = instance;
    this.reader = reader;
    this.writer = writer;
    this.mutex = mutex;
    this.inside = inside;
  }

  /** `path`: a file, created where absent, or `:memory:`. */
  static async open(path: string, options: Record<string, string> = {}): Promise<DuckDb> {
    // Data files are read once, and may be written again at any moment: no parts of them are kept.
    const instance = await DuckDBInstance.create(path, { enable_external_file_cache: 'false', ...options });
    const reader = await instance.connect();
    const lane = new DuckDb(instance, reader, await instance.connect(), new Mutex(), false, {});
    return new DuckDb(instance, reader, await instance.connect(), new Mutex(), false, {
      lane,
      folder: path === ':memory:' ? undefined : `${path}.sending`,
    });
  }

  async query<T extends Row = Row>(statement: Sql): Promise<T[]> {
    const result = await this.execute(this.inside ? this.writer : this.reader, statement);
    const names = result.columnNames();
    return rowsOf(result).map((row) => Object.fromEntries(names.map((key, i) => [key, plain(row[i] ?? null)])) as T);
  }

  run(statement: Sql): Promise<number> {
    return this.write(async () => {
      const result = await this.execute(this.writer, statement);
      // CREATE TABLE AS returns the number of rows in a column instead.
      return result.rowsChanged || Number(result.columnNames()[0] === 'Count' ? (rowsOf(result)[0]?.[0] ?? 0) : 0);
    });
  }

  async keepPlans(): Promise<void> {
    if (this.plans) {
      forgetPrepared(this.writer);
      return;
    }
    await this.run(sql`SET GLOBAL disabled_optimizers = ${raw(`'${byRows}'`)}`);
    this.plans = new KeptPlans(this.writer);
  }

  async temporary(table: string, rows: Sql): Promise<number> {
    return this.write(async () => {
      const kept = await this.plans?.replace(table, rows);
      if (kept) {
        await this.execute(this.writer, kept[0]);
        return (await this.execute(this.writer, kept[1])).rowsChanged;
      }
      if (this.plans) forgetPrepared(this.writer);
      const made = await this.execute(this.writer, sql`CREATE OR REPLACE TEMP TABLE ${ident(table)} AS ${rows}`);
      return Number(rowsOf(made)[0]?.[0] ?? 0);
    });
  }

  load(table: string, columns: Column[], rows: readonly NewRow[]): Promise<void> {
    if (rows.length === 0) return Promise.resolve();
    const names = join(columns.map((c) => ident(c.name)));
    const given = valuesByColumn(columns, rows);
    const lists = join(columns.map((c, i) => sql`${unnested(given[i] ?? [])} AS ${ident(c.name)}`));
    const values = join(columns.map((c) => sql`${ident(c.name)}::${raw(duckdb.types[c.type])}`));
    return this.write(async () => {
      await this.execute(
        this.writer,
        sql`INSERT INTO ${ident(table)} (${names}) SELECT ${values} FROM (SELECT ${lists})`,
        true,
      );
    });
  }

  transaction<T>(work: (tx: Database) => Promise<T>): Promise<T> {
    if (this.inside) return work(this);
    return this.mutex.run(async () => {
      await this.writer.run('BEGIN');
      try {
        const { instance, writer, mutex, folder, plans, stop } = this;
        const result = await work(new DuckDb(instance, writer, writer, mutex, true, { folder, plans, stop }));
        await this.writer.run('COMMIT');
        return result;
      } catch (error) {
        // A failed COMMIT has already rolled back; its own error is the one to report.
        await this.writer.run('ROLLBACK').catch(() => {});
        this.plans?.forgetTables();
        throw error;
      }
    });
  }

  /** Writes a consistent copy of everything committed to a new file. */
  async snapshot(path: string): Promise<void> {
    await this.mutex.run(async () => {
      const [here] = (await this.writer.runAndReadAll('SELECT current_database() AS db')).getRows();
      await this.writer.run(`ATTACH '${path.replaceAll("'", "''")}' AS snapshot`);
      try {
        await this.writer.run(`COPY FROM DATABASE "${String(here?.[0]).replaceAll('"', '""')}" TO snapshot`);
      } finally {
        await this.writer.run('DETACH snapshot');
      }
    });
  }

  async close(): Promise<void> {
    if (this.lane instanceof DuckDb && this.lane !== this)
      await this.lane.mutex.run(async () => (this.lane as DuckDb).writer.closeSync());
    await this.mutex.run(async () => {
      this.reader.closeSync();
      this.writer.closeSync();
      this.instance.closeSync();
    });
  }

  /** From the abort on, the statement that is running and all later ones throw the signal's reason. */
  stopOn(signal: AbortSignal): void {
    this.stop.signal = signal;
    signal.addEventListener('abort', () => this.writer.interrupt(), { once: true });
  }

  /** `once`: the values are not those of another execution. */
  private async execute(connection: DuckDBConnection, statement: Sql, once = false): Promise<DuckDBMaterializedResult> {
    const { signal } = this.stop;
    signal?.throwIfAborted();
    const plans = connection === this.writer ? this.plans : undefined;
    try {
      const kept = plans && !once ? await plans.constant(statement) : statement;
      return await execute(connection, kept, plans !== undefined);
    } catch (error) {
      plans?.forgetTables();
      signal?.throwIfAborted();
      throw error;
    }
  }

  private write<T>(work: () => Promise<T>): Promise<T> {
    return this.inside ? work() : this.mutex.run(work);
  }
}

interface Sharing {
  lane?: DuckDb;
  folder?: string | undefined;
  plans?: KeptPlans | undefined;
  /** One for a store and its transactions. */
  stop?: { signal?: AbortSignal };
}

function rowsOf(result: DuckDBMaterializedResult): DuckDBValue[][] {
  return Array.from({ length: result.chunkCount }, (_, i) => result.getChunk(i).getRows()).flat();
}

function plain(value: DuckDBValue): Value {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return value;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof DuckDBTimestampValue) return Number(value.micros / 1000n);
  if (typeof value === 'object' && 'toDouble' in value && typeof value.toDouble === 'function') return value.toDouble();
  return String(value);
}

/** Runs one piece of work at a time, in the order of the calls. */
class Mutex {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const result = this.last.then(work, work);
    this.last = result.catch(() => {});
    return result;
  }
}

/**
 * Returns an expression of DuckDB's whose rows are the values, as text, given as one parameter: one parameter per value takes longer than
 * everything else in a load.
 */
function unnested(values: Value[]): Sql {
  const separator = mark('\u001f', (sign) => values.some((value) => typeof value === 'string' && value.includes(sign)));
  if (!values.includes(null)) return sql`unnest(string_split(${values.join(separator)}, ${separator}))`;
  const none = mark('\u001e', (sign) => values.includes(sign));
  const all = values.map((value) => value ?? none).join(separator);
  return sql`nullif(unnest(string_split(${all}, ${separator})), ${none})`;
}

/** Returns a text that no value has: the sign, or the sign and a number. The end of one value and the beginning of the next cannot form it, because only its first letter is the sign. */
function mark(sign: string, taken: (mark: string) => boolean): string {
  if (!taken(sign)) return sign;
  let number = 0;
  while (taken(`${sign}${number}`)) number++;
  return `${sign}${number}`;
}
