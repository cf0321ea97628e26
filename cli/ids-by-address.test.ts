import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testIo } from '../test/io.ts';
import { crm } from './crm.ts';

const source = (path: string) => `{ path: ${path}, rename: { mail: customer }, ids: email }`;
const project = `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
channels:
  email: { transport: file, directory: out, from: Shop <shop@example.com>, unsubscribe: 'https://shop.example/u' }
data:
  customers:
    from: [{ path: customers.csv, rename: { mail: [id, email] }, ids: email }]
    attributes: { email: email, city: string }
    consent: { email: news }
  events: { order_paid: { from: [${source('orders.csv')}], fields: { total: money } } }
  consent: [${source('consent.csv')}]
segments:
  press: { static: true, from: [${source('press.csv')}] }
`;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-ids-'));
  await writeFile(join(root, 'crm.yaml'), project);
  await writeFile(
    join(root, 'customers.csv'),
    'mail,city,news\nA@x.ru,Tver,yes\nb@Bücher.example,Omsk,\nnot an address,Perm,yes\n',
  );
  await writeFile(
    join(root, 'orders.csv'),
    'id,mail,at,total\nOrder@x.ru,a@X.ru,2026-03-01,10\norder@x.ru,a@x.ru,2026-03-02,5\n',
  );
  await writeFile(
    join(root, 'consent.csv'),
    'mail,channel,status,at\nB@XN--bcher-kva.example,email,granted,2099-01-01\nNot An Address,email,granted,2026-01-01\n',
  );
  await writeFile(join(root, 'press.csv'), 'mail\nA@X.RU\n');
});
afterEach(() => rm(root, { recursive: true }));

async function run(...words: string[]) {
  const io = testIo(root, { now: () => Date.parse('2026-03-03T12:00:00Z') });
  const code = await crm(words, io);
  expect({ words, code, err: io.said.err }).toMatchObject({ code: 0 });
  return io.said.out;
}

it('ids that are e-mail addresses are one customer in any case of letters', async () => {
  await run('apply', '--auto-approve');
  await run('tick');
  const shown = JSON.parse(await run('customer', 'a@x.ru', '--json'));
  expect(shown).toMatchObject({ customer: 'a@x.ru', attributes: { email: 'A@x.ru', city: 'Tver' } });
  expect(JSON.stringify(shown)).toMatch(/"granted":true/);
  const story = await run('customer', 'A@X.ru');
  // Two orders: an order's own id is compared by the letter.
  expect(story).toMatch(/Order@x.ru/);
  expect(await run('segment', 'press', '--list')).toContain('a@x.ru');
  const status = JSON.parse(await run('status', '--json'));
  expect(status.problems).toMatchObject([
    { code: 'bad-email', path: 'customers.csv (customers)', line: 4 },
    { code: 'unknown-customer', path: 'consent.csv', line: 3 },
  ]);
});
