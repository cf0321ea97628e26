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
import { ident } from '../../store/dialect.ts';
import { Broken } from './broken.ts';
import { jsonRows } from './json-rows.ts';
import type { InputFile, Item } from './record.ts';

/** A Parquet file begins and ends so. */
const MARK = 'PAR1';

/**
 * Returns the rows of a Parquet file, which are those of a file of JSON objects: its lists and structures are lists and objects.
 * `path`: the file on the disk. Throws `Refused` and `Broken`.
 */
export async function* parquetItems(path: string, file: InputFile): AsyncGenerator<Item[]> {
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
    let line = 0;
    for await (const texts of jsonTexts(connection, literally(path)))
      yield texts.flatMap((text) => rowsOf(text, ++line, 'row'));
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

const FILE = 'read_parquet($1, hive_partitioning = false, binary_as_string = true)';

async function* jsonTexts(connection: DuckDBConnection, path: string): AsyncGenerator<string[]> {
  const broken = () => {
    throw new Broken('damaged-parquet');
  };
  const none = await connection.run(`SELECT * FROM ${FILE} LIMIT 0`, [path]).catch(broken);
  const columns = none.columnNames().map((column, i) => {
    const quoted = ident(column).sql;
    return `${quoted} := ${inJson(quoted, none.columnType(i))}`;
  });
  const row = `to_json(struct_pack(${columns.join(', ')}))`;
  // Rows are loaded as they are read, and none is if the file is not whole.
  await connection.run(`SELECT max(length(${row}::varchar)) FROM ${FILE}`, [path]).catch(broken);
  const result = await connection.stream(`SELECT ${row}::varchar FROM ${FILE}`, [path]).catch(broken);
  for (;;) {
    const chunk = await result.fetchChunk().catch(broken);
    if (!chunk || chunk.rowCount === 0) return;
    yield chunk.getColumnValues(0).map(String);
  }
}

/** Returns the expression of a column's values as JSON has them. What is no number is a missing one, as data frames write it. */
function inJson(column: string, type: DuckDBType): string {
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
