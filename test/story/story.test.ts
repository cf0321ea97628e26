import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql, { type Sql } from 'sql-template-tag';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Row } from '../../engine/store/database.ts';
import { DuckDb } from '../../engine/store/duckdb.ts';
import { customers, Shop } from './shop.ts';

vi.setConfig({ testTimeout: 900_000, hookTimeout: 900_000 });

const hasKeygen = spawnSync('ssh-keygen', ['-?']).error === undefined;
const think = '      - { id: think, wait: 2 days }\n';
const day = '      - { id: day, wait: 1 day }\n';
/** All that the commands have printed and written for others to read. */
const artefacts: string[] = [];
let shop: Shop;

beforeAll(async () => {
  shop = new Shop(await mkdtemp(join(tmpdir(), 'kaskad-story-')));
});
afterAll(() => rm(shop.root, { recursive: true }));

async function query<T extends Row>(statement: Sql): Promise<T[]> {
  const db = await DuckDb.open(join(shop.root, '.kaskad/store.duckdb'));
  try {
    return await db.query<T>(statement);
  } finally {
    await db.close();
  }
}

async function exits(code: number, ...words: string[]): Promise<string> {
  const found = await shop.call(...words);
  const said = found.out + found.err;
  artefacts.push(said);
  expect(found.code, `crm ${words.join(' ')}: ${said}`).toBe(code);
  return said;
}

/** Approves and applies a plan that has been written. */
async function deliver(file: string): Promise<void> {
  await exits(3, 'apply', file);
  await exits(0, 'approve', file, '--key', 'id_bob', '--auto-approve');
  artefacts.push(await shop.read(file), await shop.read(`${file}.approvals`));
  await exits(0, 'apply', file);
}

/** Returns the number of customers at each step. */
async function inside(): Promise<Record<string, number>> {
  const rows = await query<{ step: string; n: number }>(sql`
    SELECT concat(CASE WHEN k.is_current THEN '' ELSE 'earlier ' END, e.campaign, '/', s.id) AS step, count(*) AS n
    FROM enrolment e JOIN campaign k ON k.campaign = e.campaign AND k.version = e.version JOIN step s ON s.step = e.step
    WHERE e.status = 'active' GROUP BY 1`);
  return Object.fromEntries(rows.map(({ step, n }) => [step, n]));
}

// OpenSSH signs the approvals; a machine without it cannot make any.
it.skipIf(!hasKeygen)('a change is planned, refused, mended, approved, applied, rolled back and recalled', async () => {
  spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'bob', '-f', join(shop.root, 'id_bob')]);
  const [kind = '', key = ''] = (await shop.read('id_bob.pub')).split(' ');
  await shop.writeProject(`bob@example.com ${kind} ${key}`);
  await shop.writeCare('3 days');
  await shop.writeWelcome({ rest: think });
  await shop.writeData();
  await shop.git('init', '-q', '-b', 'main');
  await shop.commit('Add the shop');
  await exits(0, 'plan', '--out', 'plan.json');
  await deliver('plan.json');
  await shop.tick(36);
  expect(await inside()).toEqual({ 'care/pause': customers, 'welcome/think': customers });

  // A branch changes the shares of a split, and removes the step at which everybody stands.
  await shop.git('checkout', '-qb', 'more-gifts');
  await shop.writeCare('1 day');
  await shop.writeWelcome({ shares: ['20%', '80%'], rest: day });
  expect(await exits(0, 'plan', '--base', 'main', '--format', 'markdown')).toContain('1 breaking');
  expect(await exits(0, 'plan', '--format', 'html')).toMatch(/^<!doctype html>/i);
  expect(await exits(0, 'plan', '--out', 'plan-1.json')).toMatch(/Breaking\n.*welcome.*think/s);
  expect(await exits(3, 'apply', 'plan-1.json', '--allow', 'campaign.welcome')).toContain(
    'The plan needs 1 approval and has none',
  );

  // The mended change takes everybody with it.
  const also = '    in_flight: migrate\n    moved: { think: day }\n';
  await shop.writeWelcome({ shares: ['20%', '80%'], rest: day, also });
  await shop.commit('Give more gifts');
  expect(await exits(0, 'plan', '--base', 'main', '--format', 'markdown')).not.toContain('breaking');
  const plan = JSON.parse(await exits(0, 'plan', '--json', '--out', 'plan-2.json'));
  expect(plan.summary).toMatchObject({ change: 2, breaking: 0 });
  const before = await query(sql`SELECT count(*) AS n FROM message`);
  expect(before).toEqual([{ n: customers }]);
  await deliver('plan-2.json');
  expect(await inside()).toEqual({ 'earlier care/pause': customers, 'welcome/day': customers });

  await shop.tick(36 + 7 * 24);
  expect(await inside(), 'the earlier version has drained').toEqual({});
  const sent = await query<{ template: string; n: number; twice: number }>(sql`
    SELECT template, count(*) AS n, count(*) - count(DISTINCT customer) AS twice FROM message WHERE status = 'sent'
    GROUP BY template ORDER BY template`);
  const arms = sent.filter(({ template }) => ['hello', 'gift'].includes(template));
  expect(
    arms.reduce((sum, { n }) => sum + n, 0),
    'those inside keep their arm',
  ).toBe(customers);
  expect(sent.filter(({ template }) => !['hello', 'gift'].includes(template))).toEqual(
    ['care', 'last', 'nudge'].map((template) => ({ template, n: customers, twice: 0 })),
  );
  const week = Object.fromEntries(
    plan.forecast.sends.map((one: { campaign: string; channel: string; week: { after: number } }) => [
      `${one.campaign} ${one.channel}`,
      one.week.after,
    ]),
  );
  expect(week, 'the forecast').toEqual({
    'care email': customers,
    'welcome email': customers,
    'welcome sms': customers,
  });
  expect(await exits(0, 'reconcile')).toContain('welcome');

  // It is taken back, and then recalled.
  await exits(0, 'rollback', '--out', 'back.json');
  await deliver('back.json');
  const { deployments } = JSON.parse(await exits(0, 'history', '--json'));
  expect(deployments.map(({ serial }: { serial: number }) => serial)).toEqual([3, 2, 1]);
  const recalled = await exits(0, 'recall', 'welcome', '--since', '2026-03-01', '--auto-approve');
  expect(recalled).toContain((2 * customers).toLocaleString('en'));
  const lists = await readdir(join(shop.root, '.kaskad/recall'), { recursive: true });
  expect(lists.filter((path) => path.includes('received')).length).toBe(2);
  await exits(0, 'audit', 'verify');
  await exits(0, 'audit');
  await exits(0, 'status');

  // The lists are for those who must check; nothing else names a customer.
  expect(artefacts.join('\n')).not.toMatch(/Zarina|private\d|\+7916/);
});
