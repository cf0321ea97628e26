import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testIo } from '../test/io.ts';
import { crm } from './crm.ts';

const project = (customers: string, orders: string) => `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  customers: { from: ${customers}, attributes: { email: email, country: country } }
  events: { order_paid: { from: ${orders}, fields: { total: money } } }
channels:
  email: { transport: file, directory: out, from: shop@shop.example, address: email }
campaigns:
  thanks:
    category: transactional
    on: { event: order_paid, when: event.total >= 10 }
    steps:
      - send: { email: thanks }
`;
const now = Date.parse('2026-11-22T12:00:00Z');
const customers = Array.from({ length: 20 }, (_, i) => `c${i}`);
const orders = customers.map((id, i) => ({ id: `o${i}`, customer: id, day: 1 + (i % 5), total: i }));
const at = (day: number) => `2026-11-${22 + day} 10:00:00`;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-several-'));
  await mkdir(join(root, 'templates'));
  await writeFile(join(root, 'templates/thanks.email.hbs'), '---\nsubject: Thanks\n---\nThank you\n');
});
afterEach(() => rm(root, { recursive: true }));

async function parquet(path: string, query: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${query}) TO '${join(root, path)}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

async function run(minutes: number, ...words: string[]) {
  const io = testIo(root, { now: () => now + minutes * 60_000 });
  return { code: await crm(words, io), err: io.said.err, out: io.said.out };
}

it('a plan and a tick of Parquet files by day are those of the same rows in one CSV file', async () => {
  const csv = (header: string, rows: (string | number)[][]) =>
    `${header}\n${rows.map((row) => `${row.join(',')}\n`).join('')}`;
  await writeFile(
    join(root, 'customers.csv'),
    csv(
      'id,email,country',
      customers.map((id) => [id, `${id}@example.com`, 'LV']),
    ),
  );
  const rows = orders.map(({ id, customer, day, total }) => [id, customer, at(day), total]);
  await writeFile(join(root, 'orders.csv'), csv('id,customer,at,total', rows));
  await writeFile(join(root, 'crm.yaml'), project('customers.csv', 'orders.csv'));
  const whole = await run(0, 'plan');
  expect(whole, whole.err).toMatchObject({ code: 0 });
  expect((await run(0, 'data', 'check')).code).toBe(0);

  const ids = customers.map((id) => `('${id}', '${id}@example.com')`).join(', ');
  await parquet('people/country=LV/part-0.parquet', `FROM (VALUES ${ids}) t(id, email)`);
  await writeFile(join(root, 'people/_SUCCESS'), '');
  for (const day of [1, 2, 3, 4, 5]) {
    const found = orders.filter((order) => order.day === day);
    const values = found.map(({ id, customer, total }) => `('${id}', '${customer}', TIMESTAMP '${at(day)}', ${total})`);
    await parquet(
      `orders/dt=2026-11-${22 + day}/part-0.parquet`,
      `FROM (VALUES ${values.join(', ')}) t(id, customer, "at", total)`,
    );
  }
  await writeFile(join(root, 'crm.yaml'), project('people', '"orders/**/*.parquet"'));
  const apart = await run(0, 'plan');
  const plain = (text: string) => text.replace(/customers\.csv|orders\.csv|people|orders\/\*\*\/\*\.parquet/g, 'FILE');
  expect(whole.out).toMatch(/email +thanks +2 +10 /);
  expect(plain(apart.out)).toBe(plain(whole.out));
  expect((await run(0, 'apply', '--auto-approve')).code).toBe(0);
  const ticked = await run(1, 'tick');
  expect(ticked.out.split('\n').filter((line) => line.includes(' read '))).toEqual([
    '  read people/country=LV/part-0.parquet: 20 rows',
    '  read orders/**/*.parquet: 5 files, 20 rows',
  ]);
  const { out } = await run(2, 'status');
  expect(out).toMatch(/file +files +rows +read\n +orders\/\*\*\/\*\.parquet +5 +20 .*\n +people\/country=LV\/part-0/);
  expect((await run(0, 'data', 'check')).out).toMatch(/ orders\/\*\*\/\*\.parquet +5 +20 +0 /);
  const { sources } = JSON.parse((await run(2, 'status', '--json')).out);
  expect(sources).toContainEqual(
    expect.objectContaining({ path: 'orders/dt=2026-11-23/part-0.parquet', declared: 'orders/**/*.parquet', rows: 4 }),
  );
});

it('a pattern that no file fits is named by a plan, and said to have none', async () => {
  await writeFile(join(root, 'crm.yaml'), project('"people/*.parquet"', '"orders/*.csv"'));
  const { code, out } = await run(0, 'plan');
  expect(code).toBe(0);
  expect(out).toContain('people/*.parquet');
  expect((await run(0, 'data', 'check')).out).toContain('No file fits this pattern');
});

it('a folder of several formats, and a Parquet file that is cut, are refused by their names', async () => {
  await writeFile(join(root, 'crm.yaml'), project('people', '"orders/*.parquet"'));
  for (const folder of ['people', 'orders']) await mkdir(join(root, folder));
  await writeFile(join(root, 'people/a.csv'), 'id\nc1\n');
  await writeFile(join(root, 'people/b.jsonl'), '{"id": "c1"}\n');
  await writeFile(join(root, 'orders/a.parquet'), 'PAR1 and then nothing');
  const { code, err } = await run(60, 'plan');
  expect(code).toBe(3);
  expect(err).toContain('here are people/a.csv and people/b.jsonl');
  expect(err).toMatch(/orders\/a\.parquet: nothing of it can be read\..*ends too early/s);
});
