import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openStore } from '../../engine/store/open.ts';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

// Each plan lives through a week.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const now = Date.UTC(2026, 2, 2, 6);
const day = 86_400_000;
const hour = 3_600_000;
const customers = Array.from({ length: 60 }, (_, i) => `c${i}`);
let root: string;

async function run(words: string[], at: number) {
  const io = testIo(root, { now: () => at });
  const code = await crm(words, io);
  return { code, ...io.said };
}

const project = (time: string) => `
project: { name: shop, timezone: UTC, locale: en, currency: EUR, tick: 6 hours }
data:
  customers: { from: customers.csv, attributes: { phone: phone } }
  consent: consent.csv
channels:
  sms: { transport: file, directory: out }
campaigns:
  daily:
    on: { schedule: every day at ${time} }
    reenter: always
    steps: [{ send: { sms: hello } }]
`;
const withdrawn = customers.slice(0, 40);

const consent = (gone: string[]) =>
  `customer,channel,status,at\n${customers.map((id) => `${id},sms,granted,2026-01-01T00:00:00Z\n`).join('')}${gone
    .map((id) => `${id},sms,withdrawn,2026-03-05T08:00:00Z\n`)
    .join('')}`;

async function ticks(from: number, to: number): Promise<void> {
  for (let at = from; at <= to; at += 6 * hour) expect(await run(['tick'], at)).toMatchObject({ code: 0 });
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-reconcile-'));
  await mkdir(join(root, 'templates'));
  await writeFile(join(root, 'templates/hello.sms.hbs'), 'Hello\n');
  await writeFile(
    join(root, 'customers.csv'),
    `id,phone\n${customers.map((id, i) => `${id},+7900000${String(i).padStart(4, '0')}\n`).join('')}`,
  );
  await writeFile(join(root, 'consent.csv'), consent([]));
  await writeFile(join(root, 'crm.yaml'), project('12:00'));
});
afterAll(() => rm(root, { recursive: true }));

describe('crm reconcile', () => {
  it('has nothing to compare before a day is over', async () => {
    expect(await run(['reconcile'], now)).toMatchObject({
      code: 1,
      err: expect.stringContaining('nothing has been applied'),
    });
    expect(await run(['apply', '--auto-approve', '--json'], now)).toMatchObject({ code: 0 });
    await ticks(now, now + 18 * hour);
    expect(await run(['reconcile'], now + 18 * hour)).toMatchObject({
      code: 1,
      err: expect.stringContaining('Deployment 1 has not run for a whole day of its forecast'),
    });
    expect(await run(['reconcile', '7'], now)).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no deployment 7.'),
    });
  });

  it('finds what was forecast', async () => {
    await ticks(now + day, now + 2 * day);
    const { code, out } = await run(['reconcile', '--json'], now + 2 * day + hour);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      format: 1,
      type: 'reconcile',
      serial: 1,
      from: '2026-03-02T06:00:00.000Z',
      to: '2026-03-04T06:00:00.000Z',
      days: 2,
      of: 7,
      end: 'tick',
      sends: [{ campaign: 'daily', channel: 'sms', whole: 420, expected: 120, actual: 120, causes: [] }],
      entries: [{ campaign: 'daily', whole: 420, actual: 120 }],
    });
  });

  it('ends with the next deployment', async () => {
    await writeFile(join(root, 'crm.yaml'), project('18:00'));
    expect(await run(['apply', '--auto-approve', '--json'], now + 2 * day + 2 * hour)).toMatchObject({ code: 0 });
    await ticks(now + 2 * day + 6 * hour, now + 4 * day);
    const { out } = await run(['reconcile', '1'], now + 4 * day);
    expect(out).toBe(`Deployment 1, applied 2026-03-02 06:00 (UTC): its forecast, and what came of it
From 2026-03-02 06:00 to 2026-03-04 06:00: 2 of the 7 days of the forecast. Then deployment 2 took its place.

Messages
  campaign  channel  forecast  in these days  sent
  daily     sms           420  120 (100–140)   120  as forecast

Customers who entered
  campaign  forecast  entered in these days
  daily          420                    120

In brackets: what the number is with 90% confidence if the forecast is right, since customers do not behave exactly as
  simulated.
`);
  });

  it('explains why fewer were sent, the greatest cause first', async () => {
    await writeFile(join(root, 'consent.csv'), consent(withdrawn));
    await ticks(now + 4 * day + 6 * hour, now + 5 * day);
    await run(['pause', 'daily'], now + 5 * day);
    await run(['resume', 'daily'], now + 7 * day);
    await ticks(now + 7 * day, now + 10 * day);
    const { out } = await run(['reconcile'], now + 10 * day);
    expect(out).toContain(`From 2026-03-04 12:00 to 2026-03-11 12:00: 7 of the 7 days of the forecast.

Messages
  campaign  channel  forecast  in these days  sent
  daily     sms           420  420 (374–469)   200  fewer
    160 refused, +160 against the forecast: no consent for the channel
    paused by hand for 2 days
    360 customers entered, -60 against the forecast

Customers who entered
  campaign       forecast  entered
  daily     420 (374–469)      360  fewer
`);
  });

  it('has no forecast of other days, and none of an earlier version', async () => {
    const { db, close } = await openStore(join(root, '.kaskad/store.duckdb'), { who: 'crm test' });
    await db.run(sql`UPDATE deployment SET applied_at = applied_at + ${3 * day}::bigint WHERE serial = 1`);
    await db.run(sql`UPDATE deployment SET forecast = NULL WHERE serial = 2`);
    await close();
    expect(await run(['reconcile', '1'], now + 8 * day)).toMatchObject({
      code: 1,
      err: expect.stringContaining('The forecast of deployment 1 is of other days than those after its apply'),
    });
    expect(await run(['reconcile'], now + 8 * day)).toMatchObject({
      code: 1,
      err: expect.stringContaining('The forecast of deployment 2 was not kept'),
    });
  });
});
