import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { testIo } from '../test/io.ts';
import { scriptOfProgram } from '../test/program.ts';
import { type Mailbox, openMailbox } from '../test/smtp.ts';
import { apply } from './commands/apply.ts';
import { launch } from './commands/launch.ts';
import { crm } from './crm.ts';

const main = await scriptOfProgram();

vi.setConfig({ testTimeout: 120_000 });

/** Enough messages that sending takes longer than other commands do. */
const many = 240;
const few = 60;
const rows = (head: string, count: number, line: (id: string) => string) =>
  `${[head, ...Array.from({ length: count }, (_, i) => line(`c${i}`))].join('\n')}\n`;
const files: Record<string, string> = {
  'crm.yaml': `
project: { name: shop, timezone: UTC, locale: en, currency: EUR, tick: 1 second }
data:
  customers: { from: customers.csv, attributes: { email: email } }
  events: { registered: { from: registered.csv } }
channels:
  email: { transport: smtp, url: env:SMTP_URL, from: Shop <shop@example.com>, unsubscribe: https://shop.example/u }
campaigns:
  welcome:
    category: transactional
    on: { event: registered }
    steps: [{ send: { email: hello } }]
  by-hand:
    on: { launch: manual }
    steps: [{ wait: 1 day }, { send: { email: hello } }]
`,
  'templates/hello.email.hbs': '---\nsubject: Hello\n---\n<p>Hello</p><a href="{{unsubscribe_url}}">No more</a>',
  'customers.csv': rows('id,email', many, (id) => `${id},${id}@example.com`),
  'registered.csv': 'customer,at\n',
};

let root: string;
let mailbox: Mailbox;
const children: ChildProcess[] = [];
beforeEach(async () => {
  errors = '';
  root = await mkdtemp(join(tmpdir(), 'kaskad-sender-'));
  // Slow, so that others find it sending.
  mailbox = await openMailbox({
    onRcptTo: (_address, _session, callback) => setTimeout(callback, 200),
  });
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  expect(await here('apply', '--auto-approve')).toBe(0);
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await mailbox.close();
  await rm(root, { recursive: true });
});

/** Customers who are to get a message each. */
async function register(count: number): Promise<void> {
  const at = new Date().toISOString();
  await writeFile(
    join(root, 'registered.csv'),
    rows('customer,at', count, (id) => `${id},${at}`),
  );
  await pause(1100);
}

function here(...words: string[]): Promise<number> {
  return crm(words, testIo(root, { env: { SMTP_URL: mailbox.url } }));
}

interface Ended {
  code: number;
  err: string;
}

/** The standard error of all commands since the test began. */
let errors = '';

/** Starts `crm` in a separate process. */
function command(...words: string[]): Promise<Ended> {
  const env = { ...process.env, SMTP_URL: mailbox.url };
  const child = spawn(process.execPath, [main, ...words], { cwd: root, env });
  children.push(child);
  let err = '';
  child.stderr.on('data', (chunk) => {
    err += chunk;
    errors += chunk;
  });
  child.stdout.resume();
  return once(child, 'close').then(([code]) => ({ code: Number(code), err }));
}

/** Starts `crm run` in a separate process, and waits for a tick. */
async function start(): Promise<ChildProcess> {
  const env = { ...process.env, SMTP_URL: mailbox.url };
  const child = spawn(process.execPath, [main, 'run'], { cwd: root, env });
  children.push(child);
  let log = '';
  child.stdout.on('data', (chunk) => {
    log += chunk;
  });
  await vi.waitFor(() => expect(log).toContain('"msg":"tick"'), { timeout: 30_000 });
  return child;
}

async function interrupt(child: ChildProcess): Promise<void> {
  child.kill('SIGINT');
  await once(child, 'exit');
}

/** Starts a process that holds the store as a short command does, until it is ended. */
async function holder(): Promise<{ end(): Promise<unknown> }> {
  const code = `
    import { openStore } from ${JSON.stringify(new URL('../engine/store/open.ts', import.meta.url).href)};
    const { close } = await openStore(${JSON.stringify(join(root, '.kaskad/store.duckdb'))}, { who: 'crm plan' });
    process.stdout.write('holds');
    process.stdin.once('data', async () => { await close(); process.exit(0); });`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['pipe', 'pipe', 'inherit'] });
  children.push(child);
  await once(child.stdout, 'data');
  return {
    end: () => {
      child.stdin.write('end\n');
      return once(child, 'exit');
    },
  };
}

const arrived = () => mailbox.received.flatMap(({ to }) => to).sort();
const everybodyOnce = (count: number) => Array.from({ length: count }, (_, i) => `c${i}@example.com`).sort();

describe('crm tick', () => {
  it('waits for a short command that holds the store, and sends to everybody once', async () => {
    await register(many);
    const short = await holder();
    const tick = command('tick');
    await vi.waitFor(() => expect(errors.length + arrived().length).toBeGreaterThan(0), { timeout: 20_000 });
    await short.end();
    const { code, err } = await tick;
    // It sends what it finds unfinished.
    const running = await start();
    await vi.waitFor(() => expect(new Set(arrived()).size).toBe(many), { timeout: 30_000 });
    await interrupt(running);
    expect(arrived()).toEqual(everybodyOnce(many));
    expect(code, err).toBe(0);
    expect(err).toMatch(/Waiting for the store, which crm plan holds \(PID \d+\)/);
  });

  it('is not disturbed by short commands', async () => {
    await register(many);
    const over = { yet: false };
    const tick = command('tick').finally(() => {
      over.yet = true;
    });
    // From here on it holds the store, so no process waits for another.
    await vi.waitFor(() => expect(arrived().length).toBeGreaterThan(0), { timeout: 30_000, interval: 5 });
    const others: Ended[] = [];
    for (const words of [['status'], ['tick', '--no-dispatch'], ['launch', 'by-hand', '--auto-approve'], ['plan']])
      if (!over.yet) others.push(await command(...words));
    expect(others.length, 'tick was still sending').toBeGreaterThan(1);
    expect(others.map(({ code, err }) => `${code}${err}`)).toEqual(others.map(() => '0'));
    expect(await tick).toEqual({ code: 0, err: '' });
    expect(arrived()).toEqual(everybodyOnce(many));
  });

  it.each(['apply', 'launch'] as const)('works while %s asks', async (asking) => {
    await register(few);
    const io = testIo(root, { terminal: { stdin: true, stdout: true, stderr: false } });
    const ticked: Ended[] = [];
    const ask = async () => {
      ticked.push(await command('tick'));
      return true;
    };
    if (asking === 'launch') await launch(io, 'by-hand', {}, ask);
    else {
      await writeFile(join(root, 'crm.yaml'), files['crm.yaml']?.replace('1 day', '2 days') ?? '');
      await apply(io, undefined, {}, ask);
    }
    expect(ticked).toEqual([{ code: 0, err: '' }]);
    expect(arrived()).toEqual(everybodyOnce(few));
    expect(io.said.out).toMatch(asking === 'launch' ? /Launch 1 is requested/ : /Applied as deployment 2/);
  });

  it('is refused at once while crm run holds the store, and so is another crm run', async () => {
    await register(many);
    const running = await start();
    for (const word of ['tick', 'run']) {
      const { code, err } = await command(word);
      expect(code).toBe(1);
      expect(err).toContain(`is held by crm run, PID ${running.pid}, which ticks and sends already`);
    }
    expect((await command('tick', '--no-dispatch')).code, 'which sends nothing').toBe(0);
    await interrupt(running);
    await command('tick');
    expect(arrived()).toEqual(everybodyOnce(many));
  });
});
