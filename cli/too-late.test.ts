import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
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
    cart_updated: { from: carts.csv }
    order_paid: { from: orders.csv, fields: { total: money } }
  consent: consent.csv
channels:
  email: { transport: file, directory: out, from: Shop <shop@example.com>, unsubscribe: https://shop.example/u, price: 0.1 }
campaigns:
  cart:
    on: { event: cart_updated }
    exit: { event: order_paid }
    steps: [{ send: { email: cart } }]
`;
const template = '---\nsubject: Your cart\n---\n<p>Hello</p><p><a href="{{unsubscribe_url}}">No more</a></p>\n';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-late-'));
  await mkdir(join(root, 'templates'));
  await writeFile(join(root, 'templates/cart.email.hbs'), template);
  const people = ['c1', 'c2', 'c3'];
  const lines = (head: string, rows: string[]) => `${[head, ...rows].join('\n')}\n`;
  const files = {
    'crm.yaml': project,
    'customers.csv': lines(
      'id,name,email',
      people.map((id) => `${id},Anna,${id}@example.com`),
    ),
    'consent.csv': lines(
      'customer,channel,status,at',
      people.map((id) => `${id},email,granted,2026-01-01`),
    ),
    'carts.csv': lines(
      'customer,at',
      people.map((id) => `${id},2026-11-22T12:00:30Z`),
    ),
    'orders.csv': lines('customer,at,total', []),
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(root, name), text);
});
afterAll(() => rm(root, { recursive: true }));

async function run(clock: string, ...words: string[]): Promise<string> {
  const io = testIo(root, { now: () => Date.parse(`2026-11-22T${clock}Z`) });
  expect(await crm(words, io), io.said.err).toBe(0);
  return io.said.out;
}

it('a customer who unsubscribes or buys between decision and dispatch gets nothing, and explain shows why', async () => {
  await run('12:00:00', 'apply', '--auto-approve');
  await run('12:01:00', 'tick', '--no-dispatch');
  expect(await run('12:01:10', 'explain', 'c1')).toContain('decided, not sent yet');

  await appendFile(join(root, 'consent.csv'), 'c1,email,withdrawn,2026-11-22T12:01:20Z\n');
  await appendFile(join(root, 'orders.csv'), 'c2,2026-11-22T12:01:30Z,70\n');
  await run('12:02:00', 'tick');

  const sent = await readdir(join(root, 'out'));
  expect(sent).toHaveLength(1);
  expect(await readFile(join(root, 'out', sent[0] ?? ''), 'utf8')).toContain('c3@example.com');
  expect(await run('12:03:00', 'explain', 'c1')).toMatch(
    /email cart: decided; 2026-11-22 12:02 not sent: no consent for email/,
  );
  expect(await run('12:03:00', 'explain', 'c2')).toMatch(
    /email cart: decided; 2026-11-22 12:02 not sent: .*order_paid/,
  );
  expect(await run('12:03:00', 'explain', 'c3')).toMatch(/email cart: decided; 2026-11-22 12:02 sent/);
});

it('a refusal whose channel is misspelt or missing holds for all channels, and is reported', async () => {
  await appendFile(join(root, 'consent.csv'), 'c3,emial,withdrawn,2026-11-22T12:03:00Z\n');
  await appendFile(join(root, 'carts.csv'), 'c4,2026-11-22T12:04:30Z\nc5,2026-11-22T12:04:30Z\n');
  await appendFile(join(root, 'customers.csv'), 'c4,Anna,c4@example.com\nc5,Anna,c5@example.com\n');
  const given = ['c4,email,granted,2026-01-01', 'c4,,withdrawn,2026-02-01', 'c5,EMAIL,granted,2026-01-01'];
  await appendFile(join(root, 'consent.csv'), `${given.join('\n')}\n`);
  await run('12:05:00', 'tick');
  expect(await run('12:05:30', 'explain', 'c3')).toContain('Has consented to: nothing.');
  expect(await run('12:05:30', 'explain', 'c4')).toMatch(/email cart: not sent: no consent for email/);
  expect(await run('12:05:30', 'explain', 'c5')).toMatch(/email cart: sent/);
  const status = await run('12:05:30', 'status');
  expect(status).toContain('consent.csv:6: channel "emial" is not one of email');
  expect(status).toContain('The refusal is taken for all channels');
});
