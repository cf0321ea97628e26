import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { scriptOfProgram } from '../test/program.ts';

const main = await scriptOfProgram();

const project = `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  customers: { from: customers.csv, attributes: { email: email } }
  events: { registered: { from: registered.csv } }
channels:
  crm: { kind: webhook, transport: file, directory: out }
campaigns:
  welcome: { on: { event: registered }, steps: [{ webhook: { crm: [] } }] }
`;

let root: string;
const children: ChildProcess[] = [];
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-stopped-'));
  await writeFile(join(root, 'crm.yaml'), project);
  await writeFile(join(root, 'customers.csv'), 'id,email\nc1,c1@example.com\n');
  await writeFile(join(root, 'registered.csv'), 'customer,at\n');
});
afterEach(async () => {
  for (const child of children.splice(0)) {
    if (child.exitCode !== null || child.signalCode !== null) continue;
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await rm(root, { recursive: true });
});

function start(...words: string[]): ChildProcess {
  const child = spawn(process.execPath, [main, ...words], { cwd: root });
  children.push(child);
  return child;
}

async function command(...words: string[]): Promise<{ words: string[]; code: number; err: string }> {
  const child = start(...words);
  let err = '';
  child.stderr?.on('data', (chunk) => {
    err += chunk;
  });
  child.stdout?.resume();
  const [code] = await once(child, 'close');
  return { words, code: Number(code), err };
}

it.runIf(process.platform !== 'win32')(
  'every command ends, and names the process, while that is stopped',
  async () => {
    expect(await command('apply', '--auto-approve')).toMatchObject({ code: 0 });
    const run = start('run');
    await once(run.stdout ?? run, 'data');
    run.kill('SIGSTOP');
    const began = Date.now();
    const ended = await Promise.all([
      command('status'),
      command('tick'),
      command('tick', '--no-dispatch'),
      command('explain', 'c1'),
      command('plan'),
    ]);
    expect(Date.now() - began).toBeLessThan(40_000);
    for (const { words, code, err } of ended) {
      expect(code, `${words}: ${err}`).toBe(1);
      expect(err).toContain(`The process that holds the store (crm run, PID ${run.pid}) does not answer.`);
    }
  },
  60_000,
);

it.runIf(process.platform !== 'win32')(
  'what a command writes about customers is its user’s only',
  { timeout: 60_000 },
  async () => {
    const mode = async (path: string) => ((await stat(join(root, path))).mode & 0o777).toString(8);
    await writeFile(join(root, 'plan.json'), '', { mode: 0o644 });
    expect(await command('plan', '--out', 'plan.json')).toMatchObject({ code: 0 });
    expect(await command('apply', 'plan.json')).toMatchObject({ code: 0 });
    const run = start('run');
    await once(run.stdout ?? run, 'data');
    const paths = ['plan.json', '.kaskad', '.kaskad/store.duckdb', '.kaskad/store.duckdb.wal'];
    await vi.waitFor(
      async () => expect(await Promise.all(paths.map(mode))).toEqual(['600', '700', '600', '600']),
      20_000,
    );
  },
);
