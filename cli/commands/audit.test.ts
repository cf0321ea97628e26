import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DuckDb } from '../../engine/store/duckdb.ts';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';
import { auditLines } from '../views/audit.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const now = Date.UTC(2026, 2, 2, 12);
let root: string;

async function run(words: string[], env: Record<string, string> = { CRM_ACTOR: 'ci' }) {
  const io = testIo(root, { now: () => now, env, view: { color: false, width: 200 } });
  const code = await crm(words, io);
  return { code, ...io.said };
}

async function entries(): Promise<{ what: string; who: string; facts: Record<string, unknown>; hash: string }[]> {
  const { out } = await run(['audit', '--json']);
  return out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-audit-'));
  await writeFile(
    join(root, 'crm.yaml'),
    `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  customers: { from: customers.csv, attributes: { email: email } }
  consent: consent.csv
channels:
  email: { transport: file, directory: out, from: Shop <shop@example.com>, unsubscribe: "https://shop.example/u" }
campaigns:
  news:
    on: { launch: manual }
    steps: [{ send: { email: hello } }]
`,
  );
  await writeFile(join(root, 'customers.csv'), 'id,email\nann@example.com,ann@example.com\nc2,c2@example.com\n');
  await writeFile(join(root, 'consent.csv'), 'customer,channel,status,at\nc2,email,granted,2026-01-01\n');
  await mkdir(join(root, 'templates'));
  await writeFile(
    join(root, 'templates/hello.email.hbs'),
    '---\nsubject: Hello\n---\n<a href="{{unsubscribe_url}}">No more</a>\n',
  );
  expect(await run(['plan', '--out', 'plan.json'])).toMatchObject({ code: 0 });
  expect(await run(['apply', 'plan.json', '--as', 'Ann'])).toMatchObject({ code: 0 });
  expect(await run(['tick'])).toMatchObject({ code: 0 });
});
afterAll(() => rm(root, { recursive: true }));

describe('crm audit', () => {
  it('lists what people did, with their names, and nothing that did nothing', async () => {
    await run(['pause', 'news'], { CRM_ACTOR: 'Bob' });
    await run(['pause', 'news'], { CRM_ACTOR: 'Bob' });
    await run(['resume', '--all']);
    await run(['launch', 'news', '--auto-approve']);
    await run(['suppression', 'add', 'ann@example.com', '--reason', 'called +79990000001']);
    await run(['suppression', 'lift', 'ann@example.com']);
    await run(['erase', 'ann@example.com', '--auto-approve']);
    // The store refuses it too; the file beside the plan would do so before the store is opened.
    await rm(join(root, 'plan.json.used'));
    await run(['apply', 'plan.json']);
    const found = await entries();
    expect(found.map(({ what, who }) => `${what} ${who}`)).toEqual([
      'apply Ann',
      'pause Bob',
      'resume ci',
      'launch ci',
      'suppress ci',
      'lift ci',
      'erase ci',
      'refuse ci',
    ]);
    expect(found[0]?.facts).toMatchObject({ deployment: 1, changed: expect.arrayContaining(['campaign.news']) });
    expect(found[7]?.facts).toMatchObject({ plan: found[0]?.facts.plan, reason: 'applied' });
    const { out } = await run(['audit']);
    expect(out).toMatch(/^ *2 {2}2026-03-02 12:00 {2}Bob {4}pause {5}[0-9a-f]{8}\n {3}kind: campaign, name: news$/m);
  });

  it('fits in 80 columns with long names', () => {
    const hash = 'a1'.repeat(32);
    const facts = { plan: hash, deployment: 1, changed: ['campaign.abandoned-cart', 'segment.sleeping'], key: hash };
    const entry = {
      serial: 12,
      at: now,
      who: 'anna.petrova@example.com',
      what: 'apply' as const,
      facts,
      hash,
      previous: '',
    };
    const lines = auditLines([entry], () => '2026-03-02 12:00', 80).split('\n');
    expect(lines[1]).toBe('12  2026-03-02 12:00  anna.petrova@example.com  apply  a1a1a1a1');
    expect(lines.filter((line) => line.length > 80)).toEqual([]);
  });

  it('has nothing of a customer', async () => {
    const { out } = await run(['audit', '--json']);
    expect(out).not.toMatch(/example\.com|79990000001/);
  });

  it('takes the name of git, or of the account, where nobody gives one', async () => {
    await run(['pause', '--all'], { CRM_ACTOR: '', USER: 'account', GIT_CONFIG_GLOBAL: '/dev/null' });
    expect((await entries()).at(-1)?.who).not.toBe('');
  });
});

describe('crm audit verify', () => {
  it('says that the log is whole, with the hash to keep, and finds it again', async () => {
    const last = (await entries()).at(-1)?.hash ?? '';
    const verified = await run(['audit', 'verify']);
    expect(verified).toMatchObject({ code: 0, out: expect.stringContaining(last) });
    expect(await run(['audit', 'verify', '--head', last])).toMatchObject({ code: 0 });
    expect(await run(['audit', 'verify', '--head', 'ffff'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('not the one that had this hash'),
    });
    expect(await run(['audit', '--head', last])).toMatchObject({ code: 1 });
  });

  it('names the first entry that is not as it was', async () => {
    const db = await DuckDb.open(join(root, '.kaskad/store.duckdb'));
    await db.run(sql`UPDATE audit SET who = 'Eve' WHERE serial = 2`);
    await db.close();
    expect(await run(['audit', 'verify', '--json'])).toMatchObject({
      code: 1,
      out: expect.stringContaining('"id":"audit-broken"'),
      err: expect.stringContaining('broken at entry 2: its content was changed'),
    });
  });
});
