import { type DuckDBType, VARCHAR } from '@duckdb/node-api';
import sql, { join, type Sql } from 'sql-template-tag';
import { ident } from '../../store/dialect.ts';
import { modelNames } from './header.ts';
import { isHeeded } from './plain-lines.ts';
import { isComparable, plainValues } from './plain-values.ts';
import type { InputFile } from './record.ts';
import type { InputColumn } from './shape.ts';
import { writingOf } from './writing-of.ts';

/** The rows of a Parquet file of which every value is plain, so that the database can read and convert them. */
export interface PlainTable {
  /** The table function that reads the file, with the number of the row in it, from 0, under `ROW`. */
  from: Sql;
  /** The condition of its plain rows. */
  where: Sql;
  rows: number;
  /** The number of the last of them, from 1. */
  last: number;
  /** The value of the id and of each column; undefined: the file has none. */
  values: (Sql | undefined)[];
}

/** A column of the file. */
export interface FileColumn {
  name: string;
  type: DuckDBType;
}

/** What the database calls the number of a row. */
export const ROW = 'file_row_number';

/** What gets the plain rows of a file. */
export interface TableTaking {
  /** The zone of times without an offset. */
  zone: string;
  /** Rows may be about customers who were erased. */
  erased: boolean;
  found?: PlainTable | undefined;
}

/**
 * Returns the plain rows of a file of events as SQL; undefined: there are none. The first row is none, because its reader reports on
 * the columns of the file.
 */
export function plainTable(
  file: InputFile,
  columns: FileColumn[],
  { zone, erased }: TableTaking,
): Pick<PlainTable, 'where' | 'values'> | undefined {
  const { shape, rename, where = {}, folders = {} } = file;
  const names = columns.map(({ name }) => name);
  if (!isHeeded(file, 'folders') || shape.id !== 'derived' || names.some((name) => name.toLowerCase() === ROW))
    return undefined;
  // A name of a column within another.
  const isPath = (name: string) => !names.includes(name) && names.some((column) => name.startsWith(`${column}.`));
  if ([...Object.keys(rename), ...Object.keys(where)].some(isPath)) return undefined;
  const given: (FileColumn & { column: Sql })[] = [
    ...columns.map((column) => ({ ...column, column: ident(column.name) })),
    ...Object.entries(folders)
      .filter(([name]) => !names.includes(name))
      .map(([name, value]) => ({ name, type: VARCHAR, column: sql`${value}::varchar` })),
  ];
  const conditions = [sql`${ident(ROW)} > 0`];
  for (const [name, words] of Object.entries(where)) {
    const found = given.find((one) => one.name === name);
    // What is written otherwise is compared by the reader of single rows.
    if (!found || !isComparable(found.type)) return undefined;
    conditions.push(
      sql`CAST(${found.column} AS VARCHAR) IN (${join(words.length > 0 ? words.map((word) => word.trim()) : [''])})`,
    );
  }
  const asked: InputColumn[] = [{ name: 'id', type: 'key', pii: false, required: true }, ...shape.columns];
  const values: PlainTable['values'] = [];
  for (const column of asked) {
    const meant = given.filter(({ name }) => modelNames(name, file).includes(column.name));
    const [found] = meant;
    if (meant.length > 1 || (!found && column.required)) return undefined;
    const plain = found && plainValues(column, writingOf(file, column), found, file.timezone ?? zone);
    values.push(plain?.value);
    if (!found) continue;
    if (!plain && column.required) return undefined;
    const cell = plain?.cell ?? found.column;
    const whom =
      erased && column.name === 'customer' ? sql`NOT regexp_matches(${plain?.value ?? cell}, '@|^\\+')` : sql`TRUE`;
    const all = plain ? sql`${plain.plain} AND ${whom}` : sql`FALSE`;
    conditions.push(column.required ? sql`${cell} IS NOT NULL AND ${all}` : sql`(${cell} IS NULL OR ${all})`);
  }
  return { where: sql`coalesce(${join(conditions, ' AND ')}, FALSE)`, values };
}
