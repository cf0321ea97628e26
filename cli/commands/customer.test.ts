import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

const project = `
project: { name: shop, timezone: Europe/Berlin, locale: en, currency: EUR }
data:
  customers:
    from: customers.csv
    attributes: { name: { type: string, pii: true }, email: email, points: integer, registered_at: instant, interests: list }
  events:
    cart_updated: { from: cart.csv, fields: { total: money } }
    order_paid: { title: Order paid, from: order.csv, fields: { total: money } }
  consent: consent.csv
channels:
  email: { transport: file, directory: out, from: Shop <shop@example.com>, price: 0 }
  sms: { transport: file, directory: out, address: points, price: 0 }
segments:
  buyers: { title: Those who bought, where: count(order_paid) > 0 }
  idle: { where: count(order_paid) == 0 }
campaigns:
  cart:
    on: { event: cart_updated }
    steps: [{ wait: 1 hour }, { send: { email: cart } }, { wait: 3 days }, { send: { email: later } }]
`.replace('  sms: { transport: file, directory: out, address: points, price: 0 }\n', '');

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-customer-'));
  await mkdir(join(root, 'templates'));
  const files = {
    'crm.yaml': project,
    'templates/cart.email.hbs': '---\nsubject: x\n---\n<a href="{{unsubscribe_url}}">x</a>',
    'templates/later.email.hbs': '---\nsubject: x\n---\n<a href="{{unsubscribe_url}}">x</a>',
    'customers.csv':
      'id,name,email,points,registered_at,interests\nc1,Anna Smith,anna@example.com,1200,2026-01-02T08:00:00Z,\nc2,\u001b[31mOlga Smith,olga@example.com,,,\nc3,Vera One,vera@Почта.рф,,,\nc4,Vera Two,v2@xn--80a1acny.xn--p1ai,,,\n',
    'consent.csv': 'customer,channel,status,at\nc1,email,granted,2026-01-02T08:00:00Z\n',
    'cart.csv': 'id,customer,at,total\ne1,c1,2026-03-02T10:30:00Z,8\n',
    'order.csv': `customer,at,total\n${Array.from({ length: 12 }, (_, i) => `c1,2026-02-${String(i + 1).padStart(2, '0')}T10:00:00Z,${i}.5`).join('\n')}\n`,
  };
  for (const [path, text] of Object.entries(files)) await writeFile(join(root, path), text);
});
afterAll(() => rm(root, { recursive: true }));

async function run(at: string, ...words: string[]) {
  const io = testIo(root, { now: () => Date.parse(at), view: { color: false, width: 100 } });
  const code = await crm(words, io);
  return { code, ...io.said };
}
const later = '2026-03-02T13:00:00Z';

it('reads the data files where nothing is applied', async () => {
  const { code, out, err } = await run(later, 'customer', 'anna');
  expect(code).toBe(0);
  expect(err).toBe(
    'From the data files, as of 2026-03-02 14:00 (Europe/Berlin): nothing is applied, so nobody is in a campaign.\n',
  );
  expect(out).toContain('Customer c1\n');
  expect(out).toContain('Has never entered a campaign.');
  expect(out).toContain('  buyers "Those who bought"\n');
});

it('shows everything that the store knows, and the next steps', async () => {
  expect((await run('2026-03-02T10:00:00Z', 'apply', '--auto-approve')).code).toBe(0);
  for (const at of ['2026-03-02T10:00:00Z', '2026-03-02T10:31:00Z', '2026-03-02T12:00:00Z'])
    expect((await run(at, 'tick')).code).toBe(0);
  const { out, err } = await run(later, 'customer', 'ANNA@example.com');
  expect(err).toBe('From the store; the last tick was for 2026-03-02 13:00.\n');
  expect(out).toMatch(
    /^Customer c1\nTimes are in Europe\/Berlin, the project's zone: the customer has none\.\nHas consented to: email\.\n/,
  );
  expect(out).toContain('  points         1,200\n  registered_at  2026-01-02 09:00\n');
  expect(out).toContain('In segments\n  buyers "Those who bought"\n');
  expect(out).not.toContain('idle');
  expect(out).toContain('2026-01-02 09:00  email given');
  expect(out).toMatch(
    /Events\n {2}at +event +id +fields\n {2}2026-03-02 11:30 {2}cart_updated {2}e1 +total €8\.00\n {2}2026-02-12 11:00 {2}order_paid +[0-9a-f]{8}… {2}total €11\.50\n/,
  );
  expect(out).toContain('  and 3 earlier\n');
  expect(out).toMatch(/email cart: .*sent/);
  expect(out).toMatch(/now: waits at step wait-\d until 2026-03-05 13:00\n {2}then: send: \{ email: later \}\n/);
  const json = JSON.parse((await run(later, 'customer', 'c1', '--json')).out);
  expect(json).toMatchObject({
    format: 1,
    type: 'customer',
    basis: 'store',
    customer: 'c1',
    attributes: { name: 'Anna Smith', points: 1200, registered_at: '2026-01-02T08:00:00.000Z' },
    segments: ['buyers'],
    eventCount: 13,
    ahead: { cart: ['send: { email: later }'] },
    enrolments: [{ campaign: 'cart', timeline: [{ kind: 'message', status: 'sent' }] }],
  });
  expect(json.events).toHaveLength(10);
  expect(json.events[0]).toEqual({
    kind: 'cart_updated',
    id: 'e1',
    at: '2026-03-02T10:30:00.000Z',
    fields: { total: 8 },
  });
});

it('lists several, and is an error for none', async () => {
  const { code, out } = await run(later, 'customer', 'smith');
  expect(code).toBe(0);
  expect(out).toBe(
    '2 customers for "smith"\nid  is\nc1  Anna Smith, anna@example.com\nc2  ·[31mOlga Smith, olga@example.com\n`crm customer <id>` shows one.\n',
  );
  expect(JSON.parse((await run(later, 'customer', 'smith', '--json')).out)).toMatchObject({
    type: 'customers',
    customers: [{ id: 'c1' }, { id: 'c2' }],
    more: false,
  });
  const none = await run(later, 'customer', 'nobody');
  expect(none.code).toBe(1);
  expect(none.out).toBe('');
  expect(none.err).toContain('There is no customer "nobody".');
  expect((await run(later, 'erase', 'c2', '--auto-approve')).code).toBe(0);
  expect((await run(later, 'customer', 'c2')).err).toContain('Customer "c2" was erased');
  expect((await run(later, 'customer', 'olga@example.com')).code).toBe(1);
});

it('finds e-mail addresses by either form of their domains, and shows that of their owners', async () => {
  for (const form of ['vera@почта.рф', 'VERA@ПОЧТА.РФ', 'vera@xn--80a1acny.xn--p1ai', 'vera@почта'])
    expect((await run(later, 'customer', form)).out, form).toContain('  email  vera@почта.рф\n');
  for (const part of ['почта.рф', 'xn--80a1acny'])
    expect((await run(later, 'customer', part)).out, part).toContain(
      'c3  Vera One, vera@почта.рф\nc4  Vera Two, v2@почта.рф\n',
    );
  const json = JSON.parse((await run(later, 'customer', 'c3', '--json')).out);
  expect(json.attributes.email).toBe('vera@xn--80a1acny.xn--p1ai');
});
