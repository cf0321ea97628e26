import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { DuckDb } from '../../engine/store/duckdb.ts';
import { dump } from '../../test/dump.ts';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const start = Date.UTC(2026, 2, 2, 12);
const minute = 60_000;

let root: string;
let now: number;

async function call(...words: string[]) {
  const io = testIo(root, { now: () => now, env: { CRM_ACTOR: 'ci' }, view: { color: false, width: 300 } });
  const code = await crm(words, io);
  return { code, ...io.said };
}

async function contents(): Promise<object> {
  const path = join(root, '.kaskad/store.duckdb');
  if (!existsSync(path)) return {};
  const db = await DuckDb.open(path);
  const { audit: _, meta: __, ...rest } = await dump(db);
  await db.close();
  return rest;
}

/** Calls a command that must be refused, and expects the rest of the store to be as before. */
async function refused(...words: string[]) {
  const before = await contents();
  const { code, err } = await call(...words);
  expect(code, err).toBe(3);
  expect(await contents()).toEqual(before);
  return err;
}

async function writeProject({ guards = '', title = 'News', campaigns = ['news', 'more'] } = {}): Promise<void> {
  await writeFile(
    join(root, 'crm.yaml'),
    `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  customers: { from: customers.csv, attributes: { phone: phone, city: string } }
  consent: consent.csv
channels:
  sms: { transport: file, directory: out, price: 2 }
${guards && `policies:\n  guards: { ${guards} }\n`}
segments:
  tver: { where: city == "Tver" }
campaigns:${campaigns.length === 0 ? ' {}' : ''}
${campaigns
  .map(
    (name) => `  ${name}:
    title: ${title}
    on: { schedule: every day at 13:00 }
    audience: in segment tver
    steps: [{ send: { sms: hello } }]`,
  )
  .join('\n')}
`,
  );
}

async function writeCustomers(count: number): Promise<void> {
  const ids = Array.from({ length: count }, (_, i) => `c${i}`);
  await writeFile(
    join(root, 'customers.csv'),
    `id,phone,city\n${ids.map((id, i) => `${id},+7900000${String(i).padStart(4, '0')},Tver\n`).join('')}`,
  );
  await writeFile(
    join(root, 'consent.csv'),
    `customer,channel,status,at\n${ids.map((id) => `${id},sms,granted,2026-01-01\n`).join('')}`,
  );
}

async function must(...words: string[]) {
  const said = await call(...words);
  expect(said.code, said.err).toBe(0);
  return said.out;
}

beforeEach(async () => {
  now = start;
  root = await mkdtemp(join(tmpdir(), 'kaskad-guards-'));
  await mkdir(join(root, 'templates'));
  await writeFile(join(root, 'templates/hello.sms.hbs'), 'Hello\n');
  await writeCustomers(10);
});
afterEach(() => rm(root, { recursive: true }));

describe('guards', () => {
  it('refuse a plan whose audience has grown since, with the numbers and the flag', async () => {
    await writeProject();
    await must('apply', '--auto-approve');
    now += minute;
    await must('tick', '--no-dispatch');
    await writeProject({ guards: 'max_audience_growth: 20%', title: 'Better news' });
    await must('plan', '--out', 'plan.json');
    await writeCustomers(13);
    now += minute;
    await must('tick', '--no-dispatch');
    expect(await refused('apply', 'plan.json')).toContain(
      'The audiences of 2 campaigns have grown by more than 20% since the plan: more from 10 to 13 customers.',
    );
    expect(await refused('apply', 'plan.json')).toContain('--allow max_audience_growth');
    await must('apply', 'plan.json', '--allow', 'max_audience_growth');
  });

  it('let a plan pass whose audience has grown within the tolerance', async () => {
    await writeProject();
    await must('apply', '--auto-approve');
    now += minute;
    await must('tick', '--no-dispatch');
    await writeProject({ guards: 'max_audience_growth: 20%', title: 'Better news' });
    await must('plan', '--out', 'plan.json');
    await writeCustomers(12);
    now += minute;
    await must('tick', '--no-dispatch');
    await must('apply', 'plan.json');
  });

  it('are the first thing that a plan says in each view, and hold until each is allowed', async () => {
    await writeProject({ guards: 'max_recipients: 5, max_budget: 30.5, no_apply: { from: "00:00", to: "00:00" }' });
    const plan = await must('plan', '--out', 'plan.json');
    const said = [
      '10 customers would get a message within 7 days, and the guard `max_recipients` lets 5 pass.',
      'The messages of 7 days would cost €40.00, and the guard `max_budget` lets €30.50 pass.',
      'Nothing is applied from 00:00 to 00:00 (UTC), and it is that time.',
    ];
    for (const one of said) expect(plan.indexOf(one)).toBeLessThan(plan.indexOf('Messages from'));
    expect(plan).toContain('allow: --allow max_budget');
    const markdown = await must('plan', '--format', 'markdown');
    for (const one of said) expect(markdown.indexOf(one.slice(0, 30))).toBeGreaterThan(0);
    expect(markdown).toContain('crm apply --allow max_recipients --allow max_budget --allow no_apply');
    expect(await refused('apply', 'plan.json')).toContain('--allow max_recipients --allow max_budget --allow no_apply');
    expect(await refused('apply', '--auto-approve', '--allow', 'max_budget')).toContain(
      '--allow max_recipients --allow no_apply',
    );
    await must(
      'apply',
      'plan.json',
      ...['max_recipients', 'max_budget', 'no_apply'].flatMap((one) => ['--allow', one]),
    );
  });

  it('refuse to remove everything at once', async () => {
    await writeProject();
    await must('apply', '--auto-approve');
    await writeProject({ campaigns: [] });
    const each = ['--allow', 'campaign.news', '--allow', 'campaign.more'];
    expect(await refused('apply', '--auto-approve', ...each)).toContain(
      'The plan removes all 2 campaigns that are applied.',
    );
    await must('apply', '--auto-approve', ...each, '--allow', 'remove_all');
  });
});

describe('a clock that was set back', () => {
  it('makes an apply refuse, and changes nothing', async () => {
    await writeProject();
    await must('plan', '--out', 'plan.json');
    now -= 10 * minute;
    expect(await refused('apply', 'plan.json')).toContain(
      'The plan was made at 2026-03-02 12:00 (UTC), and by the clock of this machine it is 2026-03-02 11:50',
    );
    now = start - 4 * minute;
    await must('apply', 'plan.json');
    await writeProject({ title: 'Better news' });
    now = start - 20 * minute;
    expect(await refused('apply', '--auto-approve')).toContain('The last apply was at 2026-03-02 11:56');
  });
});
