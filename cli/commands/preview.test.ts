import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

const project = `
project: { name: shop, timezone: Europe/Berlin, locale: en, currency: EUR }
data:
  customers:
    from: customers.csv
    attributes: { name: { type: string, pii: true }, email: email, phone: phone, city: string, locale: locale, day: date }
  events:
    cart_updated:
      from: cart.jsonl
      fields: { total: money, note: string, items: { type: list, items: { name: string, price: money } } }
channels:
  email: { transport: file, directory: out, from: Shop <shop@example.com>, unsubscribe: "https://shop.example/u", price: 0 }
  sms: { transport: file, directory: out, price: 0 }
campaigns:
  cart:
    on: { event: cart_updated }
    steps: [{ wait: 1 hour }, { send: { email: cart } }]
  full:
    on: { event: cart_updated, when: event.total > 6 and count(cart_updated) < 3 }
    steps: [{ send: { sms: full } }]
`;
const email = (hello: string) => `---
subject: "${hello}, {{default customer.name 'friend'}}"
preheader: "{{money event.total}}"
---
<html><body class="quoted"><p>{{customer.city}}</p>{{#each event.items}}<i>{{name}} {{money price}}</i>{{/each}}
{{#if event.note}}<b>{{event.note}}</b>{{/if}}<a href="{{unsubscribe_url}}">x</a></body></html>`;

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-preview-'));
  await mkdir(join(root, 'templates'));
  const files = {
    'crm.yaml': project,
    'templates/cart.email.en.hbs': email('Hello'),
    'templates/cart.email.de.hbs': email('Hallo'),
    'templates/full.sms.hbs': '{{money event.total}} {{customer.day}}',
    'templates/cart.sms.hbs': '{{customer.name}}: {{money event.total}}',
    'templates/unused.sms.hbs': '{{customer.name}}: {{event.total}}',
    'customers.csv':
      'id,name,email,phone,city,locale\nc1,"<script>alert(1)</script>",anna@example.com,,,de\nc2,,olga@example.com,,Bonn,en\nc3,,,,,\n',
    'cart.jsonl':
      '{"customer":"c1","at":"2026-03-01T10:00:00Z","total":5,"items":[{"name":"old"}]}\n{"customer":"c1","at":"2026-03-02T10:00:00Z","total":7.5,"items":[{"name":"Tea"},{"name":"Jam","price":3}]}\n{"customer":"c2","at":"2026-03-01T10:00:00Z","total":9}\n{"customer":"c2","at":"2026-03-02T10:00:00Z","total":1}\n{"customer":"c3","at":"2026-03-02T10:00:00Z","total":2}\n',
    'event.json': '{"total":12,"items":[{"name":"Soap","price":12}],"note":"fragile"}',
  };
  for (const [path, text] of Object.entries(files)) await writeFile(join(root, path), text);
});
afterAll(() => rm(root, { recursive: true }));

async function run(...words: string[]) {
  const io = testIo(root, { now: () => Date.parse('2026-03-03T08:00:00Z') });
  const code = await crm(['preview', ...words], io);
  return { code, ...io.said };
}
const json = async (...words: string[]) => JSON.parse((await run(...words, '--json')).out);

it('shows a template with samples, of which none is missing and none is a customer’s', async () => {
  const { code, out } = await run('cart', '-o', 'p.html');
  expect(code).toBe(0);
  expect(out).toContain('With sample values, not those of a customer.\nThe event cart_updated has sample values.\n');
  expect(out).toContain('email, sent on email by cart (send-2), locale en\n  From: Shop <shop@example.com>\n');
  expect(out).toContain('Subject: Hello, [name]');
  expect(out).toMatch(/Preheader: €1,990/);
  expect(out).toContain('sms, which no campaign sends');
  expect(out).not.toContain('Missing');
  expect(out).not.toContain('example.com>,');
});

it('shows what a customer would get: own language, latest event, and what is missing', async () => {
  const { previews, ...told } = await json('cart', '--customer', 'anna@example.com', '--channel', 'email');
  expect(told).toMatchObject({ type: 'preview', customer: 'c1', event: { kind: 'cart_updated', from: 'latest' } });
  expect(previews).toHaveLength(1);
  expect(previews[0]).toMatchObject({ kind: 'email', campaign: 'cart', step: 'send-2', locale: 'de' });
  expect(previews[0].html).toContain('<i>Jam 3&nbsp;€</i>'.replace('&nbsp;', '\u00a0'));
  expect(previews[0].missing).toEqual(['customer.city', 'event.items[].price', 'event.note']);
  const [other] = (await json('cart', '--customer', 'c2', '--event', 'event.json', '--locale', 'de')).previews;
  expect(other).toMatchObject({ subject: 'Hallo, friend', missing: ['customer.name'] });
  expect(other.html).toContain('<b>fragile</b>');
  const [unused] = (await json('unused', '--event', 'event.json')).previews;
  expect(unused).toMatchObject({ kind: 'sms', text: '[name]: 12', missing: [] });
});

it('writes one page for its user alone, in which nothing of a template runs', async () => {
  await run('cart', '--customer', 'c1', '-o', 'out/page.html');
  const page = await readFile(join(root, 'out/page.html'), 'utf8');
  expect((await stat(join(root, 'out/page.html'))).mode & 0o777).toBe(0o600);
  expect(page).toContain(`content="default-src 'none';`);
  expect(page).not.toMatch(/<script/i);
  expect(page.match(/<iframe sandbox="" title="(Phone|Desktop)" width="(390|760)"/g)).toHaveLength(2);
  const [shown] = (await json('cart', '--customer', 'c1', '--channel', 'email')).previews;
  const letters: Record<string, string> = { lt: '<', gt: '>', quot: '"', amp: '&' };
  const frames = [...page.matchAll(/ srcdoc="([^"]*)"><\/iframe>/g)].map(([, text = '']) =>
    text.replaceAll(/&(lt|gt|quot|amp);/g, (_, name: string) => letters[name] ?? ''),
  );
  expect(shown.html).toContain('class="quoted"');
  expect(frames).toEqual([shown.html, shown.html]);
  expect(page).toContain('Missing, and read by the template: customer.city, event.items[].price, event.note');
  const { err } = await run('cart');
  const [, path = ''] = /The page is (.*)\.\n/.exec(err) ?? [];
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  await rm(join(path, '..'), { recursive: true });
});

it('opens the page in what the desktop has', async () => {
  await mkdir(join(root, 'bin'));
  await writeFile(
    join(root, 'bin/xdg-open'),
    `#!/bin/sh\n/bin/echo "$1" > "${root}/opened.part"\n/bin/mv "${root}/opened.part" "${root}/opened"\n`,
  );
  await chmod(join(root, 'bin/xdg-open'), 0o755);
  const io = testIo(root, { env: { PATH: join(root, 'bin') } });
  expect(await crm(['preview', 'cart', '--open', '-o', 'p.html'], io)).toBe(0);
  await vi.waitFor(async () => expect(await readFile(join(root, 'opened'), 'utf8')).toBe(`${join(root, 'p.html')}\n`));
  const none = testIo(root, { env: { PATH: join(root, 'nothing') } });
  expect(await crm(['preview', 'cart', '--open', '-o', 'p.html'], none)).toBe(0);
  expect(none.said.err).toContain('There is no program here that opens it');
});

it.each([
  [['carts'], 'There is no template "carts" in this project.', 'Did you mean "cart"?'],
  [['cart', '--channel', 'emial'], 'The template "cart" has no text for the channel "emial".', 'Did you mean "email"?'],
  [['cart', '--customer', 'example.com'], '"example.com" means 2 customers.', '`crm customer` lists who is meant.'],
  [['cart', '--customer', 'nobody'], 'There is no customer "nobody".', 'Name a customer by the id'],
  [['cart', '--event', 'customers.csv'], 'customers.csv is not JSON.', 'Write one JSON object'],
  [['cart', '--event', 'none.json'], 'The event none.json cannot be read (ENOENT).', 'Name a file with JSON.'],
  [['cart', '--locale', '?'], '--locale is no locale: "?".', 'ru, pt-BR'],
  [['unused'], 'The sms template `unused` cannot be rendered', 'sees no event: name one by --event'],
])('%j is refused', async (words, message, help) => {
  const { code, out, err } = await run(...words);
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain(message);
  expect(err).toContain(help);
  expect(err).not.toMatch(/anna@|olga@/);
});

it('takes the latest event that meets the `when` of the campaign, and reports if there is none', async () => {
  const fitting = await json('full', '--customer', 'c2');
  expect(fitting).toMatchObject({ event: { kind: 'cart_updated', from: 'latest' }, previews: [{ text: '€9' }] });
  expect((await json('cart', '--customer', 'c2', '--channel', 'email')).previews[0].html).not.toContain('€9');
  const none = await json('full', '--customer', 'c3');
  expect(none).toMatchObject({ event: { kind: 'cart_updated', from: 'excluded' }, previews: [{ text: '€2' }] });
  expect((await run('full', '--customer', 'c3')).out).toContain(
    "The event cart_updated is the customer's latest, but it would not start the campaign",
  );
});

it('has the day of the project in its samples', async () => {
  const io = testIo(root, { now: () => Date.parse('2026-03-03T23:30:00Z') });
  await crm(['preview', 'full', '--json'], io);
  expect(JSON.parse(io.said.out).previews[0].text).toContain('2026-03-04');
});

it('names each template once where there is none of that name', async () => {
  expect((await run('nosuch')).err).toContain('There are: cart, full, unused.');
});
