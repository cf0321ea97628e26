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

const now = Date.UTC(2026, 2, 2, 12);
let root: string;

async function run(words: string[], at = now) {
  const io = testIo(root, { now: () => at });
  const code = await crm(words, io);
  return { code, ...io.said };
}

const project = (wait: string) => `
project: { name: shop, timezone: UTC, locale: en, currency: EUR, tick: 1 minute }
data:
  customers: { from: customers.csv, attributes: { email: email } }
  events: { registered: { from: registered.csv, fields: {} } }
  consent: consent.csv
channels:
  sms: { transport: file, directory: out }
campaigns:
  welcome:
    on: { event: registered }
    steps: [{ wait: ${wait} }, { send: { sms: hello } }]
  sale:
    on: { launch: manual }
    steps: [{ send: { sms: hello } }]
`;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-drift-'));
  await mkdir(join(root, 'templates'));
  await writeFile(join(root, 'templates/hello.sms.hbs'), 'Hello\n');
  await writeFile(join(root, 'customers.csv'), 'id,email\nc1,c1@example.com\n');
  await writeFile(join(root, 'consent.csv'), 'customer,channel,status,at\nc1,sms,granted,2026-01-01\n');
  await writeFile(join(root, 'registered.csv'), 'customer,at\nc1,2026-03-02T12:00:30Z\n');
  await writeFile(join(root, 'crm.yaml'), project('1 hour').replaceAll('email: email', 'email: email, phone: phone'));
});
afterAll(() => rm(root, { recursive: true }));

describe('crm drift', () => {
  it('needs a store', async () => {
    expect(await run(['drift'])).toMatchObject({ code: 1, err: expect.stringContaining('nothing has been applied') });
  });

  it('finds none after an apply, also where the files say the same otherwise', async () => {
    expect(await run(['apply', '--auto-approve', '--json'])).toMatchObject({ code: 0 });
    const none = 'No drift: deployment 1 is what the files say, and nothing is changed by hand.\n';
    expect(await run(['drift'])).toEqual({ code: 0, out: none, err: '' });
    await writeFile(
      join(root, 'crm.yaml'),
      project('60 minutes').replaceAll('email: email', 'email: email, phone: phone'),
    );
    expect(await run(['drift'])).toMatchObject({ code: 0, out: none });
  });

  it('shows what the files say otherwise, and what was done by hand', async () => {
    await writeFile(
      join(root, 'crm.yaml'),
      project('2 hours').replaceAll('email: email', 'email: email, phone: phone'),
    );
    await run(['pause', 'welcome']);
    await run(['launch', 'sale', '--at', '2026-03-03T10:00', '--auto-approve']);
    const { code, out } = await run(['drift']);
    expect(code).toBe(2);
    expect(out.replaceAll(/[0-9a-f]{12}/g, 'v')).toBe(`What runs → what the files say
  ~ campaign welcome  v → v  behavioural  crm.yaml:10:3
      steps.wait-1.wait  1 hour → 2 hours
      it changes the steps, their conditions, shares or times

By hand
  campaign welcome is paused since 2026-03-02 12:00; timers run on
  launch 1 of sale is requested for 2026-03-03 10:00

Deployment 1, applied 2026-03-02 12:00: 3 differences
`);
    const { code: same, out: json } = await run(['drift', '--json']);
    expect(same).toBe(2);
    expect(JSON.parse(json)).toMatchObject({
      format: 1,
      type: 'drift',
      differences: 3,
      deployment: { serial: 1, appliedAt: '2026-03-02T12:00:00.000Z' },
      changes: [{ address: 'campaign.welcome', origin: { line: 10 } }],
      pauses: [{ kind: 'campaign', name: 'welcome', since: '2026-03-02T12:00:00.000Z' }],
      launches: [{ launch: 1, campaign: 'sale', at: '2026-03-03T10:00:00.000Z' }],
      edited: [],
    });
  });

  it('shows first what another program has edited in the store', async () => {
    const { db, close } = await openStore(join(root, '.kaskad/store.duckdb'), { who: 'crm test' });
    await db.run(sql`UPDATE step SET ms = 5 WHERE id = 'wait-1'`);
    await close();
    const { code, out } = await run(['drift']);
    expect(code).toBe(2);
    expect(out.replaceAll(/[0-9a-f]{12}/g, 'v')).toMatch(
      /^Edited in the store\n {2}campaign welcome, version v: the rows of wait-1 are not those of its definition\n/,
    );
  });

  it('is told by crm plan too', async () => {
    const found = JSON.parse((await run(['drift', '--json'])).out);
    const { pauses, launches, edited } = found;
    const { drift, changes } = JSON.parse((await run(['plan', '--json'])).out);
    expect(drift).toEqual({ pauses, launches, edited });
    expect(edited).toHaveLength(1);
    expect(changes).toEqual(found.changes);
  });
});
