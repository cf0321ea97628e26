import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testIo } from '../test/io.ts';
import { crm } from './crm.ts';

const project = `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  customers: { from: customers.csv, attributes: { name: string, email: email } }
  events:
    order_paid: { from: orders.csv, fields: { total: money, note: string } }
    viewed: { from: windows.csv }
  consent: nowhere.csv
`;
const orders = [
  'id,customer,at,total,note',
  'o1,c1,2026-02-28,10,fine',
  'o2,c1,2026-02-31,10,no such day',
  'o3,c1,2026-03-01,-10,negative',
  'o1,c2,2026-03-01,10,the id of another customer',
  `o5,c2,2026-03-01,10,${'x'.repeat(10_000_000)}`,
  'o6,c2,2026-03-01,10,"a quote that never ends',
  'o7,c2,2026-03-01,12.50,fine',
  'o8,c2',
  'o9,stranger,2026-03-02,1,fine',
];

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-bad-'));
  await writeFile(join(root, 'crm.yaml'), project);
  await writeFile(join(root, 'customers.csv'), 'id,name,email\nc1,Anna,anna@example.com\nc2,Олег,not an address\n');
  await writeFile(join(root, 'orders.csv'), `${orders.join('\n')}\n`);
  // «Корзина» in Windows-1251.
  const cyrillic = Buffer.from([0xca, 0xee, 0xf0, 0xe7, 0xe8, 0xed, 0xe0]);
  await writeFile(
    join(root, 'windows.csv'),
    Buffer.concat([Buffer.from('customer,at\n'), cyrillic, Buffer.from(',x\n')]),
  );
});
afterAll(() => rm(root, { recursive: true }));

async function run(...words: string[]): Promise<string> {
  const io = testIo(root, { now: () => Date.parse('2026-11-22T12:00:00Z') });
  expect(await crm(words, io), io.said.err).toBe(0);
  return io.said.out;
}

it('bad rows and files are reported by file and line, and everything else loads', async () => {
  await run('apply', '--auto-approve', '--allow-bad-data');
  await run('tick', '--allow-bad-data');
  const { problems, sources } = JSON.parse(await run('status', '--json')) as {
    problems: { path: string; line: number; code: string; message: string }[];
    sources: { path: string; rows: number }[];
  };
  const lines = (path: string) => [...new Set(problems.filter((p) => p.path === path).map((p) => p.line))];
  // Lost rows are first.
  expect(lines('orders.csv')).toEqual([3, 6, 7, 9, 4, 5]);
  expect(lines('customers.csv')).toEqual([3]);
  expect(lines('windows.csv').length).toBe(1);
  expect(lines('nowhere.csv')).toEqual([0]);
  expect(Object.fromEntries(sources.map((s) => [s.path, s.rows]))).toMatchObject({
    'orders.csv': 5,
    'customers.csv': 2,
  });
  expect(JSON.stringify(problems)).not.toContain('not an address');
  expect(await run('status')).toContain('orders.csv:3: at "2026-02-31" is not');
  expect(await run('explain', 'stranger')).toContain('Customer stranger');
});
