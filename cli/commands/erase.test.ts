import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testIo } from '../../test/io.ts';
import { scriptOfProgram } from '../../test/program.ts';
import { crm } from '../crm.ts';
import { erase } from './erase.ts';

const main = await scriptOfProgram();

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const now = Date.UTC(2026, 2, 2, 12);
const minute = 60_000;
let root: string;
let child: ChildProcess | undefined;

async function run(words: string[], at = now) {
  const io = testIo(root, { now: () => at, view: { color: false, width: 1000 } });
  const code = await crm(words, io);
  return { code, ...io.said };
}

const put = (path: string, text: string) => writeFile(join(root, path), text);

async function write(registered: string): Promise<void> {
  await put('customers.csv', 'id,email\nc1,c1@example.com\nc2,c2@example.com\nc3,c3@example.com\nc4,\n');
  await put('registered.csv', `customer,at\n${registered}`);
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-erase-'));
  await put(
    'crm.yaml',
    `
project: { name: shop, timezone: UTC, locale: en, currency: EUR, tick: 1 second }
data:
  customers: { from: customers.csv, attributes: { email: email } }
  events: { registered: { from: registered.csv, fields: {} } }
channels:
  email: { transport: file, directory: out, from: Shop <shop@example.com>, unsubscribe: https://shop.example/u }
campaigns:
  welcome:
    category: transactional
    on: { event: registered }
    reenter: always
    steps: [{ send: { email: hello } }, { wait: 1 hour }, { send: { email: hello } }]
`,
  );
  await mkdir(join(root, 'templates'));
  await put('templates/hello.email.hbs', '---\nsubject: Hello\n---\n<a href="{{unsubscribe_url}}">No more</a>\n');
  await write('c1,2026-03-02T12:00:30Z\nc2,2026-03-02T12:00:30Z\n');
  expect(await run(['apply', '--auto-approve', '--json'])).toMatchObject({ code: 0 });
  expect(await run(['tick', '--no-dispatch'], now + minute)).toMatchObject({ code: 0 });
});
afterAll(async () => {
  if (child?.exitCode === null) {
    child.kill('SIGINT');
    await once(child, 'exit');
  }
  await rm(root, { recursive: true });
});

describe('crm erase', () => {
  it('requires a terminal to ask, and accepts only a yes', async () => {
    const { code, out, err } = await run(['erase', 'c1']);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('--auto-approve');
    const io = testIo(root, {
      now: () => now + minute,
      view: { color: false, width: 1000 },
      terminal: { stdin: true, stdout: true, stderr: true },
    });
    const ask = vi.fn(async () => false);
    expect(await erase(io, 'c1', {}, ask)).toBe(1);
    expect(ask).toHaveBeenCalledExactlyOnceWith('Erase the customer?');
    expect(io.said.out).toContain('Nothing was erased.');
    expect((await run(['explain', 'c1'])).out).toContain('Customer c1');
  });

  it('shows the effects before and after', async () => {
    expect(await run(['erase', 'c1', '--auto-approve'], now + minute)).toEqual({
      code: 0,
      err: '',
      out: `Customer c1: 1 journey under way ends, 1 message does not leave any more.
Everything that tells who it was is removed from the store, and this cannot be undone. Counts stay, and hashes of the id and the addresses: nothing is read of the customer again, and nothing is sent to the addresses.
Erased customer c1. Remove the customer from the data files too.
`,
    });
    expect(await run(['erase', 'c1', '--auto-approve'], now + 2 * minute)).toMatchObject({
      code: 0,
      out: 'Customer c1 was erased already, 2026-03-02 12:01; nothing has changed.\n',
    });
    const io = testIo(root, {
      now: () => now + 2 * minute,
      view: { color: false, width: 1000 },
      terminal: { stdin: true, stdout: true, stderr: true },
    });
    const other = async () => (await run(['erase', 'c4', '--auto-approve'], now + minute)).code === 0;
    expect(await erase(io, 'c4', {}, other), io.said.err).toBe(0);
    expect(io.said.out, 'while it asked').toContain('was erased already, 2026-03-02 12:01; nothing');
    expect(await run(['erase', 'c9', '--auto-approve'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no customer "c9".'),
    });
  });

  it('is known to explain and status', async () => {
    expect(await run(['explain', 'c1'], now + 2 * minute)).toMatchObject({
      code: 0,
      out: 'Customer c1 was erased 2026-03-02 12:01:00. Nothing else is known.\n',
    });
    expect(JSON.parse((await run(['explain', 'c1', '--json'])).out)).toEqual({
      format: 1,
      type: 'erased',
      customer: 'c1',
      at: '2026-03-02T12:01:00.000Z',
    });
    await write('c1,2026-03-02T12:00:30Z\nc2,2026-03-02T12:00:30Z\n');
    expect(await run(['tick'], now + 3 * minute)).toMatchObject({ code: 0 });
    const { out } = await run(['status'], now + 3 * minute);
    expect(out).toContain('\n2 customers were erased.\n');
    expect(out).toContain(
      'customers.csv: Rows about customers who were erased are passed over: 2. Remove them from the file.',
    );
    expect(await readdir(join(root, 'out'))).toHaveLength(1);
  });

  it('works while crm run holds the store, which reads nothing of the customer any more', async () => {
    await rm(join(root, 'out'), { recursive: true });
    child = spawn(process.execPath, [main, 'run'], { cwd: root });
    let log = '';
    child.stdout?.on('data', (chunk) => {
      log += chunk;
    });
    child.stderr?.on('data', (chunk) => {
      log += chunk;
    });
    await vi.waitFor(() => expect(log).toContain('"msg":"tick"'), { timeout: 30_000 });
    const { code, out, err } = await run(['erase', 'c2', '--auto-approve', '--json'], Date.now());
    expect(code, err).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ type: 'erasure', customer: 'c2', changed: true });
    const letters = () => readdir(join(root, 'out')).catch((): string[] => []);
    // A letter that was due may have left before.
    const before = await letters();
    const since = async () => (await letters()).filter((file) => !before.includes(file));
    const at = new Date().toISOString();
    await write(`c2,${at}\nc3,${at}\n`);
    await vi.waitFor(async () => expect(await since()).toHaveLength(1), { timeout: 30_000 });
    const [file = ''] = await since();
    expect(await readFile(join(root, 'out', file), 'utf8')).toContain('c3@example.com');
    child.kill('SIGINT');
    await once(child, 'exit');
    const { outbox, erased } = JSON.parse((await run(['status', '--json'], Date.now())).out);
    expect({ erased, decided: outbox.decided }).toEqual({ erased: 3 });
    expect(log).not.toMatch(/"level":"?(error|50)/);
  });
});
