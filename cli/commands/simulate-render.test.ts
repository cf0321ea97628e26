import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

const project = `
project: { name: shop, timezone: Europe/Berlin, locale: en, currency: EUR, simulation: { from: 2026-03-02T00:00:00+01:00 } }
data:
  customers: { from: customers.csv, attributes: { name: { type: string, pii: true }, email: email, phone: phone } }
  events: { cart_updated: { from: cart.csv, fields: { total: money } } }
  consent: consent.csv
channels:
  email: { transport: smtp, url: env:SMTP_URL, from: Shop <shop@example.com>, price: 0 }
  sms: { transport: file, directory: out, price: 0 }
  crm: { kind: webhook, transport: http, url: env:HTTP_URL, price: 0 }
campaigns:
  zeta:
    on: { event: cart_updated }
    reenter: always
    steps: [{ send: { email: cart } }, { send: { sms: cart } }, { webhook: { crm: [name] } }]
  alpha: { on: { event: cart_updated }, steps: [{ send: { sms: cart } }] }
`;

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-render-'));
  await mkdir(join(root, 'templates'));
  const files = {
    'crm.yaml': project,
    'templates/cart.email.hbs':
      '---\nsubject: "Hello, {{customer.name}}"\n---\n<html><body>{{customer.name}} <a href="{{unsubscribe_url}}">x</a></body></html>',
    'templates/cart.sms.hbs': 'Text for {{customer.name}}',
    'customers.csv':
      'id,name,email,phone\nc1,Anna,anna@example.com,+4930123456\n../c2,<b>Olga</b>,olga@xn--80a1acny.xn--p1ai,\n',
    'cart.csv':
      'id,customer,at,total\ne1,c1,2026-03-02T10:00:00Z,8\ne2,../c2,2026-03-02T10:00:00Z,8\ne3,c1,2026-03-02T12:00:00Z,8\n',
    'consent.csv':
      'customer,channel,status,at\nc1,email,granted,2026-01-01\nc1,sms,granted,2026-01-01\n../c2,email,granted,2026-01-01\n',
  };
  for (const [path, text] of Object.entries(files)) await writeFile(join(root, path), text);
});
afterAll(() => rm(root, { recursive: true }));

async function render(folder: string, ...words: string[]) {
  const io = testIo(root, { now: () => Date.parse('2026-03-02T00:00:00Z') });
  const code = await crm(['simulate', '--days', '1', '--render', folder, ...words], io);
  return { code, ...io.said };
}
const files = async (folder: string) =>
  (await readdir(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(join(root, folder).length + 1))
    .sort();

it('writes messages by campaign, step and customer, for one’s own eyes, the same ones each time', async () => {
  const { code, out } = await render('messages');
  expect(code).toBe(0);
  expect(out).toContain('\n9 messages, up to 5 of each step, are in messages; messages/index.html shows them.\n');
  const written = await files('messages');
  expect(written.filter((file) => !file.endsWith('.html'))).toEqual([
    'alpha/send-1/c1.txt',
    'zeta/send-1/_c2.eml',
    'zeta/send-1/c1.eml',
    'zeta/send-1/c1~2.eml',
    'zeta/send-2/c1.txt',
    'zeta/send-2/c1~2.txt',
    'zeta/webhook-3/_c2.json',
    'zeta/webhook-3/c1.json',
    'zeta/webhook-3/c1~2.json',
  ]);
  for (const file of written) expect((await stat(join(root, 'messages', file))).mode & 0o777, file).toBe(0o600);
  await render('again');
  for (const file of written)
    expect(await readFile(join(root, 'again', file), 'utf8')).toBe(
      await readFile(join(root, 'messages', file), 'utf8'),
    );
});

it('puts the HTML of an e-mail beside it, in which nothing runs', async () => {
  const mail = await PostalMime.parse(await readFile(join(root, 'messages/zeta/send-1/c1.eml')));
  expect(mail.to?.[0]?.address).toBe('anna@example.com');
  const html = await readFile(join(root, 'messages/zeta/send-1/c1.html'), 'utf8');
  expect(html).toContain("script-src 'none'");
  expect(html).toContain('<body>Anna <a');
});

it('shows all of them on one page that is filtered without scripts', async () => {
  const page = await readFile(join(root, 'messages/index.html'), 'utf8');
  expect(page).not.toMatch(/<script/i);
  expect(page.match(/<article /g)).toHaveLength(
    (await files('messages')).filter((file) => !file.endsWith('.html')).length,
  );
  expect(page.match(/<iframe sandbox=""/g)).toHaveLength(6);
  expect(page.match(/<input type="radio" name="(campaign|channel)"/g)).toHaveLength(3 + 4);
  expect(page).toContain('body:has(#campaign-0:checked) article:not([data-campaign="0"]) { display: none; }');
  expect(page).toContain('to customer ../c2, olga@почта.рф');
  expect(page).not.toContain('<b>Olga');
  expect(page).toContain('href="zeta/send-1/_c2.eml"');
  expect(page.indexOf('alpha, send-1')).toBeLessThan(page.indexOf('zeta, send-1'));
});

it('writes fewer where it is asked to', async () => {
  const { out } = await render('few', '--samples', '1');
  expect(out).toMatch(/\n\d messages, up to 1 of each step/);
  expect((await files('few')).filter((file) => file.endsWith('.eml'))).toHaveLength(1);
});
