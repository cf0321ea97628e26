import sql, { raw, type Sql } from 'sql-template-tag';
import type { ColumnType } from './database.ts';

/** What the two databases spell differently; everything else is the SQL they share. */
export interface Dialect {
  readonly name: 'duckdb' | 'postgres';
  readonly types: Record<ColumnType, string>;
  /** Replaces the temporary table `name` by the rows of `rows`; it is gone with the transaction or the next call. */
  temporary(name: string, rows: Sql): Sql[];
  /** First 52 bits of md5(text) as a fraction of 1, in [0, 1). */
  bucket(text: Sql): Sql;
  /** The value of `value` in the row whose (at, seq) is the greatest (`last`) or the least (`first`). */
  edge(which: 'first' | 'last', value: Sql, at: Sql, seq: Sql, filter: Sql): Sql;
  /** Milliseconds of the epoch (UTC) of a date's midnight. */
  dateToMs(date: Sql): Sql;
  /** The date on which a local epoch-milliseconds instant falls. */
  msToDate(ms: Sql): Sql;
}

/** Quotes a name. The only way a name that comes from outside gets into SQL. */
export function name(identifier: string): Sql {
  return raw(`"${identifier.replaceAll('"', '""')}"`);
}

export const duckdb: Dialect = {
  name: 'duckdb',
  types: {
    text: 'varchar',
    bigint: 'bigint',
    integer: 'integer',
    double: 'double',
    decimal: 'decimal(18,4)',
    boolean: 'boolean',
    date: 'date',
  },
  temporary: (table, rows) => [sql`CREATE OR REPLACE TEMP TABLE ${name(table)} AS ${rows}`],
  bucket: (text) => sql`(('0x' || substr(md5(${text}), 1, 13))::bigint / 4503599627370496.0::double)`,
  edge: (which, value, at, seq, filter) =>
    sql`${which === 'last' ? sql`arg_max` : sql`arg_min`}(${value}, (${at}, ${seq}))${filter}`,
  dateToMs: (date) => sql`epoch_ms(${date}::timestamp)`,
  msToDate: (ms) => sql`(DATE '1970-01-01' + (${ms} // 86400000)::integer)`,
};

export const postgres: Dialect = {
  name: 'postgres',
  types: {
    text: 'text COLLATE "C"',
    bigint: 'bigint',
    integer: 'integer',
    double: 'double precision',
    decimal: 'numeric(18,4)',
    boolean: 'boolean',
    date: 'date',
  },
  temporary: (table, rows) => [
    sql`DROP TABLE IF EXISTS pg_temp.${name(table)}`,
    sql`CREATE TEMP TABLE ${name(table)} ON COMMIT DROP AS ${rows}`,
  ],
  bucket: (text) => sql`(('x' || substr(md5(${text}), 1, 13))::bit(52)::bigint / 4503599627370496.0::double precision)`,
  edge: (which, value, at, seq, filter) =>
    sql`(array_agg(${value} ORDER BY ${at} ${raw(which === 'last' ? 'DESC' : 'ASC')}, ${seq} ${raw(
      which === 'last' ? 'DESC' : 'ASC',
    )})${filter})[1]`,
  dateToMs: (date) => sql`(extract(epoch from ${date}) * 1000)::bigint`,
  msToDate: (ms) => sql`(DATE '1970-01-01' + (${ms} / 86400000)::integer)`,
};
