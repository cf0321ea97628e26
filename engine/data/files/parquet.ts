import { open } from 'node:fs/promises';
import {
  type DuckDBConnection,
  DuckDBDecimalType,
  DuckDBInstance,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  type DuckDBType,
  DuckDBTypeId,
} from '@duckdb/node-api';
import sql, { join, raw, type Sql } from 'sql-template-tag';
import { ident } from '../../store/dialect.ts';
import { Broken } from './broken.ts';
import { jsonRows } from './json-rows.ts';
import { plainTable, ROW, type TableTaking } from './plain-table.ts';
import type { InputFile, Item } from './record.ts';

/** A Parquet file begins and ends so. */
const MARK = 'PAR1';

/**
 * Returns the rows of a Parquet file, which are those of a file of JSON objects: its lists and structures are lists and objects.
 * `path`: the file on the disk; `taking`: gets plain rows, which are not given then. Throws `Refused` and `Broken`.
 */
export async function* parquetItems(path: string, file: InputFile, taking?: TableTaking): AsyncGenerator<Item[]> {
  await checkMarks(path);
  // Extensions are never downloaded.
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    threads: '1',
  });
  const connection = await instance.connect();
  try {
    await connection.run("SET TimeZone = 'UTC'");
    const { rowsOf, atEnd } = jsonRows(file);
    for await (const rows of jsonTexts(connection, literally(path), file, taking))
      yield rows.flatMap(([text, line]) => rowsOf(text, line, 'row'));
    yield atEnd();
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Throws `Broken` where the file does not begin and end as it must. */
async function checkMarks(path: string): Promise<void> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const four = async (from: number) =>
      (await file.read(Buffer.alloc(4), 0, 4, Math.max(0, from))).buffer.toString('latin1');
    if ((await four(0)) !== MARK) throw new Broken(size < 4 ? 'cut-parquet' : 'no-parquet');
    if (size < 12 || (await four(size - 4)) !== MARK) throw new Broken('cut-parquet');
  } finally {
    await file.close();
  }
}

const tableOf = (path: string, numbered: boolean) => sql`
  read_parquet(${path}, hive_partitioning = false ${numbered ? sql`, file_row_number = true` : sql``})`;

/** Gives the rows that are not left to the database, as JSON, and their numbers from 1. */
async function* jsonTexts(
  connection: DuckDBConnection,
  path: string,
  file: InputFile,
  taking?: TableTaking,
): AsyncGenerator<[string, number][]> {
  const run = (statement: Sql) => connection.run(statement.text, statement.values as string[]).catch(broken);
  const none = await run(sql`SELECT * FROM ${tableOf(path, false)} LIMIT 0`);
  const columns = none.columnNames().map((name, i) => ({ name, type: none.columnType(i) }));
  const parts = columns.map(({ name, type }) => `${ident(name).sql} := ${inJson(ident(name).sql, type)}`);
  const row = raw(`to_json(struct_pack(${parts.join(', ')}))::varchar`);
  const plain = taking && plainTable(file, columns, taking);
  const from = tableOf(path, plain !== undefined);
  const nth = plain ? sql`${ident(ROW)} + 1` : sql`row_number() OVER ()`;
  // Rows are loaded as they are read, and none is if the file is not whole: so all columns are read first.
  const all = join(columns.map(({ name }) => ident(name)));
  const isPlain = plain?.where ?? sql`FALSE`;
  const checked = await run(sql`
    SELECT count(*) FILTER (plain), max(nth) FILTER (plain), min(nth) FILTER (NOT plain), max(nth) FILTER (NOT plain), max(width), max(whole)
    FROM (
      SELECT ${isPlain} AS plain, ${nth} AS nth, CASE WHEN NOT ${isPlain} THEN length(${row}) END AS width, hash(${all}) AS whole
      FROM ${from})`);
  const [rows = 0, last = 0, first = 0, end = 0] = (await checked.getRows())[0]?.slice(0, 4).map(Number) ?? [];
  if (plain && rows > 0) {
    taking.found = { ...plain, from, rows, last };
    yield [];
  }
  const others = plain ? sql`WHERE ${nth} BETWEEN ${first}::bigint AND ${end}::bigint AND NOT ${plain.where}` : sql``;
  const { text, values } = sql`SELECT ${row}, ${nth} FROM ${from} ${others}`;
  const result = await connection.stream(text, values as string[]).catch(broken);
  for (;;) {
    const chunk = await result.fetchChunk().catch(broken);
    if (!chunk || chunk.rowCount === 0) return;
    const lines = chunk.getColumnValues(1);
    yield chunk.getColumnValues(0).map((text, i) => [String(text), Number(lines[i])]);
  }
}

function broken(): never {
  throw new Broken('damaged-parquet');
}

/** Returns the expression of a column's values as JSON has them. What is no number is a missing one, as data frames write it. */
function inJson(column: string, type: DuckDBType): string {
  // Some programs write text without saying that it is one.
  if (type.typeId === DuckDBTypeId.BLOB) return `coalesce(TRY(decode(${column})), CAST(${column} AS VARCHAR))`;
  if (type.typeId !== DuckDBTypeId.DOUBLE && type.typeId !== DuckDBTypeId.FLOAT)
    return `CAST(${column} AS ${exactly(type)})`;
  // Digits that a number of 32 bits does not have are noise.
  const exact = type.typeId === DuckDBTypeId.FLOAT ? `CAST(CAST(${column} AS VARCHAR) AS DOUBLE)` : column;
  return `CASE WHEN isfinite(${column}) THEN to_json(${exact}) WHEN isinf(${column}) THEN to_json(CAST(${column} AS VARCHAR)) END`;
}

/** Whole numbers that JSON has no exact ones for are text; so is what is no text, number or time. */
const TEXTS = new Set([
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UHUGEINT,
  DuckDBTypeId.BLOB,
]);

/** Returns the type as which the values of a type are written in JSON. */
function exactly(type: DuckDBType): string {
  if (type instanceof DuckDBListType) return `${exactly(type.valueType)}[]`;
  if (type instanceof DuckDBMapType) return `MAP(VARCHAR, ${exactly(type.valueType)})`;
  if (type instanceof DuckDBStructType) {
    const entries = type.entryNames.map((entry, i) => `${ident(entry).sql} ${exactly(type.entryTypes[i] ?? type)}`);
    return `STRUCT(${entries.join(', ')})`;
  }
  if (type instanceof DuckDBDecimalType) return type.scale === 0 ? 'VARCHAR' : 'DOUBLE';
  return TEXTS.has(type.typeId) ? 'VARCHAR' : type.toString();
}

/** Returns the pattern that means one path only. */
function literally(path: string): string {
  return path.replace(/[[*?]/g, '[$&]');
}
