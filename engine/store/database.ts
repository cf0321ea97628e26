import type { Sql } from 'sql-template-tag';
import type { Dialect } from './dialect.ts';

export type Value = string | number | boolean | null;
export type Row = Record<string, Value>;
/** A row to be loaded, by the names of columns; what is absent is null. */
export type NewRow = Readonly<Record<string, Value | undefined>>;

/**
 * A database of either kind. Integers arrive as numbers (all of ours are below 2^53), decimals as numbers, dates as
 * `YYYY-MM-DD`. Errors of the database itself are thrown as they are; they are bugs of ours, not a user's mistake.
 */
export interface Database {
  readonly dialect: Dialect;
  /**
   * The same data with a queue of transactions of its own, which run beside those of this object. It is for rows that nothing
   * else changes: of two open transactions that change one row, the later fails.
   */
  readonly lane: Database;
  /** The folder in which this process may keep files beside the data; undefined where the data is not in a file of its own. */
  readonly folder?: string;
  /** The number of changes that other processes have committed by this one; undefined where this one does not see them. */
  readonly guestChanges?: number;
  query<T extends Row = Row>(statement: Sql): Promise<T[]>;
  /** Returns the number of rows changed; of a table made from a query, its rows. */
  run(statement: Sql): Promise<number>;
  /**
   * From now on keeps the plan of each statement for its later executions, however many rows there are then. Only for stores that are
   * thrown away. Another call drops the plans that are kept.
   */
  keepPlans?(): Promise<void>;
  /** Replaces a temporary table as `temporary` in statements.ts does, if the database has a faster way. */
  temporary?(table: string, rows: Sql): Promise<number>;
  /** Adds rows to a table in bulk. */
  load(table: string, columns: Column[], rows: readonly NewRow[]): Promise<void>;
  /** All or nothing. Writers of one process take turns; a nested call joins the transaction it is in. */
  transaction<T>(work: (tx: Database) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface Column {
  name: string;
  type: ColumnType;
}

/** The column types in use: the ones that mean the same on every database. Instants are `bigint` epoch milliseconds. */
export type ColumnType = 'text' | 'bigint' | 'integer' | 'double' | 'decimal' | 'boolean' | 'date';
