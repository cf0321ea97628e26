import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testIo } from '../../test/io.ts';
import { type Mailbox, openMailbox, refusal } from '../../test/smtp.ts';
import { crm } from '../crm.ts';

const start = Date.parse('2026-11-22T08:00:00Z');
const minute = 60_000;
let now = start;
let root: string;
let server: Mailbox;

async function run(...words: string[]) {
  const io = testIo(root, { now: () => now, env: { CRM_ACTOR: 'anna' } });
  const code = await crm(words, io);
  return { code, ...io.said };
}

const project = () => `
project: { name: shop, timezone: UTC, locale: en, currency: EUR, tick: 1 minute }
data:
  customers: { from: customers.csv, attributes: { email: email } }
  events: { registered: { from: registered.csv, fields: {} } }
channels:
  email: { transport: smtp, url: "${server.url}", from: Shop <shop@example.com>, unsubscribe: https://shop.example/u }
campaigns:
  welcome:
    category: transactional
    on: { event: registered }
    rollout: [99% for 2 days, 100%]
    guardrails: { bounced: 40%, complained: 0.1%, min_messages: 4 }
    steps: [{ wait: 1 minute }, { send: { email: hello } }]
`;

beforeAll(async () => {
  server = await openMailbox({
    onRcptTo: ({ address }, _, callback) => callback(address.startsWith('gone') ? refusal(550, '5.1.1 unknown') : null),
  });
  root = await mkdtemp(join(tmpdir(), 'kaskad-guardrails-'));
  await mkdir(join(root, 'templates'));
  await writeFile(join(root, 'crm.yaml'), project());
  await writeFile(join(root, 'templates/hello.email.hbs'), '---\nsubject: Hello\n---\nHello\n');
  const ids = ['c1', 'c2', 'gone1', 'gone2', 'c3'];
  await writeFile(join(root, 'customers.csv'), `id,email\n${ids.map((id) => `${id},${id}@example.com\n`).join('')}`);
  const registered = ids.map((id) => `${id},2026-11-22T08:0${id === 'c3' ? 2 : 0}:30Z\n`);
  await writeFile(join(root, 'registered.csv'), `customer,at\n${registered.join('')}`);
  expect(await run('apply', '--auto-approve')).toMatchObject({ code: 0 });
});
afterAll(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

it('a tick that finds guardrails crossed pauses the campaign and exits with 3; status, plan, history and the audit log say why', async () => {
  const codes: number[] = [];
  const said: string[] = [];
  for (let i = 1; i <= 4; i++) {
    now = start + i * minute;
    const { code, out } = await run('tick');
    codes.push(code);
    said.push(out);
  }
  expect(codes).toEqual([0, 0, 3, 0]);
  const why = 'bounces: 2 of 4 messages, 50% (at most 40%)';
  expect(said[2]).toContain(`welcome was paused by its guardrails: ${why}. \`crm resume welcome\` lets it go on.\n`);
  expect(said[3]).toContain('Nothing was due to be sent.');
  const status = (await run('status')).out.replaceAll(/\s+/g, ' ');
  expect(status).toContain(`1 customer and 0 messages wait; timers run on; its guardrails did it: ${why}`);
  expect(status).toContain(
    'Guardrails welcome, 4 messages within 7 days: complaints: 0, 0% (at most 0.1%); bounces: 2, 50% (at most 40%)',
  );
  expect((await run('plan')).out.replaceAll(/\s+/g, ' ')).toContain(
    'welcome: lets in 99% of the customers since 2026-11-22 08:00, held by its guardrails until `crm resume welcome`, then 100%',
  );
  for (const command of ['plan', 'history'])
    expect((await run(command)).out.replaceAll(/\s+/g, ' ')).toContain(`its guardrails did it: ${why}`);
  expect(
    (await run('audit', '--json')).out
      .trimEnd()
      .split('\n')
      .map((one) => JSON.parse(one)),
  ).toContainEqual(
    expect.objectContaining({
      who: 'guardrails',
      what: 'pause',
      facts: { kind: 'campaign', name: 'welcome', bounced: '2 of 4' },
    }),
  );
  expect(await run('promote', 'welcome', '--auto-approve')).toMatchObject({
    code: 1,
    err: expect.stringContaining('The guardrails of welcome have paused it, and hold its rollout.'),
  });
});

it('crm resume lets it go on and counts anew, and history keeps why it was paused', async () => {
  expect(await run('resume', 'welcome')).toMatchObject({ code: 0 });
  now += minute;
  expect((await run('tick')).out).toContain('Messages: 1 sent.');
  now += minute;
  expect(await run('tick')).toMatchObject({ code: 0 });
  expect((await run('status')).out.replaceAll(/\s+/g, ' ')).toContain(
    'Guardrails welcome, 1 message within 7 days: judged from 4 on',
  );
  expect((await run('history')).out.replaceAll(/\s+/g, ' ')).toMatch(
    /was paused until .*; its guardrails did it: bounces/,
  );
  expect(JSON.parse((await run('status', '--json')).out)).toMatchObject({
    guardrails: [{ campaign: 'welcome', messages: 1, minMessages: 4, limits: { complained: 0.001, bounced: 0.4 } }],
  });
});
