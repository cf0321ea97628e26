import { execFile } from 'node:child_process';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { GithubServer } from '../test/forges/github.ts';
import { type Hook, openHook } from '../test/hook.ts';
import { testIo } from '../test/io.ts';
import { type Mailbox, openMailbox, refusal } from '../test/smtp.ts';
import { crm } from './crm.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const start = Date.UTC(2026, 2, 2, 12);
const hour = 3_600_000;
const commit = 'a'.repeat(40);
const numbers = Array.from({ length: 12 }, (_, i) => i);

/** Personal attributes of each type, and what the files have for each; `mistaken` cannot be read. */
const attributes: Record<string, { type: string; of: (i: number) => string; mistaken: string }> = {
  name: { type: 'string', of: (i) => `Zarina-${i} Abdullaeva`, mistaken: 'Wilhelmina\u0000 Oberhuber' },
  email: { type: 'email', of: (i) => `private${i}@example.com`, mistaken: 'wilhelmina at oberhuber.example' },
  phone: { type: 'phone', of: (i) => `+7916123450${i % 10}`, mistaken: '8 916 77-oberhuber' },
  born: { type: 'date', of: (i) => `1971-04-${11 + i}`, mistaken: '31.04.1973' },
  passport: { type: 'integer', of: (i) => `4509000${100 + i}`, mistaken: '4510 oberhuber' },
  income: { type: 'number', of: (i) => `71234.${10 + i}`, mistaken: '71234,56,78' },
  member: { type: 'boolean', of: () => 'true', mistaken: 'oberhuber-yes' },
  seen: { type: 'instant', of: (i) => `2019-08-07T06:05:${10 + i}Z`, mistaken: '2019-08-32 06:05' },
  home: { type: 'timezone', of: () => 'Asia/Tashkent', mistaken: 'Oberhuber/Street' },
};
const names = Object.keys(attributes);
const address = (i: number) => `Sadovaya-${i} 14-7`;
/** The personal values to search for. A value that many customers share, such as `member`, identifies nobody and is left out. */
const values = [
  ...names.filter((name) => name !== 'member').flatMap((name) => numbers.map((i) => attributes[name]?.of(i) ?? '')),
  ...Object.values(attributes).map(({ mistaken }) => mistaken),
  ...numbers.map(address),
  ...['oberhuber', '9161234', 'Zarina', 'private', 'Sadovaya', 'shouted'],
];

/** All that commands have printed and written, by their words. */
const artefacts: [string, string][] = [];
let root: string;
let mailbox: Mailbox;
let hook: Hook;
let github: GithubServer;
let now = start;
/** The clock goes on from `now`. */
let clock: (() => number) | undefined;

async function run(
  words: string[],
  also: { stop?: number; env?: Record<string, string>; folder?: string } = {},
): Promise<string> {
  const env = { SMTP: mailbox.url, HOOK: hook.url, CRM_ACTOR: 'ci', ...also.env };
  const io = testIo(also.folder ?? root, { env, now: clock ?? (() => now) });
  if (also.stop !== undefined) setTimeout(() => io.stop.abort(), also.stop);
  await crm(words, io);
  const said = io.said.out + io.said.err;
  artefacts.push([`crm ${words.join(' ')}`, said]);
  return said;
}

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), text);
}

async function git(...words: string[]): Promise<void> {
  const who = ['-c', 'user.name=t', '-c', 'user.email=t@shop.test', '-c', 'commit.gpgsign=false'];
  await promisify(execFile)('git', [...who, ...words], { cwd: root });
}

const declared = names.map((name) => `      ${name}: { type: ${attributes[name]?.type}, pii: true }`).join('\n');
const project = `
project: { name: shop, timezone: UTC, locale: en, currency: EUR, tick: 1 second, segments_refresh: 1 hour }
data:
  customers:
    from: [data/customers.csv, data/headless.csv]
    attributes:
${declared}
      points: integer
  events:
    registered: { from: [data/registered.csv, data/broken.jsonl], fields: { delivery: { type: string, pii: true }, total: money } }
  consent: data/consent.csv
  suppressions: data/suppressions.csv
  feedback: data/feedback.csv
channels:
  email: { transport: smtp, url: env:SMTP, from: Shop <shop@shop.test>, unsubscribe: https://shop.test/u }
  crm: { kind: webhook, transport: http, url: env:HOOK }
  desk: { kind: task, transport: http, url: env:HOOK }
`;
const welcome = (wait: string) => `campaigns:
  welcome:
    on: { event: registered }
    in_flight: migrate recompute
    steps:
      - { send: { email: hello } }
      - { webhook: { crm: [name, email, born] } }
      - { task: { desk: hello } }
      - { id: rest, wait: ${wait} }
      - { id: again, send: { email: hello } }
`;
const csv = (head: string[], rows: string[][]) => [head, ...rows].map((row) => `${row.join(',')}\n`).join('');
const customer = (i: number) => [`c${i}`, ...names.map((name) => attributes[name]?.of(i) ?? ''), '5'];

/** Rows with a mistake in each attribute, shifted rows, repeated ones, and ones about nobody. */
function hostile(): Record<string, string> {
  const broken = names.map((name, i) => {
    const row = customer(i);
    return row.with(0, `broken${i}`).with(1 + names.indexOf(name), attributes[name]?.mistaken ?? '');
  });
  const shifted = customer(3).toSpliced(1, 0, 'Abdullaeva');
  const squeezed = [...customer(4).toSpliced(1, 1), attributes.email?.of(4) ?? ''];
  const twice = [attributes.email?.of(5) ?? '', ...customer(5).slice(1)];
  return {
    'data/customers.csv': csv(
      ['id', ...names, 'points'],
      [...numbers.map(customer), ...broken, shifted, squeezed, twice, twice, customer(6), customer(2).slice(0, 3)],
    ),
    'data/registered.csv': csv(
      ['id', 'customer', 'at', 'delivery', 'total'],
      [
        ...numbers.map((i) => [`r${i}`, `c${i}`, new Date(start + i).toISOString(), address(i), '10']),
        ['r20', attributes.email?.of(7) ?? '', new Date(start).toISOString(), address(7), address(7)],
        ['r21', 'c7', address(7), '10', attributes.email?.of(7) ?? ''],
        [attributes.email?.of(7) ?? '', 'c7', new Date(start).toISOString(), address(7), '10'],
        [attributes.email?.of(7) ?? '', 'c8', new Date(start).toISOString(), address(7), '10'],
      ],
    ),
    'data/headless.csv': csv(customer(8), [customer(9)]),
    'data/broken.jsonl': [
      `{"id":"r40","customer":"c1","at":"2026-03-02T12:00:00Z","delivery":"${address(3)}","total":"${address(3)}"}`,
      `{"id":"r41","customer":"c1","at":"${address(3)}","delivery":"${address(3)}"`,
      `${attributes.name?.of(3)} {"id":`,
      `{"id":"r42","customer":{"name":"${attributes.name?.of(3)}"},"at":["${attributes.email?.of(3)}"],"total":{"a":"${address(4)}"}}`,
    ].join('\n'),
    'data/consent.csv': csv(
      ['customer', 'channel', 'status', 'at'],
      [
        ...numbers.map((i) => [`c${i}`, 'email', 'granted', '2026-01-01T00:00:00Z']),
        [attributes.email?.of(8) ?? '', 'email', attributes.email?.of(8) ?? '', '2026-01-01T00:00:00Z'],
        [attributes.phone?.of(8) ?? '', attributes.phone?.of(8) ?? '', 'withdrawn', attributes.phone?.of(8) ?? ''],
        ['shouted@nowhere.test', 'email', 'withdrawn', ''],
      ],
    ),
    'data/suppressions.csv': csv(
      ['customer', 'channel', 'reason', 'at'],
      [
        [attributes.email?.of(9) ?? '', 'email', attributes.name?.of(9) ?? '', '2026-01-01T00:00:00Z'],
        ['SHOUTED@NOWHERE.TEST', attributes.name?.of(9) ?? '', 'asked', attributes.name?.of(9) ?? ''],
      ],
    ),
    'data/feedback.csv': csv(
      ['message', 'kind', 'at'],
      [
        [attributes.email?.of(9) ?? '', 'opened', '2026-01-01T00:00:00Z'],
        [attributes.email?.of(9) ?? '', attributes.email?.of(9) ?? '', attributes.email?.of(9) ?? ''],
      ],
    ),
  };
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-personal-'));
  // These servers repeat the address and the text of a message that they refuse.
  mailbox = await openMailbox({
    onRcptTo: ({ address }, _, callback) =>
      /private[13]@/.test(address)
        ? callback(refusal(550, `<${address}>: user ${attributes.name?.of(1)} unknown`))
        : callback(),
  });
  hook = await openHook((response, { body }, n) => {
    response.statusCode = n % 3 === 0 ? 400 : n % 3 === 1 ? 503 : 200;
    response.end(`{"error":"no ${attributes.name?.of(n % 10)}", "you sent": ${JSON.stringify(body)}}`);
  });
  github = new GithubServer();
  await github.start();
  github.openPull(12, commit);
  await put('crm.yaml', project);
  await put('campaigns/welcome.crm.yaml', welcome('3 days'));
  await put(
    'templates/hello.email.hbs',
    '---\nsubject: Hello, {{customer.name}}\n---\n<a href="{{unsubscribe_url}}">x</a> {{customer.phone}} {{event.delivery}}\n',
  );
  await put('templates/hello.task.hbs', '---\nsubject: Call {{customer.name}}\n---\n{{customer.phone}}\n');
  await put('.gitignore', '.kaskad/\nplan*\n');
  for (const [path, text] of Object.entries(hostile())) await put(path, text);
  await git('init', '-q', '-b', 'main');
  await git('add', '-A');
  await git('commit', '-qm', 'first');
});
afterAll(async () => {
  await mailbox.close();
  await hook.close();
  await github.stop();
  await rm(root, { recursive: true });
});

function leaks(): string[] {
  return artefacts.flatMap(([words, text]) =>
    values.filter((value) => text.toLowerCase().includes(value.toLowerCase())).map((value) => `${words}: ${value}`),
  );
}

it('names no customer in what commands print and write about hostile rows, while they run, and of the past', async () => {
  const bad = '--allow-bad-data';
  await run(['data', 'check', '--json']);
  await run(['apply', '--auto-approve', bad]);
  expect(await run(['tick', bad])).toContain('sent');
  const began = Date.now();
  clock = () => start + 1_000 + (Date.now() - began);
  expect(await run(['run', '--json', bad], { stop: 2_500 })).toContain('dispatched');
  clock = undefined;

  await git('checkout', '-qb', 'change');
  await put('campaigns/welcome.crm.yaml', welcome('10 minutes'));
  await git('commit', '-qam', 'shorter');
  now = start + hour;
  expect(await run(['plan', bad, '--out', 'plan.json'])).toContain('at once');
  await run(['apply', 'plan.json', bad]);
  artefacts.push(['plan.json', await readFile(join(root, 'plan.json'), 'utf8')]);
  await run(['ci', 'plan', '--base', 'main', bad]);
  for (const name of await readdir(join(root, 'plan')))
    artefacts.push([`plan/${name}`, await readFile(join(root, 'plan', name), 'utf8')]);
  await run(['ci', 'comment'], { env: await job() });
  expect(github.comments).toHaveLength(1);
  artefacts.push(['the comment', JSON.stringify(github.comments)]);
  expect(await run(['sync', `file://${join(root, '.git')}#change`], { folder: await folder() })).toContain(
    'does not run',
  );

  now = start + 26 * hour;
  await run(['tick', bad, '--json']);
  await run(['pause', 'welcome']);
  expect(await run(['reconcile'])).toContain('welcome');
  expect(await run(['backtest', '--from', '2026-02-20', '--to', '2026-03-03', bad])).toContain('welcome');
  for (const format of [[], ['--json']])
    for (const words of [['history'], ['drift'], ['audit'], ['audit', 'verify'], ['status']])
      await run([...words, ...format]);
  const days = ['--from', '2026-02-20', '--to', '2026-03-03'];
  for (const format of [[], ['--json'], ...['csv', 'markdown', 'html'].map((name) => ['--format', name])])
    for (const words of [
      ['report', ...days],
      ['metrics', ...days],
    ])
      await run([...words, ...format]);
  await run(['decide']);
  await run(['audience', 'welcome']);
  await run(['simulate', '--days', '1']);
  await run(['recall', 'welcome', '--auto-approve']);
  await run(['rollback', '--out', 'back.json', bad]);
  expect(leaks()).toEqual([]);
});

/** The variables of a job for the pull request. */
async function job(): Promise<Record<string, string>> {
  const side = { sha: commit, repo: { full_name: 'shop/crm' } };
  await put('event.json', JSON.stringify({ pull_request: { number: 12, head: side, base: side } }));
  return {
    ...{ GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'shop/crm', GITHUB_API_URL: github.url },
    ...{ GITHUB_EVENT_PATH: join(root, 'event.json'), GITHUB_TOKEN: 'job-token' },
  };
}

/** Returns a folder that has the data and nothing else. */
async function folder(): Promise<string> {
  const path = join(root, '.kaskad/elsewhere');
  await cp(join(root, 'data'), join(path, 'data'), { recursive: true });
  return path;
}
