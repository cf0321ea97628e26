import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { testIo } from '../test/io.ts';
import { scriptOfProgram } from '../test/program.ts';
import { type Mailbox, openMailbox } from '../test/smtp.ts';
import { crm } from './crm.ts';

const main = await scriptOfProgram();

vi.setConfig({ testTimeout: 120_000 });

/** Connections of the channel, each with one message on the wire and one prepared behind it. */
const connections = 5;
const count = 2400;
const project = (campaigns: string) => `
project: { name: shop, timezone: Europe/Moscow, locale: ru, currency: RUB, tick: 1 second, segments_refresh: 1 hour }
data:
  customers: { from: customers.csv, attributes: { name: string, email: email } }
  events: { registered: { from: registered.csv, fields: {} } }
  consent: consent.csv
channels:
  email: { transport: smtp, url: env:SMTP_URL, from: Shop <shop@example.com>, unsubscribe: https://shop.example/u }
${campaigns}`;
const welcome = `
campaigns:
  welcome:
    on: { event: registered }
    steps: [{ send: { email: hello } }]
`;

let root: string;
let mailbox: Mailbox;
let child: ChildProcess | undefined;
let log = '';
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-removal-'));
  mailbox = await openMailbox({
    // A server that takes its time: the channel is under load for as long as the test lasts.
    onRcptTo: (_address, _session, done) => void setTimeout(done, 60),
  });
  await put('crm.yaml', project(welcome));
  await put(
    'templates/hello.email.hbs',
    '---\nsubject: Привет, {{customer.name}}!\n---\n<a href="{{unsubscribe_url}}">Отписаться</a>',
  );
  const at = new Date().toISOString();
  const customers = Array.from({ length: count }, (_, i) => `c${i}`);
  const rows = (line: (id: string) => string) => customers.map((id) => `${line(id)}\n`).join('');
  await put('consent.csv', `customer,channel,status,at\n${rows((id) => `${id},email,granted,${at}`)}`);
  await put('customers.csv', `id,name,email\n${rows((id) => `${id},Аня,${id}@example.com`)}`);
  await put('registered.csv', 'customer,at\n');
});
afterEach(async () => {
  if (child?.exitCode === null && child.signalCode === null) {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
  await mailbox.close();
  await rm(root, { recursive: true });
});

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

async function command(...words: string[]): Promise<string> {
  const io = testIo(root);
  const code = await crm(words, io);
  expect(code, io.said.err).toBe(0);
  return io.said.out;
}

/** Starts `crm run` in a separate process, which is in the middle of sending to all customers. */
async function sending(): Promise<void> {
  await command('apply', '--auto-approve');
  const env = { ...process.env, SMTP_URL: mailbox.url };
  child = spawn(process.execPath, [main, 'run'], { cwd: root, env });
  log = '';
  child.stdout?.on('data', (chunk) => {
    log += chunk;
  });
  const at = new Date().toISOString();
  await put('registered.csv', `customer,at\n${Array.from({ length: count }, (_, i) => `c${i},${at}\n`).join('')}`);
  await vi.waitFor(() => expect(mailbox.received.length).toBeGreaterThan(30), { timeout: 60_000, interval: 5 });
}

const outbox = async (): Promise<Record<string, number>> => JSON.parse(await command('status', '--json')).outbox;

it('of a campaign that is removed only what is on a connection still arrives', async () => {
  await sending();
  await put('crm.yaml', project(''));
  await command('plan', '--out', 'plan.json');
  // The apply runs in a separate process, so that this one goes on reading the mail and counts what has arrived by then.
  const apply = spawn(process.execPath, [main, 'apply', 'plan.json', '--allow', 'campaign.welcome'], { cwd: root });
  expect(await once(apply, 'exit')).toEqual([0, null]);
  const before = mailbox.received.length;
  expect(before).toBeLessThan(count / 2);
  await pause(5000);
  expect(mailbox.received.length - before).toBeLessThanOrEqual(2 * connections);
  const { sent = 0, suppressed = 0, ...rest } = await outbox();
  expect(rest).toEqual({});
  expect(sent).toBe(mailbox.received.length);
  expect(sent + suppressed).toBe(count);
});

it.each([['welcome'], ['--channel', 'email'], ['--all']])(
  'a pause (%s %s) acts within a second on a running worker',
  async (...target) => {
    await sending();
    await command('pause', ...target);
    await pause(1000);
    const before = mailbox.received.length;
    expect(before).toBeLessThan(count / 2);
    await pause(2500);
    expect(mailbox.received.length).toBe(before);
    const { pauses, outbox: held } = JSON.parse(await command('status', '--json'));
    expect(held).toEqual({ decided: count - before, sent: before });
    expect(pauses).toEqual([expect.objectContaining({ messages: count - before })]);
    await command('resume', ...target);
    await vi.waitFor(() => expect(mailbox.received.length).toBeGreaterThan(before + 20), { timeout: 10_000 });
    expect(log).toMatch(/"msg":"paused".*"msg":"resumed"/s);
  },
);
