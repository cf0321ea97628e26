import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testIo } from '../../test/io.ts';
import { type Mailbox, openMailbox, refusal } from '../../test/smtp.ts';
import { crm } from '../crm.ts';

let root: string;
let server: Mailbox;
const now = Date.parse('2026-11-22T08:00:00Z');

async function run(...words: string[]) {
  const io = testIo(root, { now: () => now });
  const code = await crm(words, io);
  return { code, ...io.said };
}

beforeAll(async () => {
  server = await openMailbox({ onRcptTo: (_, __, callback) => callback(refusal(550, '5.1.1 unknown')) });
  root = await mkdtemp(join(tmpdir(), 'kaskad-bounced-'));
  await mkdir(join(root, 'templates'));
  await writeFile(
    join(root, 'crm.yaml'),
    `
project: { name: shop, timezone: UTC, locale: en, currency: EUR, tick: 1 minute }
data:
  customers: { from: customers.csv, attributes: { email: email } }
  events: { registered: { from: registered.csv, fields: {} } }
channels:
  email: { transport: smtp, url: "${server.url}", from: Shop <shop@example.com>, unsubscribe: https://shop.example/u }
campaigns:
  welcome: { category: transactional, on: { event: registered }, steps: [{ send: { email: hello } }] }
`,
  );
  await writeFile(
    join(root, 'templates/hello.email.hbs'),
    '---\nsubject: Hello\n---\n<a href="{{unsubscribe_url}}">No more</a>\n',
  );
  await writeFile(join(root, 'customers.csv'), 'id,email\nc1,anna@example.com\nc2,olga@example.com\n');
  await writeFile(join(root, 'registered.csv'), 'customer,at\nc1,2026-11-22T08:00:00Z\n');
  expect(await run('apply', '--auto-approve')).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

it('a bounce that is met while sending is known at once as a suppression of the customer’s address', async () => {
  expect((await run('tick')).out).toContain('1 failed (1 bounced)');
  const { out } = await run('suppression', 'list');
  expect(out).toMatch(/\nc1 +email +bounced .* the address\n$/);
  expect((await run('suppression', 'list', 'c1')).out).toMatch(/\nc1 +email +bounced /);
  expect((await run('suppression', 'list', 'anna@example.com')).out).toMatch(/\nc1 +email +bounced /);
  expect((await run('suppression', 'list', 'c2')).out).toContain('Customer c2 is not suppressed');
  expect((await run('explain', 'c1')).out).toContain('Gets nothing on email: the address is suppressed');
  expect(await run('suppression', 'lift', 'c1')).toMatchObject({ code: 0 });
  expect((await run('suppression', 'list')).out).toBe('Nobody is suppressed.\n');
});
