import { access, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { testIo } from '../../test/io.ts';
import { type Mailbox, openMailbox, refusal } from '../../test/smtp.ts';
import { crm } from '../crm.ts';
import type { Io } from '../io.ts';
import { sendTest } from './send-test.ts';

const project = `
project: { name: shop, timezone: Europe/Berlin, locale: en, currency: EUR }
data:
  customers: { from: customers.csv, attributes: { name: { type: string, pii: true }, email: email, phone: phone, locale: locale } }
  events: { cart_updated: { from: cart.jsonl, fields: { total: money } } }
channels:
  email: { transport: smtp, url: env:SMTP_URL, from: Shop <shop@example.com>, unsubscribe: "https://shop.example/u", price: 0 }
  sms: { transport: file, directory: out, price: 0 }
  files: { kind: email, transport: file, directory: out, from: Shop <shop@example.com>, price: 0 }
  crm: { kind: webhook, transport: http, url: env:HTTP_URL, price: 0 }
  desk: { kind: task, transport: http, url: env:HTTP_URL, price: 0 }
campaigns:
  cart:
    on: { event: cart_updated }
    steps:
      - send: { email: cart }
      - wait: 1 day
      - send: { email: more/later }
      - send: { email: cart }
      - send: { sms: cart }
      - webhook: { crm: [name, event.total] }
      - task: { desk: call }
  filed: { on: { event: cart_updated }, steps: [{ send: { files: cart } }] }
  long: { on: { event: cart_updated }, steps: [${[1, 2, 3, 4, 5, 6].map((n) => `{ send: { email: n${n} } }`).join(', ')}] }
`;
const email = (text: string) => `---
subject: "${text}, {{customer.name}}"
---
<p>{{money event.total}}</p><a href="{{unsubscribe_url}}">x</a>`;

let root: string;
let box: Mailbox;
const calls: string[] = [];
const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk: Buffer) => {
    body += chunk;
  });
  request.on('end', () => {
    calls.push(body);
    response.end();
  });
});
let http: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-send-test-'));
  await mkdir(join(root, 'templates/more'), { recursive: true });
  const files = {
    'crm.yaml': project,
    'templates/cart.email.en.hbs': email('Hello'),
    'templates/cart.email.de.hbs': email('Hallo'),
    'templates/cart.sms.hbs': 'x',
    'templates/more/later.email.hbs': email('Still there'),
    'templates/call.task.hbs': '---\nsubject: Call {{customer.name}}\n---\nx',
    'customers.csv': 'id,name,email,phone,locale\nc1,Anna,anna@example.com,,de\n',
    'cart.jsonl': '{"customer":"c1","at":"2026-03-02T10:00:00Z","total":7.5}\n',
  };
  for (const [path, text] of Object.entries(files)) await writeFile(join(root, path), text);
  for (const n of [1, 2, 3, 4, 5, 6]) await writeFile(join(root, `templates/n${n}.email.hbs`), email(`No ${n}`));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  http = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.close();
  await rm(root, { recursive: true });
});
beforeEach(async () => {
  box = await openMailbox();
});
afterEach(() => box.close());

const world = (part: Partial<Io> = {}) => testIo(root, { env: { SMTP_URL: box.url, HTTP_URL: http }, ...part });
async function run(...words: string[]) {
  const io = world();
  const code = await crm(['send-test', ...words], io);
  return { code, ...io.said };
}
const mails = () =>
  Promise.all(
    box.received.map(async ({ to, raw }) => {
      const { subject, text, headers, messageId } = await PostalMime.parse(raw);
      return { to, subject, text, messageId, headers: headers.map(({ key }) => key) };
    }),
  );

it('sends a template by the real channel, marked, and touches no store', async () => {
  const { code, out, err } = await run('cart', '--to', 'you@example.com');
  expect(err).toBe('');
  expect({ code, out }).toEqual({
    code: 0,
    out: expect.stringMatching(
      /^email cart \(cart, send-\d\): sent, marked \[test\].*\n1 message for sms left out\.\n$/,
    ),
  });
  const [mail, ...others] = await mails();
  expect(others).toEqual([]);
  expect(mail).toMatchObject({ to: ['you@example.com'], subject: '[test] Hello, [name]' });
  expect(mail?.text).toContain('€1,990');
  expect(mail?.messageId).toMatch(/^<test-/);
  expect(mail?.headers).toContain('list-unsubscribe');
  await expect(access(join(root, '.kaskad'))).rejects.toThrow('ENOENT');
});

it('sends with the data of a customer to the address that is named, not to the customer', async () => {
  expect((await run('cart', '--to', 'you@example.com', '--customer', 'anna')).code).toBe(0);
  expect((await run('cart', '--to', 'you@example.com', '--customer', 'anna', '--locale', 'en')).code).toBe(0);
  const [own, english] = await mails();
  expect(own).toMatchObject({ to: ['you@example.com'], subject: '[test] Hallo, Anna' });
  expect(own?.text).toContain('7,5\u00a0€'.replace('7,5', '7,50'));
  expect(english).toMatchObject({ to: ['you@example.com'], subject: '[test] Hello, Anna' });
});

it('sends to the address that is named also in an environment whose messages go to another one', async () => {
  await mkdir(join(root, 'environments'));
  await writeFile(
    join(root, 'environments/staging.yaml'),
    'delivery: test\nchannels: { email: { to: trial@example.com } }\n',
  );
  expect((await run('cart', '--to', 'you@example.com', '--env', 'staging')).code).toBe(0);
  expect((await mails()).map(({ to }) => to)).toEqual([['you@example.com']]);
  await rm(join(root, 'environments'), { recursive: true });
});

it('sends each message of a campaign once, and systems hear only who is named', async () => {
  const { code, out } = await run('cart', '--to', 'you@example.com', '--json', '--channel', 'email');
  expect(code).toBe(0);
  expect(JSON.parse(out).messages).toHaveLength(1);
  await writeFile(join(root, 'crm.yaml'), project.replace('  cart:\n', '  carts:\n'));
  const all = JSON.parse((await run('carts', '--to', 'you@example.com', '--json')).out);
  expect(all.messages.map((one: { template: string; status: string }) => [one.template, one.status])).toEqual([
    ['cart', 'sent'],
    ['more/later', 'sent'],
  ]);
  expect(all.others.map((one: { channel: string }) => one.channel)).toEqual(['sms', 'crm', 'desk']);
  expect((await mails()).map(({ subject }) => subject)).toEqual([
    '[test] Hello, [name]',
    '[test] Hello, [name]',
    '[test] Still there, [name]',
  ]);
  expect(calls).toEqual([]);
  expect((await run('carts', '--channel', 'crm', '--customer', 'c1')).code).toBe(0);
  expect((await run('carts', '--channel', 'desk')).code).toBe(0);
  expect(JSON.parse(calls[0] ?? '')).toMatchObject({
    test: true,
    campaign: 'carts',
    customer: 'c1',
    fields: { name: 'Anna', 'event.total': 7.5 },
  });
  expect(JSON.parse(calls[1] ?? '')).toMatchObject({ title: '[test] Call [name]', customer: 'test' });
  await writeFile(join(root, 'crm.yaml'), project);
});

it('leaves no trace in an existing store', async () => {
  const at = () => Date.parse('2026-03-02T10:00:00Z');
  for (const words of [
    ['apply', '--auto-approve'],
    ['tick', '--no-dispatch'],
  ])
    expect(await crm(words, world({ now: at }))).toBe(0);
  const status = async () => {
    const io = world({ now: at });
    await crm(['status', '--json'], io);
    return io.said.out;
  };
  const before = await status();
  expect((await run('cart', '--to', 'anna@example.com', '--customer', 'c1')).code).toBe(0);
  expect(box.received).toHaveLength(1);
  expect(await status()).toBe(before);
});

it('asks before it sends more than five, and takes its time', async () => {
  const nobody = await run('long', '--to', 'you@example.com');
  expect(nobody).toMatchObject({ code: 1, out: '' });
  expect(nobody.err).toContain('There is nobody to ask whether to send 6 messages.');
  const terminal = { terminal: { stdin: true, stdout: true, stderr: true } };
  const asked: string[] = [];
  const io = world(terminal);
  const no = (question: string) => Promise.resolve(asked.push(question) === 0);
  expect(await sendTest(io, 'long', { to: 'you@example.com' }, no)).toBe(1);
  expect(asked).toEqual(['Send 6 messages?']);
  expect(box.received).toEqual([]);
  const begun = performance.now();
  expect((await run('long', '--to', 'you@example.com', '--auto-approve')).code).toBe(0);
  expect(performance.now() - begun).toBeGreaterThan(2300);
  expect(box.received).toHaveLength(6);
});

it('is an error where the server refuses, without the address', async () => {
  await box.close();
  box = await openMailbox({
    onRcptTo: (address, _, done) => done(refusal(550, `5.1.1 ${address.address} is unknown`)),
  });
  const { code, out, err } = await run('cart', '--to', 'you@example.com');
  expect(code).toBe(1);
  expect(out).toContain('not sent: the address does not exist or does not take mail (bounced)');
  expect(out + err).not.toContain('you@');
});

it.each([
  [
    ['filed', '--to', 'you@example.com'],
    'The channel "files" sends nothing here: its transport writes files.',
    '--env',
  ],
  [['cart', '--to', '+4930123456'], 'The channel "sms" sends nothing here', '--env'],
  [['cart', '--to', 'nowhere'], '--to is not one e-mail address or phone number.', 'you@example.com'],
  [['cart', '--to', 'a@example.com, b@example.com'], '--to is not one e-mail address', 'you@example.com'],
  [['cart', '--to', 'Foo <a@example.com>'], '--to is not one e-mail address', 'you@example.com'],
  [['cart'], 'There is nobody to send it to.', 'Add --to'],
  [
    ['call', '--to', 'you@example.com'],
    'None of its messages goes to such an address: they are for desk.',
    '--channel',
  ],
  [
    ['crat', '--to', 'you@example.com'],
    'There is no template or campaign "crat" in this project.',
    'Did you mean "cart"?',
  ],
  [
    ['cart', '--to', 'you@example.com', '--channel', 'push'],
    '"cart" has no message on the channel "push"',
    'crm, desk, email',
  ],
  [['cart', '--to', 'you@example.com', '--customer', 'nobody'], 'There is no customer "nobody".', 'Name a customer'],
])('%j is refused before anything is sent', async (words, message, help) => {
  const { code, out, err } = await run(...words);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain(message);
  expect(err).toContain(help);
  expect(box.received).toEqual([]);
});

it('names the variable that a channel lacks', async () => {
  const io = testIo(root);
  expect(await crm(['send-test', 'cart', '--to', 'you@example.com'], io)).toBe(1);
  expect(io.said.err).toContain('The environment variable SMTP_URL is not set.');
});
