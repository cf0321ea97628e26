import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const now = Date.UTC(2026, 2, 2, 12);
let folder: string;
let root: string;

async function run(words: string[], cwd = root) {
  const io = testIo(cwd, { now: () => now });
  const code = await crm(words, io);
  return { code, ...io.said };
}

const project = (wait: string) => `
project: { name: shop, timezone: UTC, locale: en, currency: EUR, tick: 1 hour }
data:
  customers: { from: customers.csv, attributes: { email: email, phone: phone } }
  events: { registered: { from: registered.csv, fields: {} }, paid: { from: paid.csv, fields: {} } }
  consent: consent.csv
channels:
  sms: { transport: file, directory: out, price: 0.1 }
campaigns:
  welcome:
    on: { event: registered }
    exit: { event: paid }
    steps: [{ send: { sms: hello } }, { wait: ${wait} }, { send: { sms: hello } }]
`;
const customers = Array.from({ length: 20 }, (_, i) => i);
/** The instant of a day of January. */
const at = (day: number, hour: number) => new Date(Date.UTC(2026, 0, day, hour, 30)).toISOString();

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kaskad-backtest-'));
  root = join(folder, 'shop');
  await mkdir(join(root, 'templates'), { recursive: true });
  await writeFile(join(root, 'templates/hello.sms.hbs'), 'Hello\n');
  const lines = (head: string, row: (i: number) => string) => `${head}\n${customers.map(row).join('')}`;
  await writeFile(
    join(root, 'customers.csv'),
    lines('id,email,phone', (i) => `c${i},c${i}@example.com,+7900000${1000 + i}\n`),
  );
  // The last four have withdrawn their consent since.
  await writeFile(
    join(root, 'consent.csv'),
    lines(
      'customer,channel,status,at',
      (i) => `c${i},sms,granted,2025-01-01\n${i < 16 ? '' : `c${i},sms,withdrawn,2026-02-01\n`}`,
    ),
  );
  // One a day registers from 1 January on; every second one pays two days later.
  await writeFile(
    join(root, 'registered.csv'),
    lines('customer,at', (i) => `c${i},${at(i + 1, 10)}\n`),
  );
  await writeFile(
    join(root, 'paid.csv'),
    lines('customer,at', (i) => (i % 2 === 0 ? `c${i},${at(i + 3, 10)}\n` : '')),
  );
  await writeFile(join(root, 'crm.yaml'), project('1 day'));
  await cp(root, join(folder, 'before'), { recursive: true });
  await writeFile(join(root, 'crm.yaml'), project('3 days'));
});
afterAll(() => rm(folder, { recursive: true }));

const period = ['--from', '2026-01-01', '--to', '2026-01-31'];

describe('crm backtest', () => {
  it('replays a period through the files and a base, with consent as it was then', async () => {
    const { code, out } = await run(['backtest', ...period, '--base', '../before']);
    expect(code).toBe(0);
    expect(out).toContain(`Backtest of shop (against the files in ../before)
From 2026-01-01 00:00 to 2026-01-31 00:00 (UTC): 30 days of the data files, replayed.
`);
    // Each of 20 gets two messages by the base; by the files, buyers get one.
    expect(out).toMatch(/sms +welcome +\d+ +40 → 30 +€4.00 → €3.00/);
    expect(out).toContain('channel  campaign  24 hours  30 days  cost in 30 days');
    expect(out).toMatch(/campaign welcome +leave within 30 days/);
    expect(out).toContain('steps.wait-2.wait  1 day → 3 days');
    expect(out).toContain('The last event in the data is of 2026-01-21 10:30.');
  });

  it('has the numbers of a simulation of the same days', async () => {
    const { out } = await run(['backtest', ...period, '--base', '../before', '--json']);
    const found = JSON.parse(out);
    expect(found).toMatchObject({
      format: 1,
      type: 'backtest',
      against: { kind: 'folder', name: '../before' },
      forecast: { basis: 'sources', from: '2026-01-01T00:00:00.000Z', to: '2026-01-31T00:00:00.000Z' },
      dataUntil: '2026-01-21T10:30:00.000Z',
    });
    const simulated = async (cwd: string) => {
      const { out } = await run(['simulate', ...period, '--json'], cwd);
      const last = JSON.parse(out.trim().split('\n').at(-1) ?? '');
      return last.totals.sent;
    };
    const [week] = found.forecast.sends.map((one: { week: object }) => one.week);
    expect(week).toEqual({ before: await simulated(join(folder, 'before')), after: await simulated(root) });
  });

  it('is a page, and Markdown of limited length', async () => {
    const page = await run(['backtest', ...period, '--base', '../before', '--format', 'html']);
    expect(page.out).toContain('<h1>In 30 days of the data: sms 40 → 30; cost €4.00 → €3.00 (−25%).</h1>');
    expect(page.out).toContain('The last event in the data is of 2026-01-21 10:30.');
    expect(page.err).toBe('');
    const refused = await run(['backtest', ...period, '--budget', '5000']);
    expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('--budget is of no use here') });
  });

  it('compares with what is applied, and leaves the store and who is inside alone', async () => {
    const alone = await run(['backtest', ...period]);
    expect(alone.out, 'nothing is applied').toMatch(/^Backtest of shop\n/);
    await writeFile(join(root, 'crm.yaml'), project('1 day'));
    expect(await run(['apply', '--auto-approve', '--json'])).toMatchObject({ code: 0 });
    expect(await run(['tick', '--no-dispatch'])).toMatchObject({ code: 0 });
    const same = await run(['backtest', ...period]);
    expect(same.out).toContain('Backtest of shop (against deployment 1)\n');
    expect(same.out).toContain('Both do the same.');
    await writeFile(join(root, 'crm.yaml'), project('3 days'));
    expect((await run(['backtest', ...period])).out).toMatch(/sms +welcome +\d+ +40 → 30 /);
    expect(JSON.parse((await run(['history', '--json'])).out).deployments).toHaveLength(1);
  });

  it('replays versions whole, whatever share of entrants a rollout of the change gives them', async () => {
    await writeFile(
      join(root, 'crm.yaml'),
      project('3 days').replace('    steps:', '    rollout: { change: [10% for 2 days, 100%] }\n    steps:'),
    );
    const sends = async () => JSON.parse((await run(['backtest', ...period, '--json'])).out).forecast.sends[0].week;
    expect(await sends()).toEqual({ before: 40, after: 30 });
    expect(await run(['apply', '--auto-approve', '--json'])).toMatchObject({ code: 0 });
    expect(await sends()).toEqual({ before: 30, after: 30 });
  });

  it('is of the past, from its beginning to its end', async () => {
    const refused = (words: string[]) => run(['backtest', ...words]);
    expect(await refused([])).toMatchObject({ code: 1 });
    expect(await refused(['--from', '2026-01-01', '--to', '2027-01-01'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('--to lies in the future'),
    });
    expect(await refused(['--from', '2026-01-02', '--to', '2026-01-02'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('The backtest would end before it begins.'),
    });
    expect(await refused(['--from', 'then'])).toMatchObject({ code: 1, err: expect.stringContaining('--from is not') });
  });
});
