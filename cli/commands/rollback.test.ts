import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openStore } from '../../engine/store/open.ts';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';
import { rollback } from './rollback.ts';

// Each plan lives through a week.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const now = Date.UTC(2026, 2, 2, 12);
const hour = 3_600_000;
let root: string;

const io = (at: number, part = {}) => testIo(root, { now: () => at, env: { CRM_ACTOR: 'anna' }, ...part });

async function run(words: string[], at = now) {
  const one = io(at);
  const code = await crm(words, one);
  return { code, ...one.said };
}

const project = (wait: string, more = '') => `
project: { name: shop, timezone: UTC, locale: en, currency: EUR, tick: 1 minute }
data:
  customers: { from: customers.csv, attributes: { email: email } }
  events: { registered: { from: registered.csv, fields: {} } }
  consent: consent.csv
channels:
  email: { transport: file, directory: out, unsubscribe: "https://shop.example/u" }
campaigns:
  welcome:
    on: { event: registered }
    steps: [{ wait: ${wait} }, { send: { email: hello } }]
${more}`;

const write = (text: string) => writeFile(join(root, 'crm.yaml'), text);
const apply = (at: number) => run(['apply', '--auto-approve', '--json', '--allow', 'campaign.more'], at);
const history = async () => {
  const { out } = await run(['history', '--json']);
  return JSON.parse(out).deployments as Record<string, unknown>[];
};

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-rollback-'));
  await mkdir(join(root, 'templates'));
  await writeFile(
    join(root, 'templates/hello.email.hbs'),
    '---\nsubject: Hello\n---\n<a href="{{unsubscribe_url}}">No more</a>\n',
  );
  await writeFile(join(root, 'customers.csv'), 'id,email\nc1,c1@example.com\n');
  await writeFile(join(root, 'consent.csv'), 'customer,channel,status,at\nc1,email,granted,2026-01-01\n');
  await writeFile(join(root, 'registered.csv'), 'customer,at\nc1,2026-03-02T12:00:30Z\n');
  await write(project('1 hour'));
});
afterAll(() => rm(root, { recursive: true }));

describe('crm history and crm rollback', () => {
  it('need something applied', async () => {
    expect(await run(['history'])).toMatchObject({ code: 1, err: expect.stringContaining('nothing has been applied') });
    expect(await run(['rollback', '--auto-approve'])).toMatchObject({ code: 1 });
  });

  it('have nothing before the first deployment', async () => {
    expect(await apply(now)).toMatchObject({ code: 0 });
    expect(await run(['rollback', '--auto-approve'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('Deployment 1 is the first: there is none to go back to.'),
    });
    expect((await run(['history'])).out).toBe(`Times are in UTC, the project's zone.
1  2026-03-02 12:00  by anna  applied now
   the first: 1 campaign, 0 segments and 1 template
`);
  });

  it('list what each apply has changed', async () => {
    await write(project('2 hours', '  more: { on: { event: registered }, steps: [{ send: { email: hello } }] }\n'));
    await apply(now + hour);
    await write(project('3 hours'));
    await apply(now + 2 * hour);
    expect((await run(['history'])).out).toBe(`Times are in UTC, the project's zone.
3  2026-03-02 14:00  by anna  applied now
   ~ campaign welcome, - campaign more
2  2026-03-02 13:00  by anna
   + campaign more, ~ campaign welcome
1  2026-03-02 12:00  by anna
   the first: 1 campaign, 0 segments and 1 template
`);
    expect((await run(['history', '--limit', '1'])).out).toContain('2 earlier: `crm history --limit 3`');
  });

  it('ask nobody without a terminal, and take no for an answer', async () => {
    const { code, err } = await run(['rollback', '1']);
    expect(code).toBe(1);
    expect(err).toContain('nobody to ask');
    expect(err).toContain('`crm rollback 1 --out plan.json`, then `crm apply plan.json`');
    expect((await run(['rollback', '7'])).err).toContain('There is no deployment 7; the applied one is 3.');
    const asked = io(now + 3 * hour, { terminal: { stdin: true, stdout: true, stderr: true } });
    expect(await rollback(asked, 1, {}, async () => false)).toBe(1);
    expect(asked.said.out).toContain('Back to deployment 1, applied 2026-03-02 12:00 (UTC)\n');
    expect(asked.said.out).toContain('steps.wait-1.wait  3 hours → 1 hour');
    expect(await history()).toHaveLength(3);
  });

  it('go back by a plan of their own, as a new deployment', async () => {
    const { code, out } = await run(['rollback', '--auto-approve'], now + 3 * hour);
    expect(code).toBe(0);
    expect(out).toContain('Plan: 1 to add, 1 to change, 0 to remove');
    expect(out).toContain('Applied as deployment 4.');
    expect(out).toContain('The files are as they were');
    const [applied, , second] = await history();
    expect(applied).toMatchObject({ serial: 4, sameAs: 2, hash: second?.hash, applied: true, by: 'anna' });
    expect((await run(['rollback', '2', '--auto-approve'])).out).toBe(
      'Nothing to do: deployment 4 is the same as deployment 2.\n',
    );
    expect((await run(['plan', '--detailed-exitcode'], now + 3 * hour)).code, 'the files still say otherwise').toBe(2);
  });

  it('say that the files are to follow only where they do not say the same already', async () => {
    expect((await run(['rollback', '3', '--auto-approve', '--allow', 'campaign.more'], now + 3.5 * hour)).out).toMatch(
      /Applied as deployment 5\.[^\n]*\n$/,
    );
    expect((await run(['rollback', '2', '--auto-approve'], now + 3.5 * hour)).out).toContain('The files are as they');
  });

  it('write the plan, which apply executes and which gets stale', async () => {
    const file = join(root, 'back.json');
    const at = now + 4 * hour;
    expect((await run(['rollback', '1', '--out', 'back.json'], at)).out).toContain(
      'crm apply back.json --allow campaign.more\n',
    );
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await history(), 'nothing is applied').toHaveLength(6);
    expect(await run(['apply', file, '--allow', 'campaign.more'], at)).toMatchObject({ code: 0 });
    expect((await history())[0]).toMatchObject({ serial: 7, sameAs: 1 });
    expect(await run(['apply', file, '--allow', 'campaign.more'], at)).toMatchObject({ code: 3 });
  });

  it('name a deployment that is not there, and one whose files were not kept', async () => {
    expect(await run(['rollback', '9', '--auto-approve'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no deployment 9; the applied one is 7.'),
    });
    expect(await run(['rollback', 'x', '--auto-approve'])).toMatchObject({ code: 1 });
    const { db, close } = await openStore(join(root, '.kaskad/store.duckdb'), { who: 'crm test' });
    await db.run(sql`UPDATE deployment SET document = NULL WHERE serial = 3`);
    await close();
    expect(await run(['rollback', '3', '--auto-approve'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('The files of deployment 3 were not kept'),
    });
    expect((await run(['history'])).out).toContain('3  2026-03-02 14:00  by anna  its files were not kept\n');
  });

  it('keep the forecast of each plan', async () => {
    const { db, close } = await openStore(join(root, '.kaskad/store.duckdb'), { who: 'crm test' });
    const rows = await db.query<{ forecast: string }>(sql`SELECT forecast FROM deployment ORDER BY serial`);
    await close();
    expect(rows.map(({ forecast }) => Object.keys(JSON.parse(forecast)).includes('sends'))).toEqual(
      Array(7).fill(true),
    );
  });

  it('do not go back to files that somebody has edited in the store', async () => {
    const before = await history();
    const { db, close } = await openStore(join(root, '.kaskad/store.duckdb'), { who: 'crm test' });
    await db.run(sql`UPDATE deployment SET document = replace(document, 'No more', 'No less') WHERE serial = 2`);
    await close();
    expect(await run(['rollback', '2', '--auto-approve'], now + 4 * hour)).toMatchObject({
      code: 1,
      err: expect.stringContaining('it does not know deployment 2, or not as it is'),
    });
    expect((await history()).length).toBe(before.length);
    expect((await run(['rollback', '4', '--auto-approve'], now + 4 * hour)).code).toBe(0);
  });
});
