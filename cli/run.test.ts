import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import PostalMime from 'postal-mime';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { testIo } from '../test/io.ts';
import { scriptOfProgram } from '../test/program.ts';
import { type Mailbox, openMailbox } from '../test/smtp.ts';
import { crm } from './crm.ts';

const main = await scriptOfProgram();

vi.setConfig({ testTimeout: 180_000 });

const count = 1000;
const files: Record<string, string> = {
  'crm.yaml': `
project: { name: shop, timezone: Europe/Moscow, locale: ru, currency: RUB, tick: 1 second, segments_refresh: 1 hour }
data:
  customers: { from: customers.csv, attributes: { name: string, email: email } }
  events: { registered: { from: registered.csv, fields: {} } }
  consent: consent.csv
channels:
  email: { transport: smtp, url: env:SMTP_URL, from: Shop <shop@example.com>, unsubscribe: https://shop.example/u }
campaigns:
  welcome:
    on: { event: registered }
    steps: [{ send: { email: hello } }]
`,
  'templates/hello.email.hbs':
    '---\nsubject: Здравствуйте, {{customer.name}}!\n---\n<p>Привет!</p><a href="{{unsubscribe_url}}">Отписаться</a>',
  'customers.csv': 'id,name,email\n',
  'registered.csv': 'customer,at\n',
  'consent.csv': 'customer,channel,status,at\n',
};

let root: string;
let mailbox: Mailbox;
const children: ChildProcess[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-run-'));
  mailbox = await openMailbox();
  for (const [path, text] of Object.entries(files)) await put(path, text);
});
afterEach(async () => {
  for (const child of children.splice(0)) await end(child, 'SIGKILL');
  await mailbox.close();
  await rm(root, { recursive: true });
});

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

/** Writes data as the shop would export it: all customers register now, and have consented. */
async function register(customers: string[]): Promise<void> {
  const at = new Date().toISOString();
  const rows = (line: (id: string) => string) => customers.map((id) => `${line(id)}\n`).join('');
  await put('consent.csv', `customer,channel,status,at\n${rows((id) => `${id},email,granted,${at}`)}`);
  await put('customers.csv', `id,name,email\n${rows((id) => `${id},Аня,${id}@example.com`)}`);
  await put('registered.csv', `customer,at\n${rows((id) => `${id},${at}`)}`);
}

/** Starts `crm run` in a separate process. */
function start(): { child: ChildProcess; log: () => string } {
  const env = { ...process.env, SMTP_URL: mailbox.url };
  const child = spawn(process.execPath, [main, 'run'], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.push(child);
  let log = '';
  child.stdout.on('data', (chunk) => {
    log += chunk;
  });
  child.stderr.on('data', (chunk) => {
    log += chunk;
  });
  return { child, log: () => log };
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
  return child.exitCode;
}

async function command(...words: string[]): Promise<string> {
  const io = testIo(root);
  const code = await crm(words, io);
  expect(code, io.said.err).toBe(0);
  return io.said.out;
}

const outbox = async (): Promise<Record<string, number>> => JSON.parse(await command('status', '--json')).outbox;
const soon = { timeout: 90_000, interval: 300 };

it('a thousand messages over SMTP with a kill -9 in the middle: none twice, none lost', async () => {
  await command('apply', '--auto-approve');
  const first = start();
  await vi.waitFor(() => expect(first.log()).toContain('"msg":"tick"'), soon);
  await register(Array.from({ length: count }, (_, i) => `c${i}`));
  await vi.waitFor(() => expect(mailbox.received.length).toBeGreaterThan(count / 4), { ...soon, interval: 5 });
  await end(first.child, 'SIGKILL');
  expect(mailbox.received.length).toBeLessThan(count);

  const second = start();
  await vi.waitFor(() => expect(second.log()).toContain('an earlier run ended in the middle'), soon);
  await vi.waitFor(async () => {
    const { sent = 0, unknown = 0 } = await outbox();
    expect(sent + unknown).toBe(count);
  }, soon);
  const { sent = 0, unknown = 0 } = await outbox();
  expect(unknown, 'at most what was on a connection').toBeLessThanOrEqual(5);

  const letters = await Promise.all(mailbox.received.map(({ raw }) => PostalMime.parse(raw)));
  expect(new Set(letters.map((letter) => letter.messageId)).size, 'none twice').toBe(letters.length);
  expect(new Set(mailbox.received.flatMap(({ to }) => to)).size).toBe(letters.length);
  expect(letters.length).toBeGreaterThanOrEqual(sent);
  expect(letters.length).toBeLessThanOrEqual(sent + unknown);
  expect(letters[0]).toMatchObject({ subject: 'Здравствуйте, Аня!', text: expect.stringContaining('Привет!') });
  expect(letters[0]?.html).toContain('Отписаться');

  expect(await command('explain', 'c7'), 'others read while it runs').toContain('welcome');
  expect(second.log(), 'nothing personal').not.toMatch(/example\.com|Аня/);
  expect(await end(second.child, 'SIGINT')).toBe(0);
  expect(second.log()).toContain('"msg":"ended"');
  expect((await readdir(join(root, '.kaskad'))).filter((name) => name.includes('sock'))).toEqual([]);
});

it('does not begin without a variable that a channel needs, and names it', async () => {
  await command('apply', '--auto-approve');
  const io = testIo(root);
  expect(await crm(['run'], io)).toBe(1);
  expect(io.said.err).toContain('The environment variable SMTP_URL is not set.');
  expect(io.said.err).toContain('the channel "email"');
  expect(io.said.out + io.said.err, 'said before anything is read or ticked').not.toMatch(
    /"msg":"(read|tick|running)"/,
  );
});
