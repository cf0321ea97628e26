import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { dataFiles } from '../../../test/data-files.ts';
import { collect, outline } from './load.test-helper.ts';
import { type ReadOptions, readSourceFile } from './read.ts';
import { eventShape } from './shape.ts';

const folder = dataFiles('parquet');
const shape = eventShape({
  name: 'order_paid',
  sources: [],
  fields: [
    { name: 'total', type: 'money', pii: false },
    { name: 'paid', type: 'boolean', pii: false },
    { name: 'due', type: 'date', pii: false },
    { name: 'note', type: 'string', pii: false },
    { name: 'items', type: 'list', pii: false, items: [{ name: 'sku', type: 'string', pii: false }] },
  ],
});

let instance: DuckDBInstance;
beforeAll(async () => {
  instance = await DuckDBInstance.create(':memory:');
});
afterAll(() => instance.closeSync());

/** Writes the rows of a query into a Parquet file and reads it. */
async function read(query: string, more: Partial<ReadOptions> = {}, path = 'orders.parquet') {
  await write(query, path);
  return collect(readSourceFile(folder.root, path, shape, { zone: 'Europe/Moscow', at: 0, ...more }));
}

async function write(query: string, path = 'orders.parquet') {
  const connection = await instance.connect();
  await connection.run(`COPY (${query}) TO '${join(folder.root, path)}' (FORMAT parquet)`);
  connection.closeSync();
}

test('values of every type are what they are', async () => {
  const { rows, problems } = await read(`
    SELECT 9007199254740993 AS id, 'c1'::blob AS customer, TIMESTAMP '2026-03-31 12:00:00.25' AS at,
      1234.50::decimal(10,2) AS total, true AS paid, DATE '2026-04-01' AS due, 'ё "x"' AS note, [{'sku': 7, 'more': null}] AS items`);
  expect(rows).toEqual([
    [
      '9007199254740993',
      'c1',
      Date.parse('2026-03-31T12:00:00.250+03:00'),
      1234.5,
      true,
      '2026-04-01',
      'ё "x"',
      '[{"sku":"7"}]',
    ],
  ]);
  expect(outline(problems)).toEqual(['1 unknown-column']);
});

test('bytes that are no text cost nothing where nobody asks for them, and are shown where somebody does', async () => {
  const { rows, problems } = await read(
    String.raw`SELECT 'c1' AS customer, '2026-03-31T12:00Z' AS at, '\xFF\x00'::blob AS hash, 'a\xFE'::blob AS note`,
  );
  expect(rows[0]?.slice(1)).toEqual(['c1', Date.parse('2026-03-31T12:00Z'), null, null, null, String.raw`a\xFE`, null]);
  expect(outline(problems)).toEqual(['1 unknown-column']);
});

test.each([
  ["TIMESTAMPTZ '2026-03-31 12:00:00+05'", '2026-03-31T07:00Z'],
  ["TIMESTAMP_NS '2026-03-31 12:00:00.123456789'", '2026-03-31T12:00:00.123+03:00'],
  ["TIMESTAMP_S '2026-03-31 12:00:00'", '2026-03-31T12:00+03:00'],
  ["DATE '2026-03-31'", '2026-03-31T00:00+03:00'],
])('%s is an instant', async (value, instant) => {
  const { rows, problems } = await read(`SELECT 'c1' AS customer, ${value} AS at`);
  expect(problems).toEqual([]);
  expect(rows[0]?.[2]).toBe(Date.parse(instant));
});

test.each([
  ['9.99::double', 9.99],
  ['9.99::float', 9.99],
  ['9::hugeint', 9],
  ['9::decimal(18,0)', 9],
  ["'9,99'", 9.99],
])('%s is money, also where decimals have a comma', async (value, money) => {
  const { rows } = await read(`SELECT 'c1' AS customer, DATE '2026-03-31' AS at, ${value} AS total`, { decimal: ',' });
  expect(rows[0]?.[3]).toBe(money);
});

test('structures, lists and maps have paths and rows as JSON has', async () => {
  const query = `SELECT 1 AS id, {'id': 5::bigint, 'at': TIMESTAMP '2026-03-31 12:00:00'} AS buyer, 'paid' AS status,
    map {'due': DATE '2026-04-01'} AS days, [{'price': 1.5::decimal(5,2)}, {'price': 2}] AS lines, ['a', 'b'] AS tags
    UNION ALL BY NAME SELECT 2 AS id, 'open' AS status`;
  const { rows, problems } = await read(query, {
    each: 'lines',
    rename: { 'buyer.id': 'customer', 'buyer.at': 'at', 'lines.price': 'total', tags: 'note', 'days.due': 'due' },
    where: { status: ['paid'] },
  });
  expect(problems).toEqual([]);
  const noon = Date.parse('2026-03-31T12:00+03:00');
  expect(rows).toEqual([
    ['1/1', '5', noon, 1.5, null, '2026-04-01', 'a, b', null],
    ['1/2', '5', noon, 2, null, '2026-04-01', 'a, b', null],
  ]);
});

test('a value that cannot be read costs the field, in the row where it is', async () => {
  const { rows, problems } = await read(`
    SELECT 'o' || n AS id, CASE WHEN n <> 3 THEN 'c1' END AS customer, DATE '2026-03-31' AS at,
      CASE n WHEN 2 THEN 'inf'::double WHEN 4 THEN 'nan' ELSE n END AS total FROM range(1, 5001) t(n)`);
  expect(rows).toHaveLength(4999);
  expect(outline(problems)).toEqual(['2 bad-number', '3 missing-value!']);
});

test('the name of a file is no pattern, and its folders are no columns', async () => {
  const { rows } = await read("SELECT 'c1' AS customer, DATE '2026-03-31' AS at", {}, 'note=x [a]*?.parquet');
  await write("SELECT 'c2' AS customer, DATE '2026-03-31' AS at", 'note=x aab.parquet');
  expect(rows.map((row) => [row[1], row[6]])).toEqual([['c1', null]]);
});

test('a file that is cut, damaged or none is refused as a whole', async () => {
  await write("SELECT 'c' || n AS customer, DATE '2026-03-31' AS at, md5(n::varchar) AS note FROM range(300000) t(n)");
  const whole = await readFile(join(folder.root, 'orders.parquet'));
  const damaged = Buffer.from(whole).fill(0xff, whole.length - 500_000, whole.length - 490_000);
  const cases: [Uint8Array, RegExp][] = [
    [whole.subarray(0, 100_000), /ends too early/],
    [new Uint8Array(), /ends too early/],
    [damaged, /is damaged/],
    [Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(100), Buffer.from('PAR1')]), /is damaged/],
    [Buffer.from('customer,at\nc1,2026-03-31\n'), /is no Parquet file/],
  ];
  const options = { zone: 'UTC', at: 0 };
  for (const [bytes, message] of cases) {
    await folder.put('broken.parquet', bytes);
    const { rows, problems } = await collect(readSourceFile(folder.root, 'broken.parquet', shape, options));
    expect(rows).toEqual([]);
    expect(outline(problems)).toEqual(['0 unreadable-file!']);
    expect(problems[0]?.message).toMatch(message);
  }
  await folder.put('broken.parquet', whole.subarray(0, 100_000));
  const writing = await collect(readSourceFile(folder.root, 'broken.parquet', shape, { ...options, clock: 0 }));
  expect(outline(writing.problems)).toEqual(['0 unfinished-line']);
  const none = await collect(readSourceFile(folder.root, 'nowhere.parquet', shape, options));
  expect(outline(none.problems)).toEqual(['0 missing-file']);
});
