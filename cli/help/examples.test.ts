import { execFileSync } from 'node:child_process';
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';
import { examples } from './pages.ts';

// Executes every example of the help in a shop with the names that the examples use.

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const campaigns = `campaigns:
  spring-sale:
    on: { launch: manual }
    steps: [send: { email: spring }]
  win-back:
    on: { enters: vip }
    steps: [send: { email: spring }]
segments:
  vip: { where: name is not missing }
`;
const files: Record<string, string> = {
  'environments/pr.yaml': 'temporary: true\n',
  'campaigns/spring.crm.yaml': campaigns,
  'templates/spring.email.hbs': '---\nsubject: Spring\n---\n<p>Spring!</p><a href="{{unsubscribe_url}}">No more</a>\n',
  'exports/clients.csv': 'id,Email,Дата рождения\n1,anna@example.com,1990-03-05\n2,boris@example.com,1985-07-21\n',
  'exports/orders.csv': 'id,customer,at,total\no1,1,2026-03-01T10:00:00Z,100\no2,2,2026-03-02T10:00:00Z,200\n',
  'clients.csv': 'id,Email,Дата рождения\n1,anna@example.com,1990-03-05\n2,boris@example.com,1985-07-21\n',
  'visits.jsonl': '{"id":"v1","customer":"1","at":"2026-03-01T10:00:00Z","page":"a"}\n',
};

/** Examples that are not run: they run until they are stopped, or need a browser, a server of mail, a job of CI, or a store with several deployments, days or orders. */
const elsewhere = [
  /^crm run/,
  /^crm (reconcile|rollback)/,
  /^crm metrics --predictions/,
  /^crm lsp/,
  /^crm sync/,
  /^crm send-test/,
  /^crm ci (comment|apply|reconcile)/,
  /--watch/,
  /--open/,
];
/** Prepares the project that the examples need. */
const before: Record<string, string> = {
  'crm apply plan.json': 'plan --out plan.json',
  'crm convert --all --to yaml': 'convert --all --to dsl',
  'crm fmt --check campaigns': 'fmt',
  'crm resume --all': 'pause --all',
  'crm resume spring-sale': 'pause spring-sale',
  'crm unlock cart --force': 'lock cart --reason sale',
  'crm suppression lift anna@example.com': 'suppression add anna@example.com',
};
/** A day before the instants that examples name. */
const now = () => Date.UTC(2026, 2, 7, 10);

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-examples-'));
  expect(await run(root, 'init', 'shop', '--template', 'cart')).toMatchObject({ code: 0 });
  const shop = join(root, 'shop');
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(shop, path)), { recursive: true });
    await writeFile(join(shop, path), text);
  }
  // `crm metrics` needs to know which events are orders, and an attribute that many customers share.
  const text = await readFile(join(shop, 'crm.yaml'), 'utf8');
  const declared = text
    .replace('phone: phone,', 'phone: phone, source: string,')
    .replace('  consent:', '  rfm: { event: order_paid, value: total }\n  consent:');
  await writeFile(join(shop, 'crm.yaml'), declared);
  await appendFile(join(shop, 'sample/customers.csv'), 'c42,Anna Smith,anna@example.com,+447700900042,\n');
  expect(await run(shop, 'apply', '--auto-approve')).toMatchObject({ code: 0 });
  expect(await run(shop, 'tick', '--no-dispatch')).toMatchObject({ code: 0 });
});
afterAll(() => rm(root, { recursive: true }));

async function run(cwd: string, ...words: string[]) {
  const io = testIo(cwd, { now });
  const code = await crm(words, io);
  return { code, ...io.said };
}

/** Makes a repository of a folder. */
function commitTo(branch: string, folder: string): void {
  const who = ['-c', 'user.name=t', '-c', 'user.email=t@example.com', '-c', 'commit.gpgsign=false'];
  for (const words of [
    ['init', '-q', '-b', branch],
    ['add', '-A'],
    ['commit', '-q', '-m', 'first'],
  ])
    execFileSync('git', [...who, ...words], { cwd: folder });
}

/** Splits a call as a shell does; what leads into a file or another program is left out. */
function wordsOf(call: string): string[] {
  const own = call.replace(/^source <\((.*)\)$/, '$1').replace(/ > .*$/, '');
  return [...own.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '').slice(1);
}

const calls = Object.values(examples())
  .flat()
  .map(([call]) => call)
  .filter((call) => !elsewhere.some((one) => one.test(call)));

describe('the example', () => {
  it.each(calls)('%s', async (call) => {
    const folder = await mkdtemp(join(root, 'x-'));
    const shop = join(folder, 'shop');
    if (!call.startsWith('crm init')) await cp(join(root, 'shop'), shop, { recursive: true });
    const cwd = call.startsWith('crm init') ? folder : shop;
    const first = before[call];
    if (call.includes('--base main')) commitTo('main', shop);
    if (first) expect(await run(cwd, ...first.split(' '))).toMatchObject({ code: 0 });
    const { code, out, err } = await run(cwd, ...wordsOf(call));
    // A command that asks first has understood its options.
    if (!/nobody to ask/.test(err)) expect(code, out + err).toBe(0);
  });
});
