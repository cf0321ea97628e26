import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testIo } from '../test/io.ts';
import { commandLine } from './command-line.ts';
import { crm } from './crm.ts';

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-call-'));
  await mkdir(join(root, 'environments'));
  await writeFile(join(root, 'crm.yaml'), 'project: { name: x, timezone: UTC, locale: ru, currency: RUB }\n');
  await writeFile(join(root, 'environments/staging.yaml'), 'variables: {}\n');
});
afterAll(() => rm(root, { recursive: true }));

async function run(words: string[], env: Record<string, string> = {}) {
  const io = testIo(root, { env });
  const code = await crm(words, io);
  return { code, ...io.said };
}

describe('a call that is not understood', () => {
  it.each([
    [['statsu'], 'There is no command "statsu".', 'Did you mean status?'],
    [['order'], 'There is no command "order".', '`crm --help` lists the commands.'],
    [['--jsn'], '`crm` has no option --jsn.', '`crm --help` shows how it is called.'],
    [['status', '--jsno'], '`crm status` has no option --jsno.', 'Did you mean --json?'],
    [['status', '-x'], '`crm status` has no option -x.', '`crm status --help` shows how it is called.'],
    [
      ['status', 'now', 'then'],
      '`crm status` does not take "now then".',
      '`crm status --help` shows how it is called.',
    ],
    [
      ['pause', 'cart', 'welcome'],
      '`crm pause` does not take "welcome".',
      '`crm pause --help` shows how it is called.',
    ],
    [['status', '--env'], '--env needs a value: --env <name>.', '`crm status --help` shows how it is called.'],
    [
      ['explain'],
      '`crm explain` needs <customer>. The customer’s id in the shop’s data.',
      '`crm explain --help` shows how it is called.',
    ],
    [['data'], '`crm data` needs <action>.', 'Write `crm data check`.'],
    [['suppression'], '`crm suppression` needs <action>.', 'It is one of list, add, lift.'],
    [['suppression', 'lst'], '<action> cannot be "lst".', 'Did you mean list? It is one of list, add, lift.'],
    [['suppression', 'delete'], '<action> cannot be "delete".', 'It is one of list, add, lift.'],
    [['graph', '--format', 'png'], '--format cannot be "png".', 'It is one of mermaid, svg.'],
    [['simulate', '--days', 'two'], '--days cannot be "two".', 'Write a whole number from 1 upwards.'],
    [['init', '--dsl', '--yaml'], '--yaml and --dsl cannot be used together.', 'Leave one of them out.'],
    [
      ['convert', '--all'],
      '`crm convert` needs the option --to <surface>.',
      '`crm convert --help` shows how it is called.',
    ],
  ])('is refused like any other mistake: %j', async (words, message, help) => {
    expect(await run(words)).toEqual({ code: 1, out: '', err: `error ${message}\n  help: ${help}\n` });
  });

  it.each([
    [['statsu', '--json'], 'There is no command "statsu".', 'unknown-command'],
    [['status', '--jsno', '--json'], '`crm status` has no option --jsno.', 'wrong-call'],
    [['explain', '--json'], '`crm explain` needs <customer>. The customer’s id in the shop’s data.', 'wrong-call'],
    [['graph', '--json', '--format', 'svg'], '--format and --json cannot be used together.', 'wrong-call'],
    [['status', '--json'], 'There is no store at', 'store-missing'],
  ])('is a line of JSON with --json: %j', async (words, message, id) => {
    const { code, out, err } = await run(words);
    expect(code).toBe(1);
    expect(err).toContain(message);
    expect(JSON.parse(out)).toEqual({
      format: 1,
      type: 'error',
      code: 1,
      id,
      message: expect.stringContaining(message),
      help: expect.any(String),
    });
  });

  it('of a project with errors is a line of JSON, too', async () => {
    const { code, out, err } = await run(['plan', '--json', '--env', 'stagin']);
    expect(code).toBe(1);
    expect(err).toContain('There is no environment `stagin`');
    expect(JSON.parse(out)).toMatchObject({ type: 'error', code: 1, id: 'project-invalid', message: '1 error' });
  });
});

describe('an environment that there is not', () => {
  const calls = [
    ...['validate', 'lint', 'test', 'compile', 'plan', 'simulate', 'tick', 'run', 'status', 'graph'].map((name) => [
      name,
    ]),
    ...['audit', 'drift', 'health', 'history', 'migrate', 'reconcile'].map((name) => [name]),
    ['approve', 'plan.json', '--auto-approve'],
    ['ci', 'plan'],
    ['lock', 'cart', '--reason', 'sale'],
    ['backtest', '--from', '2026-03-01', '--to', '2026-03-02'],
    ['promote', 'cart', '--auto-approve'],
    ['recall', 'cart', '--auto-approve'],
    ['rollback', '--auto-approve'],
    ['sync', 'shop.git#main'],
    ['unlock', 'cart'],
    ['apply', 'plan.json'],
    ['apply', '--auto-approve'],
    ['audience', 'cart'],
    ['convert', '--all', '--to', 'dsl'],
    ['customer', 'c1'],
    ['data', 'check'],
    ['erase', 'c1', '--auto-approve'],
    ['decide'],
    ['explain', 'c1'],
    ['import', 'orders.csv'],
    ['launch', 'sale', '--auto-approve'],
    ['metrics'],
    ['pause', '--all'],
    ['preview', 'cart'],
    ['report'],
    ['resume', '--all'],
    ['segment', 'vip'],
    ['send-test', 'cart', '--to', 'you@example.com'],
    ['suppression', 'list'],
    ['suppression', 'add', 'c1'],
  ];
  it('is tried with every command that has --env', () => {
    const { commands } = commandLine(testIo('/'), () => {});
    const taking = commands.filter(({ options }) => options.some(({ long }) => long === '--env'));
    expect(new Set(taking.map((one) => one.name()))).toEqual(new Set(calls.map(([name]) => name)));
  });

  it.each(calls.map((words) => [words]))('is refused by every command: %j', async (words) => {
    const { code, out, err } = await run([...words, '--env', 'stagng']);
    expect(code).toBe(1);
    expect(out + err).toContain('There is no environment `stagng`');
    expect(out + err).toContain('Did you mean `staging`?');
    const other = await run(words, { CRM_ENV: 'production' });
    expect(other.code).toBe(1);
    expect(other.out + other.err).toContain('Known environments: staging.');
  });
});
