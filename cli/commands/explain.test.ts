import { createHash } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

const project = (more = '') => `
project: { name: shop, timezone: UTC, locale: en, currency: EUR, tick: 1 minute }
data:
  customers: { from: customers.csv, attributes: { email: email } }
  events:
    cart_updated: { from: carts.csv }
    order_paid: { from: { path: orders.csv, unless: { status: cancelled } }, fields: { total: money } }
  consent: consent.csv
  suppressions: suppressions.csv
  feedback: feedback.jsonl
  tolerance: 60%
channels:
  email: { transport: file, directory: out, from: Shop <shop@example.com>, unsubscribe: https://shop.example/u, price: 0.1 }
${more}`;
const cart = `campaigns:
  cart:
    on: { event: cart_updated }
    exit: { event: order_paid }
    reenter: always
    steps:
      - wait: 10 minutes
      - send: { email: cart }
`;
const template = '---\nsubject: Your cart\n---\n<p>Hello</p><p><a href="{{unsubscribe_url}}">No more</a></p>\n';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-explain-'));
  await mkdir(join(root, 'templates'));
  await put('templates/cart.email.hbs', template);
  await put('crm.yaml', project(cart));
  await put('customers.csv', 'id,email\nc1,c1@example.com\nc2,c2@example.com\n');
  await put('consent.csv', 'customer,channel,status,at\nc1,email,granted,2026-01-01\nc2,email,granted,2026-01-01\n');
  await put('suppressions.csv', 'customer,channel,reason,at\n');
  await put('carts.csv', 'id,customer,at\n');
  await put('orders.csv', 'id,customer,at,total,status\n');
  await put('feedback.jsonl', '');
});
afterEach(() => rm(root, { recursive: true }));

const put = (path: string, text: string) => writeFile(join(root, path), text);
const add = (path: string, line: string) => appendFile(join(root, path), `${line}\n`);

async function run(clock: string, ...words: string[]) {
  const io = testIo(root, {
    now: () => Date.parse(`2026-11-22T${clock}:00Z`),
    view: { color: false, width: 1000 },
  });
  const code = await crm(words, io);
  return { code, ...io.said };
}
async function fine(clock: string, ...words: string[]): Promise<string> {
  const { code, out, err } = await run(clock, ...words);
  expect(code, err).toBe(0);
  return out;
}

it('a refusal names the entry of then, also when the customer has another address now', async () => {
  await fine('12:00', 'apply', '--auto-approve');
  await add('carts.csv', 'e1,c1,2026-11-22T12:00:30Z');
  await fine('12:01', 'tick');
  await fine('12:11', 'tick');
  const message = createHash('md5').update('cart/c1/e1/send-2/email').digest('hex');
  await add('feedback.jsonl', JSON.stringify({ id: 'f1', message, kind: 'bounced', at: '2026-11-22T12:11:30Z' }));
  await add('carts.csv', 'e2,c1,2026-11-22T12:12:30Z');
  await fine('12:13', 'tick');
  await fine('12:23', 'tick');
  const before = await fine('12:24', 'explain', 'c1');
  expect(before).toContain('2026-11-22 12:23  email cart: not sent: the address was suppressed on email (bounced)');
  expect(before).toMatch(/Suppressed\n.* email: bounced\n/);

  await put('customers.csv', 'id,email\nc1,new@example.com\nc2,c2@example.com\n');
  await fine('12:25', 'tick');
  const { out } = await run('12:26', 'explain', 'c1');
  expect(out).toContain(
    '2026-11-22 12:23  email cart: not sent: the address of then was suppressed on email (bounced)',
  );
  expect(out).toMatch(/Suppressed\n.* email: bounced \(an earlier address\)\n/);
  expect(out).not.toContain('Gets nothing');
});

it('a refusal by the list of the shop, lifted since, names the entry', async () => {
  await fine('12:00', 'apply', '--auto-approve');
  await add('suppressions.csv', 'c1,email,asked by phone,2026-11-22T11:00:00Z');
  await add('carts.csv', 'e1,c1,2026-11-22T12:00:30Z');
  await fine('12:01', 'tick');
  await fine('12:11', 'tick');
  await fine('12:12', 'suppression', 'lift', 'c1');
  await put('customers.csv', 'id,email\nc1,new@example.com\nc2,c2@example.com\n');
  await fine('12:13', 'tick');
  const { out } = await run('12:14', 'explain', 'c1');
  expect(out).toContain('not sent: the customer was suppressed on email (asked by phone)');
  expect(out, 'one row of the shop is one line').toMatch(
    /Suppressed\n.* email: asked by phone\n.* every channel: lifted\n\n/,
  );
});

it('an id whose row may have been lost is called so, also where events make it a customer', async () => {
  await put('customers.csv', 'id,email\nc1,c1@example.com\nc2,c2@example.com,surplus\n');
  await fine('12:00', 'apply', '--auto-approve');
  await add('carts.csv', 'e1,c3,2026-11-22T12:00:30Z');
  await fine('12:01', 'tick');
  const lost = 'Rows of customers that cannot be read: customers.csv 1 of 2; `crm status` shows where and why.';
  for (const command of ['explain', 'customer']) {
    const { code, err } = await run('12:02', command, '13');
    expect(code).toBe(1);
    expect(err.replaceAll(/\s+/g, ' ')).toContain(
      `There is no customer "13". help: ${lost} The customer may be in one of them. Otherwise: `,
    );
    const { out } = await run('12:02', command, 'c3');
    expect(out).toContain(
      `No file of customers has a value of this one: known from events and lists alone. ${lost} The customer may be in one of them.`,
    );
  }
  expect((await run('12:02', 'explain', 'c1')).out).not.toContain('No file of customers');
  expect((await run('12:02', 'explain', 'c2')).out, 'known from the file of consent alone').toBe('');
  await put('customers.csv', 'id,email\nc1,c1@example.com\nc2,c2@example.com\nc3,c3@example.com\n');
  await fine('12:03', 'tick');
  expect((await run('12:04', 'explain', '13')).err).not.toContain('Rows of customers');
  expect((await run('12:04', 'explain', 'c3')).out).not.toContain('No file of customers');
});

it('an order that was taken back or corrected is called so, where it ended a journey too', async () => {
  await fine('12:00', 'apply', '--auto-approve');
  await put('carts.csv', 'id,customer,at\ne1,c1,2026-11-22T12:00:30Z\ne2,c2,2026-11-22T12:00:30Z\n');
  await fine('12:01', 'tick');
  const orders = (status: string, total: number) =>
    put(
      'orders.csv',
      `id,customer,at,total,status\no1,c1,2026-11-22T12:02:00Z,10,${status}\no2,c2,2026-11-22T12:02:00Z,${total},paid\n`,
    );
  await orders('paid', 20);
  await fine('12:03', 'tick');
  expect(await fine('12:04', 'explain', 'c1')).not.toContain('taken back');
  await orders('cancelled', 25);
  await put('carts.csv', 'id,customer,at\ne1,c1,2026-11-22T12:00:40Z\ne2,c2,2026-11-22T12:00:30Z\n');
  await fine('12:05', 'tick');
  const back =
    '2026-11-22 12:05  order_paid of 2026-11-22 12:02 (o1) was taken back: its source leaves the row out now';
  const corrected = '2026-11-22 12:05  order_paid of 2026-11-22 12:02 (o2) was corrected by another row of its file';
  const first = await fine('12:06', 'explain', 'c1');
  expect(first).toMatch(
    new RegExp(`Events taken back or corrected\n.*cart_updated .*\n  ${back.replaceAll(/[()]/g, '.')}\n`),
  );
  expect(first).toMatch(
    /left: order_paid happened\n {2}2026-11-22 12:05 {2}cart_updated of .* \(e1\) was corrected .*\n/,
  );
  expect(first.split(back)).toHaveLength(3);
  expect(first).toContain('`crm customer c1` shows the attributes, the segments and the events.');
  const second = await fine('12:06', 'explain', 'c2');
  expect(second.split(corrected)).toHaveLength(3);
  expect(await fine('12:06', 'customer', 'c2')).toContain(corrected);
  expect(JSON.parse(await fine('12:06', 'explain', 'c2', '--json')).changes).toEqual([
    {
      at: '2026-11-22T12:05:00.000Z',
      change: 'corrected',
      event: 'order_paid',
      id: 'o2',
      happenedAt: '2026-11-22T12:02:00.000Z',
    },
  ]);
});

it('a pause, a removal and a wait for data that are over are shown with their times', async () => {
  await fine('12:00', 'apply', '--auto-approve');
  await add('carts.csv', 'e1,c1,2026-11-22T12:00:30Z');
  await fine('12:01', 'tick');
  await fine('12:02', 'pause', 'cart');
  await fine('12:12', 'tick');
  await fine('12:20', 'resume', 'cart');
  expect(await fine('12:20', 'explain', 'c1')).toContain(
    '2026-11-22 12:02  campaign cart was paused until 2026-11-22 12:20',
  );
  await put('crm.yaml', project());
  await fine('12:21', 'apply', '--auto-approve', '--allow', 'campaign.cart');
  await put('crm.yaml', project(cart));
  await fine('12:24', 'apply', '--auto-approve');
  await put('orders.csv', 'id,client,at,total,status\n');
  expect((await run('12:25', 'tick')).code).toBe(3);
  await put('orders.csv', 'id,customer,at,total,status\n');
  await fine('12:30', 'tick');
  const told = await fine('12:31', 'explain', 'c1');
  expect(told).toContain(
    [
      '2026-11-22 12:02  campaign cart was paused until 2026-11-22 12:20',
      '  2026-11-22 12:21  left: the campaign was removed; it was put back, and goes on from 2026-11-22 12:30',
      '  2026-11-22 12:30  taken up again: the campaign had been removed, and was put back',
      '  2026-11-22 12:30  email cart: sent (send-2)',
    ].join('\n'),
  );
});

it('an entry of consent is in words, with its file, also where it is about an address', async () => {
  await add('consent.csv', 'c1@example.com,,withdrawn,2026-11-22T11:00:00Z');
  await add('consent.csv', 'new@example.com,email,withdrawn,2026-11-22T11:30:00Z');
  await fine('12:00', 'apply', '--auto-approve');
  await fine('12:01', 'tick');
  const given = '2026-01-01 00:00  email given (consent.csv)';
  const withdrawn = '2026-11-22 11:00  every channel withdrawn (consent.csv)';
  expect(await fine('12:02', 'explain', 'c1')).toContain(`Consent\n  ${given}\n  ${withdrawn}\n\n`);
  await put('customers.csv', 'id,email\nc1,c1@example.com\nc2,new@example.com\n');
  await fine('12:03', 'tick');
  expect(await fine('12:04', 'explain', 'c2')).toContain(
    `Has consented to: nothing.\n\nConsent\n  ${given}\n  2026-11-22 11:30  email withdrawn (consent.csv)\n\n`,
  );
});

it('an address, and an id that was made of a row, are shown for what they are', async () => {
  await fine('12:00', 'apply', '--auto-approve');
  await put('carts.csv', 'customer,at\nc1,2026-11-22T12:00:30Z\n');
  await fine('12:01', 'tick');
  expect(await fine('12:02', 'explain', 'c1')).toMatch(
    /entered: cart_updated at 2026-11-22 12:00 \(event [0-9a-f]{8}…\)\n/,
  );
  for (const address of ['family@mail.example', '+15550100']) {
    const { code, err } = await run('12:02', 'explain', address);
    expect(code).toBe(1);
    expect(err).toContain('`crm customer` takes addresses too');
  }
});

it('advises single quotes around double ones, and to remove the tests of a campaign that is gone', async () => {
  await put('templates/cart.email.hbs', template.replace('Your cart', '"{{default customer.email "friend"}}"'));
  await put(
    'crm.yaml',
    project(
      `${cart}tests:\n  gone: { campaign: welcome, start: 2026-03-02T10:00:00Z, customers: [{ id: c1 }], expect: { messages: [] } }\n`,
    ),
  );
  const { code, out, err } = await run('12:00', 'validate');
  expect(code).toBe(1);
  const said = (out + err).replaceAll(/\s+/g, ' ');
  expect(said).toContain('CRM3001');
  expect(said).toContain(`Put single quotes around it: subject: '{{default customer.name "friend"}}, hello'.`);
  expect(said).toContain('CRM4017');
  expect(said).toContain('If the campaign was removed, remove its tests too.');
});

it('a message that quiet hours held when the customer left is in the story, though it was never decided', async () => {
  await put('crm.yaml', project(`policies: { quiet_hours: { from: "12:05", to: "14:00" } }\n${cart}`));
  await fine('12:00', 'apply', '--auto-approve');
  await add('carts.csv', 'e1,c1,2026-11-22T12:00:30Z');
  await fine('12:01', 'tick');
  await fine('12:11', 'tick');
  await add('orders.csv', 'o1,c1,2026-11-22T12:30:00Z,5,paid');
  await fine('12:31', 'tick');
  const out = await fine('12:32', 'explain', 'c1');
  expect(out).toContain(
    '2026-11-22 12:11  quiet hours held a message; it was not sent, since the customer left before they ended',
  );
  expect(out).toMatch(/2026-11-22 12:3\d +left: order_paid happened/);
});
