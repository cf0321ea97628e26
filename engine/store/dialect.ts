import sql, { empty, raw, type Sql } from 'sql-template-tag';
import type { TextOp } from '../../spec/model/expression.ts';
import type { ColumnType } from './database.ts';

/** The SQL that the two databases spell differently; they share everything else. */
export interface Dialect {
  readonly name: 'duckdb' | 'postgres';
  readonly types: Record<ColumnType, string>;
  /** Integers of more than 64 bits. */
  readonly wide: string;
  /** Follows the type of a column whose values do not stay. */
  readonly passing: Sql;
  /** Replaces the temporary table `name` by the rows of `rows`; it is gone with the transaction or the next call. */
  temporary(name: string, rows: Sql): Sql[];
  /** First 52 bits of md5(text) as a fraction of 1, in [0, 1). */
  bucket(text: Sql): Sql;
  /** In hexadecimal digits. */
  sha256(text: Sql): Sql;
  /** In lower case and in Unicode's normal form NFC. */
  folded(text: Sql): Sql;
  /** The value of `value` in the row whose (at, seq) is the greatest (`last`) or the least (`first`). */
  edge(which: 'first' | 'last', value: Sql, at: Sql, seq: Sql, filter: Sql): Sql;
  /** Milliseconds of the epoch (UTC) of a date's midnight. */
  dateToMs(date: Sql): Sql;
  /** The date of a local instant in epoch milliseconds. */
  msToDate(ms: Sql): Sql;
  /** The quotient of integers, without the rest. */
  divided(dividend: Sql, divisor: Sql): Sql;
  hasText(op: Exclude<TextOp, 'matches'>, text: Sql, part: Sql): Sql;
  /** Returns the condition that a pattern, as `patternText` writes it, is found anywhere in the text. */
  hasPattern(text: Sql, pattern: Sql): Sql;
  /** The number of items of a list (JSON text) that meet the condition; null or 0 where there is no list. */
  countItems(list: Sql, condition: Sql | undefined): Sql;
  /** A field of the item inside such a condition, as text. */
  itemField(field: string): Sql;
}

/** Quotes an identifier. Names from outside get into SQL by this function alone. */
export function ident(identifier: string): Sql {
  return raw(`"${identifier.replaceAll('"', '""')}"`);
}

export const duckdb: Dialect = {
  name: 'duckdb',
  // Compression takes a quarter of the time of loading rows that the same transaction deletes.
  passing: raw(' USING COMPRESSION uncompressed'),
  types: {
    text: 'varchar',
    bigint: 'bigint',
    integer: 'integer',
    double: 'double',
    decimal: 'decimal(18,4)',
    boolean: 'boolean',
    date: 'date',
  },
  wide: 'hugeint',
  temporary: (table, rows) => [sql`CREATE OR REPLACE TEMP TABLE ${ident(table)} AS ${rows}`],
  bucket: (text) => sql`(('0x' || substr(md5(${text}), 1, 13))::bigint / 4503599627370496.0::double)`,
  sha256: (text) => sql`sha256(${text})`,
  folded: (text) => sql`lower(nfc_normalize(${text}))`,
  edge: (which, value, at, seq, filter) =>
    sql`${which === 'last' ? sql`arg_max_null` : sql`arg_min_null`}(${value}, (${at}, ${seq}))${filter}`,
  dateToMs: (date) => sql`epoch_ms(${date}::timestamp)`,
  msToDate: (ms) => sql`(DATE '1970-01-01' + (${ms} // 86400000)::integer)`,
  divided: (dividend, divisor) => sql`(${dividend} // ${divisor})`,
  hasText: (op, text, part) => {
    const fn = { contains: 'contains', 'starts with': 'starts_with', 'ends with': 'ends_with' }[op];
    return sql`${raw(fn)}(${text}, ${part})`;
  },
  hasPattern: (text, pattern) => sql`regexp_matches(${text}, ${pattern})`,
  countItems: (list, condition) =>
    condition
      ? sql`len(list_filter(json_extract(${list}, '$[*]'), lambda i: ${condition}))`
      : sql`json_array_length(${list})`,
  itemField: (field) => sql`json_extract_string(i, ${field}::varchar)`,
};

export const postgres: Dialect = {
  name: 'postgres',
  passing: empty,
  types: {
    text: 'text COLLATE "C"',
    bigint: 'bigint',
    integer: 'integer',
    double: 'double precision',
    decimal: 'numeric(18,4)',
    boolean: 'boolean',
    date: 'date',
  },
  wide: 'numeric',
  temporary: (table, rows) => [
    sql`DROP TABLE IF EXISTS pg_temp.${ident(table)}`,
    sql`CREATE TEMP TABLE ${ident(table)} ON COMMIT DROP AS ${rows}`,
  ],
  bucket: (text) => sql`(('x' || substr(md5(${text}), 1, 13))::bit(52)::bigint / 4503599627370496.0::double precision)`,
  sha256: (text) => sql`encode(sha256(convert_to(${text}, 'UTF8')), 'hex')`,
  folded: (text) => sql`(lower(normalize(${text}, NFC) COLLATE "und-x-icu") COLLATE "C")`,
  edge: (which, value, at, seq, filter) =>
    sql`(array_agg(${value} ORDER BY ${at} ${raw(which === 'last' ? 'DESC' : 'ASC')}, ${seq} ${raw(
      which === 'last' ? 'DESC' : 'ASC',
    )})${filter})[1]`,
  dateToMs: (date) => sql`(extract(epoch from ${date}) * 1000)::bigint`,
  msToDate: (ms) => sql`(DATE '1970-01-01' + (${ms} / 86400000)::integer)`,
  divided: (dividend, divisor) => sql`(${dividend} / ${divisor})`,
  hasText: (op, text, part) => {
    if (op === 'contains') return sql`(strpos(${text}, ${part}) > 0)`;
    return op === 'starts with' ? sql`starts_with(${text}, ${part})` : sql`(right(${text}, length(${part})) = ${part})`;
  },
  hasPattern: (text, pattern) => sql`(${text} ~ ${pattern})`,
  countItems: (list, condition) =>
    sql`(SELECT count(*) FROM json_array_elements(${list}::json) AS i(item)${condition ? sql` WHERE ${condition}` : empty})`,
  itemField: (field) => sql`(i.item ->> ${field}::text)`,
};
