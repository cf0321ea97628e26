import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dataFiles } from '../../test/data-files.ts';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

const folder = dataFiles('import-kinds');
const clients = 'Email,Name\na@example.com,Ann\nb@example.com,Bob\nc@example.com,Cid\n';
const buyers = ['a', 'b', 'c'];
const rows = (row: (buyer: string, i: number) => string) =>
  Array.from({ length: 12 }, (_, i) => `${row(buyers[i % 3] ?? '', i)}\n`).join('');
const sales = `id,email,date,amount\n${rows((buyer, i) => `${i},${buyer}@example.com,2026-01-0${(i % 9) + 1},${i}.50`)}`;

/** Imports the clients and a file, and returns the output and the declarations. */
async function imported(path: string, text: string) {
  await writeFile(join(folder.root, 'crm.yaml'), 'project: { name: shop, timezone: UTC, locale: en, currency: EUR }\n');
  await folder.put('clients.csv', clients);
  await folder.put(path, text);
  const io = testIo(folder.root, { view: { color: false, width: 1000 } });
  expect(await crm(['import', 'clients.csv', path, '--yes'], io), io.said.err).toBe(0);
  return { said: io.said.out, declared: await readFile(join(folder.root, 'crm.yaml'), 'utf8') };
}

it.each([
  ['refunds.csv', 'refunds'],
  ['cancelled_orders.csv', 'cancelled_orders'],
  ['quotes-2026.csv', 'quotes_2026'],
  ['возвраты.csv', 'vozvraty'],
])('%s are no orders', async (path, event) => {
  const { declared } = await imported(path, sales);
  expect(declared).toContain(`    ${event}:\n`);
  expect(declared).not.toContain('order_paid');
});

it('amounts in a file of another name are taken for orders, and that is reported', async () => {
  const { said, declared } = await imported('export.csv', sales);
  expect(declared).toContain('    order_paid:\n');
  expect(said).toContain(
    'note taken for paid orders because of the amounts in it: if it holds something else, say so by --as, as in --as export.csv=returned',
  );
  expect((await imported('orders.csv', sales)).said).not.toContain('taken for paid orders');
});

it('a file that is called as the registrations is no second file of customers', async () => {
  const { said, declared } = await imported(
    'registered.csv',
    `id,Email,at\n${buyers.map((buyer, i) => `r${i},${buyer}@example.com,2026-01-02T10:00:00Z\n`).join('')}`,
  );
  expect(declared).toContain('    registered:\n');
  expect(said).toContain('All are of customers whom the customers’ files name');
});

it('rows in another currency than the project’s do not count, and that is reported', async () => {
  const { said, declared } = await imported(
    'orders.csv',
    `id,email,date,amount,currency\n${rows((buyer, i) => `${i},${buyer}@example.com,2026-01-01,${i}.50,${i % 3 ? 'EUR' : 'USD'}`)}`,
  );
  expect(declared).toMatch(/where:\s+currency:\s+- EUR/);
  expect(said).toContain('rows count where "currency" is "EUR", the project\'s currency; not where it is "USD"');
  expect(said).toContain('8 rows, 4 left out by the conditions of the source');
});
