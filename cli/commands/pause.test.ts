import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const now = Date.UTC(2026, 2, 2, 12);
let root: string;

async function run(words: string[], at = now) {
  const io = testIo(root, { now: () => at, view: { color: false, width: 1000 } });
  const code = await crm(words, io);
  return { code, ...io.said };
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-pause-'));
  await writeFile(
    join(root, 'crm.yaml'),
    `
project: { name: shop, timezone: UTC, locale: en, currency: EUR, tick: 1 minute }
data:
  customers: { from: customers.csv, attributes: { email: email, phone: phone } }
  events: { registered: { from: registered.csv, fields: {} } }
  consent: consent.csv
channels:
  email: { transport: file, directory: out }
  sms: { transport: file, directory: out }
campaigns:
  welcome:
    on: { event: registered }
    steps: [{ wait: 1 hour }, { send: { sms: hello } }]
  hello:
    on: { event: registered }
    steps: [{ send: { sms: hello } }]
`,
  );
  await writeFile(join(root, 'customers.csv'), 'id,email,phone\nc1,c1@example.com,+79990000001\n');
  await writeFile(join(root, 'consent.csv'), 'customer,channel,status,at\nc1,sms,granted,2026-01-01\n');
  await writeFile(join(root, 'registered.csv'), 'customer,at\nc1,2026-03-02T12:00:30Z\n');
  await mkdir(join(root, 'templates'));
  await writeFile(join(root, 'templates/hello.sms.hbs'), 'Hello\n');
  expect(await run(['apply', '--auto-approve', '--json'])).toMatchObject({ code: 0 });
  expect(await run(['tick', '--no-dispatch'], now + 60_000)).toMatchObject({ code: 0 });
});
afterAll(() => rm(root, { recursive: true }));

describe('crm pause and crm resume', () => {
  it('report what waits, also when repeated', async () => {
    expect(await run(['pause', 'welcome'], now + 60_000)).toMatchObject({
      code: 0,
      out: 'Campaign welcome is paused: 1 customer and 0 messages wait; timers run on. `crm resume welcome` lets go on.\n',
    });
    expect(await run(['pause', 'welcome'], now + 120_000)).toMatchObject({
      code: 0,
      out: 'Campaign welcome is paused already, since 2026-03-02 12:01: 1 customer and 0 messages wait; timers run on. `crm resume welcome` lets go on.\n',
    });
    const { out } = await run(['pause', '--channel', 'sms', '--json'], now + 60_000);
    expect(JSON.parse(out)).toEqual({
      format: 1,
      type: 'pause',
      target: { kind: 'channel', name: 'sms' },
      customers: 0,
      due: 0,
      messages: 1,
      since: '2026-03-02T12:01:00.000Z',
      shift: false,
      changed: true,
    });
  });

  it('are seen in status, plan and the story of a customer', async () => {
    const { out } = await run(['status'], now + 60_000);
    expect(out).toContain(`Paused
  campaign welcome since 2026-03-02 12:01: 1 customer and 0 messages wait; timers run on
  channel sms since 2026-03-02 12:01: 1 message waits
`);
    const told = (await run(['explain', 'c1'], now + 60_000)).out;
    expect(told).toContain(
      'now: at step wait-1, and moves no further: campaign welcome is paused since 2026-03-02 12:01',
    );
    expect(told).toContain('decided, not sent yet: channel sms is paused since 2026-03-02 12:01');
    const planned = (await run(['plan'], now + 60_000)).out;
    expect(planned).toContain(`By hand, and stays so
  campaign welcome is paused since 2026-03-02 12:01; timers run on
  channel sms is paused since 2026-03-02 12:01
`);
    expect(planned, 'the forecast heeds it').toContain('simulated on from the present state\n  none\n');
  });

  it('keep the messages of a channel from leaving by a tick', async () => {
    await run(['tick'], now + 120_000);
    expect(JSON.parse((await run(['status', '--json'], now + 120_000)).out)).toMatchObject({ outbox: { decided: 1 } });
  });

  it('say what becomes of the paused time, also in status, plans, the history and the story of a customer', async () => {
    const [from, to] = [now + 120_000, now + 180_000];
    expect((await run(['pause', 'welcome', '--shift'], from)).out).toContain('timers will be moved by the paused time');
    expect((await run(['status'], from)).out).toContain('messages wait; timers will be moved by the paused time\n');
    expect((await run(['plan'], from)).out).toContain('12:01; timers will be moved by the paused time\n');
    expect((await run(['history'], from)).out).toContain(
      '   campaign welcome is paused since 2026-03-02 12:01; timers will be moved by the paused time\n',
    );
    const { out } = await run(['resume', 'welcome', '--json'], to);
    expect(JSON.parse(out)).toMatchObject({ changed: true, moved: 1 });
    const over = 'campaign welcome was paused until 2026-03-02 12:03; timers were moved by the paused time';
    expect((await run(['explain', 'c1'], to)).out).toContain(over);
    expect((await run(['history'], to)).out).toContain(`   2026-03-02 12:01: ${over}\n`);
    expect((await run(['audit'], to)).out).toMatch(/resume .*\n.*shift: true/);
    expect(await run(['pause', '--channel', 'sms', '--shift'], to)).toMatchObject({
      code: 1,
      err: expect.stringContaining('Of a paused channel no timers wait'),
    });
    await run(['pause', 'welcome'], to);
    const { out: on } = await run(['resume', 'welcome', '--no-shift'], to);
    expect(on).toContain('timers ran on');
    await run(['pause', 'welcome'], from);
  });

  it('refuse what they do not know, and suggest', async () => {
    expect(await run(['pause', 'welcom'])).toMatchObject({
      code: 1,
      err: expect.stringContaining(
        'There is no campaign "welcom" in what is applied.\n  help: Did you mean "welcome"?',
      ),
    });
    expect(await run(['pause', '--channel', 'smm'])).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is no channel "smm" in what is applied.\n  help: Did you mean "sms"?'),
    });
    expect(await run(['pause'])).toMatchObject({ code: 1, err: expect.stringContaining('nothing named to pause') });
    expect(await run(['resume', 'hello', '--all'])).toMatchObject({ code: 1 });
  });

  it('lift one pause, or all of them', async () => {
    const at = now + 2 * 3_600_000;
    expect(await run(['resume', 'welcome'], at)).toMatchObject({
      code: 0,
      out: 'Campaign welcome goes on: 1 customer inside, of whom 1 is due and moves at the next tick; 0 messages in the outbox; timers ran on.\n',
    });
    expect(await run(['resume', 'welcome'], at)).toMatchObject({ code: 0, out: 'Campaign welcome is not paused.\n' });
    expect(await run(['pause', '--all'], at)).toMatchObject({ code: 0, out: expect.stringContaining('Everything is') });
    expect((await run(['pause', 'welcome'], at)).out).toContain(
      'Everything is paused, too: `crm resume --all` lifts both pauses.',
    );
    expect(await run(['resume', 'welcome'], at)).toMatchObject({
      code: 3,
      err: expect.stringContaining('Everything is paused, campaign welcome too.'),
    });
    expect(await run(['resume', '--all'], at)).toMatchObject({ code: 0 });
    await run(['tick'], at);
    expect(JSON.parse((await run(['status', '--json'], at)).out)).toMatchObject({ outbox: { sent: 2 }, pauses: [] });
  });
});
