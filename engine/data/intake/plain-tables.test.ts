import { join as path } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import sql, { join, raw } from 'sql-template-tag';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { FieldType } from '../../../spec/model/data.ts';
import { dataFiles } from '../../../test/data-files.ts';
import { toRow } from '../../store/columns.ts';
import type { Column, Value } from '../../store/database.ts';
import { duckdb, ident } from '../../store/dialect.ts';
import { DuckDb } from '../../store/duckdb.ts';
import { rowsIn } from '../files/batch.ts';
import { idHash } from '../files/erased.ts';
import type { RowProblem } from '../files/problem.ts';
import { type ReadOptions, readSourceFile } from '../files/read.ts';
import { ARRIVAL, eventShape, outputColumns, SOURCE } from '../files/shape.ts';
import { loadPlain } from './plain-rows.ts';

const types: FieldType[] = ['string', 'integer', 'number', 'money', 'boolean', 'date', 'instant', 'email'];
const folder = dataFiles('tables');
const place = { number: 3, base: 1000 };

let db: DuckDb;
let writer: DuckDBInstance;
beforeAll(async () => {
  writer = await DuckDBInstance.create(':memory:');
  db = await DuckDb.open(':memory:', { threads: '1' });
  await db.run(sql`CREATE TABLE erased (hash varchar, kind varchar)`);
});
beforeEach(async () => {
  await db.run(sql`DELETE FROM erased`);
});
afterAll(async () => {
  await db.close();
  writer.closeSync();
});

async function write(query: string): Promise<void> {
  const connection = await writer.connect();
  await connection.run("SET TimeZone = 'UTC'");
  await connection.run(`COPY (${query}) TO '${path(folder.root, 'rows.parquet')}' (FORMAT parquet)`);
  connection.closeSync();
}

interface Outcome {
  rows: object[];
  problems: RowProblem[];
  gone: Value[][];
  counts: Record<'rows' | 'passed' | 'erased' | 'plain', number>;
}

/** Reads the file into an inbox of events with a field for each name; `plain`: rows may be left to the database. */
async function read(
  fields: Record<string, FieldType>,
  { zone = 'Europe/Moscow', ...options }: Partial<ReadOptions>,
  plain: boolean,
): Promise<Outcome> {
  const declared = Object.entries(fields).map(([name, type]) => ({ name, type, pii: false }));
  const shape = eventShape({ name: 'x', sources: [], fields: declared });
  const columns: Column[] = [...outputColumns(shape), { name: SOURCE, type: 'integer' }];
  const definitions = columns.map((column) => sql`${ident(column.name)} ${raw(duckdb.types[column.type])}`);
  await db.run(sql`CREATE OR REPLACE TABLE inbox (${join(definitions)})`);
  const outcome: Outcome = { rows: [], problems: [], gone: [], counts: { rows: 0, passed: 0, erased: 0, plain: 0 } };
  const { counts, problems, gone } = outcome;
  const at = Date.UTC(2026, 5, 1);
  for await (const batch of readSourceFile(folder.root, 'rows.parquet', shape, { zone, at, ...options, plain })) {
    if (batch.plain) {
      counts.plain += batch.plain.rows;
      const erased = options.erased !== undefined;
      const left = await loadPlain(db, 'inbox', batch.columns, batch.plain, { ...place, erased });
      batch.erased += left;
      batch.plain = { ...batch.plain, rows: batch.plain.rows - left };
    }
    const arrival = columns.findIndex((column) => column.name === ARRIVAL);
    const rows = batch.rows.map((row) => [...row.with(arrival, place.base + Number(row[arrival])), place.number]);
    await db.load('inbox', columns, rows.map(toRow(columns)));
    counts.rows += rowsIn(batch);
    counts.passed += batch.passed;
    counts.erased += batch.erased;
    problems.push(...batch.problems);
    gone.push(...batch.leftOut);
  }
  outcome.rows = await db.query(sql`SELECT * FROM inbox ORDER BY ${ident(ARRIVAL)}, id`);
  return outcome;
}

/** Expects the same of both ways. Returns the number of rows that were left to the database. */
async function same(fields: Record<string, FieldType>, options: Partial<ReadOptions> = {}): Promise<number> {
  const { counts, ...plain } = await read(fields, options, true);
  const { counts: others, ...whole } = await read(fields, options, false);
  expect(plain).toEqual(whole);
  expect({ ...counts, plain: 0 }).toEqual({ ...others, plain: 0 });
  return counts.plain;
}

/** Values at the edge of what is plain, of each type that a column of a file may have. */
const values: Record<string, string[]> = {
  varchar: [
    ...[`'a'`, `''`, `' a'`, `'a' || chr(160)`, `chr(65279) || 'a'`, `'a' || chr(8232) || 'b'`, `'a' || chr(9) || 'b'`],
    ...[
      `'a' || chr(133)`,
      `repeat('x', 200)`,
      `repeat('x', 201)`,
      `repeat('😀', 50)`,
      `repeat('😀', 101)`,
      `'Ёлка 😀'`,
    ],
    ...[`'5'`, `'-5'`, `'5.50'`, `'5,5'`, `'1e3'`, `'yes'`, `'No'`, `'2026-02-29'`, `'2024-02-29'`, `'2026-03-31'`],
    ...[
      `'2026-03-31T10:00:00Z'`,
      `'2026-03-31 10:00:00.5+03:00'`,
      `'2026-03-31T10:00:00'`,
      `'anna@example.com'`,
      `'''7'`,
    ],
    ...[`'5 €'`, `'100000000000'`, `'99999999999.9999'`, `'a\\b"c'`, `'9007199254740993'`],
  ],
  tinyint: ['0', '1', '-1', '127'],
  integer: ['0', '1', '2', '-2147483648'],
  ubigint: ['0', '1', '18446744073709551615', '9007199254740991', '9007199254740993'],
  bigint: [
    '0',
    '1',
    '-1',
    '9007199254740991',
    '9007199254740992',
    '-9007199254740993',
    '9223372036854775807',
    '99999999999',
    '100000000000',
  ],
  hugeint: ['1', '170141183460469231731687303715884105727'],
  double: [
    '0',
    '1',
    '-0.0',
    '1.5',
    '-1.5',
    `'nan'`,
    `'inf'`,
    `'-inf'`,
    '1e22',
    '1e-7',
    '0.1',
    '0.12345',
    '99999999999.9999',
    '1e11',
    '2147483647.25',
    '9007199254740992',
  ],
  float: ['0', '1', '9.99', '0.1', '1e20', `'nan'`, `'-inf'`, '16777217'],
  'decimal(10,2)': ['0', '1', '-1', '12.34', '99999999.99'],
  'decimal(18,4)': ['1.2345', '99999999999.9999'],
  'decimal(38,4)': ['1.2345', '9999999999999999999999.9999', '-9999999999999999999999.9999', '100000000000'],
  'decimal(38,10)': ['1.2345', '0.00005', '9999999999999.0000000001'],
  'decimal(38,0)': ['1', '90071992547409931234567'],
  boolean: ['true', 'false'],
  date: [`'2026-03-31'`, `'0999-12-31'`, `'9999-12-31'`, `'1970-01-01'`, `'2050-01-01'`, `'infinity'`],
  time: [`'10:00:00'`],
  timestamp: [
    ...[
      `'2026-03-31 10:00:00'`,
      `'2026-03-31 10:00:00.999999'`,
      `'1990-12-31 23:59:59.999'`,
      `'1991-01-01'`,
      `'2050-01-01'`,
    ],
    ...[`'2010-10-31 02:30:00'`, `'2010-03-28 02:30:00'`, `'1960-01-01 00:00:00.0005'`, `'infinity'`],
  ],
  timestamp_ns: [`'2026-03-31 10:00:00.123999999'`, `'2026-03-31 10:00:00'`, `'1969-12-31 23:59:59.999999999'`],
  timestamp_ms: [`'2026-03-31 10:00:00.123'`],
  timestamp_s: [`'2026-03-31 10:00:00'`],
  timestamptz: [`'2026-03-31 10:00:00.999999+05'`, `'1979-12-31'`, `'2100-01-01'`, `'1800-01-01'`],
  blob: [`'a'`, `encode('ё')`],
  uuid: [`'eeccb8c5-9943-b2bb-bb5e-222f4e14b687'`],
  'varchar[]': [`['a', 'b']`, `[]`],
  'struct(a integer)': [`{'a': 1}`],
};

test('the database makes the same of values of every type for fields of every type', async () => {
  const fields = Object.fromEntries(types.map((field) => [`f ${field}`, field]));
  const usual = { id: `'o' || n`, customer: `'c1'`, at: `TIMESTAMP '2026-03-01 10:00:00'` };
  const plain: Record<string, number> = {};
  for (const [i, [type, given]] of Object.entries(values).entries()) {
    const rows = [...given, 'NULL'].map((value, n) => `(${n}, CAST(${value} AS ${type}))`);
    const from = `FROM (SELECT -1 AS n, NULL::${type} AS v UNION ALL VALUES ${rows.join(', ')}) t`;
    const put = (name: string, value: string) => (name in usual ? { ...usual, [name]: value } : usual);
    const { id, customer, at } = usual;
    // Each row has a value for one field.
    const cells = types.map((field, k) => `CASE WHEN k = ${k} THEN v END AS "f ${field}"`);
    await write(`SELECT ${id} || '/' || k AS id, ${customer} AS customer, ${at} AS at, ${cells.join(', ')}
      ${from}, range(${types.length}) ks(k) ORDER BY n, k`);
    const options = i % 2 === 0 ? {} : { zone: 'America/New_York', decimal: ',' as const };
    plain[type] = await same(fields, options);
    for (const name of Object.keys(usual)) {
      const all = Object.entries(put(name, 'v')).map(([column, value]) => `${value} AS ${column}`);
      await write(`SELECT ${all.join(', ')} ${from}`);
      plain[`${type} ${name}`] = await same({}, i % 2 === 0 ? {} : { timezone: 'America/New_York' });
    }
  }
  expect(plain).toMatchObject({
    varchar: 57,
    'varchar id': 25,
    'varchar at': 2,
    bigint: 44,
    double: 42,
    float: 32,
    'decimal(10,2)': 24,
    boolean: 17,
    date: 20,
    'timestamp at': 5,
    'timestamp_ns at': 2,
    'timestamptz at': 1,
  });
}, 120_000);

const orders = (more = '') => `
  SELECT 'o' || n AS id, 'c' || n % 3 AS customer, TIMESTAMP '2026-03-01' + to_minutes(n::int) AS at, n * 1.5 AS total,
    CASE WHEN n % 4 = 0 THEN 'open' ELSE 'paid' END AS status ${more} FROM range(20) t(n)`;

test('rows without an id, and rows that a condition leaves out, are the converters’', async () => {
  await write(`SELECT * REPLACE (CASE WHEN n % 5 <> 2 THEN 'o' || n END AS id) FROM (${orders(', n')})`);
  expect(await same({ total: 'money' })).toBe(15);
  await write(orders());
  expect(await same({ total: 'money' }, { where: { status: ['paid', 'done'] } })).toBe(15);
  expect(await same({ total: 'money' }, { where: { status: [' Paid'] } })).toBe(0);
  expect(await same({ total: 'money' }, { where: { nothing: ['x'] } })).toBe(0);
});

test('columns of other names, columns within columns, and folders that are columns', async () => {
  await write(orders(", {'city': 'Riga'} AS \"to\", 7 AS shop"));
  expect(await same({ sum: 'money' }, { rename: { total: 'sum', status: 'x' } })).toBe(19);
  expect(await same({ sum: 'money', city: 'string' }, { rename: { 'to.city': 'city' } })).toBe(0);
  expect(await same({ total: 'money', sum: 'money' }, { rename: { total: ['total', 'sum'], none: 'shop' } })).toBe(19);
  expect(await same({ shop: 'integer' }, { rename: { total: 'shop' } }), 'two columns for one').toBe(0);
  const folders = { note: 'by hand', shop: '8', none: '', total: ' ' };
  expect(await same({ note: 'string', shop: 'integer', none: 'string' }, { folders })).toBe(0);
  expect(await same({ note: 'string', shop: 'integer' }, { folders })).toBe(19);
  expect(await same({ total: 'money' }, { folders: { kind: 'paid' }, where: { kind: ['paid'] } })).toBe(19);
  expect(await same({ total: 'money' }, { folders: { kind: 'open' }, where: { kind: ['paid'] } })).toBe(0);
});

test('customers who were erased are left out', async () => {
  await write(orders());
  const erased = { ids: new Set([idHash('c1')]), addresses: new Set<string>(), others: new Set<string>() };
  await db.run(sql`INSERT INTO erased (hash) VALUES (${idHash('c1')})`);
  expect(await same({ total: 'money' }, { erased })).toBe(19);
  await write(`SELECT * REPLACE ('a@example.com' AS customer) FROM (${orders()})`);
  expect(await same({ total: 'money' }, { erased })).toBe(0);
});

test('a column that the number of the row would hide, and a file without rows', async () => {
  await write(orders(', 1 AS "File_Row_Number"'));
  expect(await same({ total: 'money' })).toBe(0);
  await write(`${orders()} WHERE n < 0`);
  expect(await same({ total: 'money' })).toBe(0);
});

test('a file that is written again at the same size and within a moment', async () => {
  for (let n = 0; n < 9; n++) {
    await write(`SELECT 'o' || i AS id, 'c${n}' AS customer, TIMESTAMP '2026-03-01' AS at, md5('${n}' || i) AS note
      FROM range(3000) t(i)`);
    expect(await same({ note: 'string' })).toBe(2999);
  }
});
