import { glob, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';
import { recall } from './recall.ts';

// Each plan lives through a week.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

const now = Date.UTC(2026, 2, 2, 12);
const minute = 60_000;
let root: string;

async function run(words: string[], at: number) {
  const io = testIo(root, { now: () => at, env: { CRM_ACTOR: 'anna' } });
  const code = await crm(words, io);
  return { code, ...io.said };
}

const project = `
project: { name: shop, timezone: UTC, locale: en, currency: EUR, tick: 1 minute }
data:
  customers: { from: customers.csv, attributes: { email: email, phone: phone } }
  events: { registered: { from: registered.csv, fields: {} } }
  consent: consent.csv
channels:
  email: { transport: file, directory: out, unsubscribe: "https://shop.example/u" }
  sms: { transport: file, directory: out }
campaigns:
  welcome:
    on: { event: registered }
    steps: [{ send: { email: hello } }, { send: { sms: hello } }, { wait: 1 day }, { send: { email: hello } }]
  other:
    on: { event: registered }
    steps: [{ send: { email: hello } }]
`;
const ids = ['a', 'b', '-c', 'd,e'];

const registered = (count: number) =>
  `customer,at\n${ids
    .slice(0, count)
    .map((id, i) => `"${id}",2026-03-02T12:0${i < 2 ? 0 : 1}:30Z\n`)
    .join('')}`;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-recall-'));
  await mkdir(join(root, 'templates'));
  await writeFile(
    join(root, 'templates/hello.email.hbs'),
    '---\nsubject: Hello\n---\n<a href="{{unsubscribe_url}}">No more</a>\n',
  );
  await writeFile(join(root, 'templates/hello.sms.hbs'), 'Hello\n');
  await writeFile(
    join(root, 'customers.csv'),
    `id,email,phone\n${ids.map((id, i) => `"${id}",c${i}@example.com,+7900000000${i}\n`).join('')}`,
  );
  await writeFile(
    join(root, 'consent.csv'),
    `customer,channel,status,at\n${ids
      .flatMap((id) => ['email', 'sms'].map((channel) => `"${id}",${channel},granted,2026-01-01\n`))
      .join('')}`,
  );
  await writeFile(join(root, 'registered.csv'), registered(2));
  await writeFile(join(root, 'crm.yaml'), project);
  expect(await run(['apply', '--auto-approve', '--json'], now)).toMatchObject({ code: 0 });
  // Two got both messages; those of the other two wait.
  expect(await run(['tick'], now + minute)).toMatchObject({ code: 0 });
  await writeFile(join(root, 'registered.csv'), registered(4));
  expect(await run(['tick', '--no-dispatch'], now + 2 * minute)).toMatchObject({ code: 0 });
});
afterAll(() => rm(root, { recursive: true }));

const statuses = async (at: number) => JSON.parse((await run(['status', '--json'], at)).out);

describe('crm recall', () => {
  const at = now + 3 * minute;
  const folder = '.kaskad/recall/welcome-20260302T120300';

  it('pauses the campaign at once, also where nobody can approve the rest', async () => {
    expect(await run(['recall', 'welcom'], at)).toMatchObject({ code: 1, err: expect.stringContaining('welcome') });
    const { code, out, err } = await run(['recall', 'welcome'], at);
    expect(code).toBe(1);
    expect(err).toContain('The campaign is paused, and there is nobody to ask whether to cancel what waits.');
    expect(out).toBe(`Campaign welcome is paused: nobody in it moves, and nothing of it leaves.
Messages since 2026-03-02 12:00 (UTC), when deployment 1 was applied:
  channel  sent  in doubt  waiting
  email       2         0        2
  sms         2         0        2
Who got one: 2 customers. Inside, and staying where they are: 4 customers.
The customers are listed in files that only you can read:
  ${folder}/received-email.csv
  ${folder}/waiting-email.csv
  ${folder}/received-sms.csv
  ${folder}/waiting-sms.csv
A correction to those who got one is drafted:
  campaigns/recall-welcome.crm.yaml
  templates/recall-welcome-email.email.hbs
  templates/recall-welcome-sms.sms.hbs
Edit it; then:
  crm plan
  crm apply
  crm launch recall-welcome-email
  crm launch recall-welcome-sms
`);
    expect(await statuses(at)).toMatchObject({ pauses: [{ kind: 'campaign', name: 'welcome' }] });
  });

  it('lists exactly who got a message and whose message waits, as the data has their ids, for its user alone', async () => {
    const read = async (name: string) => (await readFile(join(root, folder, name), 'utf8')).split('\n').slice(0, -1);
    expect(await read('received-email.csv')).toEqual([
      'customer,status,at',
      expect.stringMatching(/^a,sent,2026-03-02T12:01/),
      expect.stringMatching(/^b,sent,/),
    ]);
    expect(await read('waiting-sms.csv')).toEqual([
      'customer,status,at',
      expect.stringMatching(/^-c,decided,/),
      expect.stringMatching(/^"d,e",decided,/),
    ]);
    expect((await stat(join(root, folder, 'waiting-sms.csv'))).mode & 0o777).toBe(0o600);
  });

  it('takes no for an answer, and cancels what waits after a yes', async () => {
    const terminal = { stdin: true, stdout: true, stderr: true };
    const io = testIo(root, { now: () => at, terminal });
    expect(await recall(io, 'welcome', {}, async () => false)).toBe(0);
    expect(io.said.out).toContain('There is a draft of a correction already');
    expect(io.said.out).toContain('Nothing was cancelled');
    const { code, out } = await run(['recall', 'welcome', '--auto-approve', '--json'], at);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      type: 'recall',
      received: 2,
      waiting: 4,
      cancelled: 4,
      claimed: 0,
      inside: 4,
    });
    const { reasons, outbox } = await statuses(at);
    expect(reasons.suppressed).toEqual({ recalled: 4 });
    expect(outbox, 'another campaign goes on').toMatchObject({ decided: 2 });
    expect((await run(['audit'], at)).out).toMatch(/anna +recall +\w+\n +campaign: welcome/);
  });

  it('counts from an instant, if it is told one', async () => {
    const { out } = await run(['recall', 'welcome', '--since', '2026-03-02T12:02', '--json'], at);
    expect(JSON.parse(out)).toMatchObject({ received: 0, waiting: 0, cancelled: 0, lists: [] });
  });

  it('is in the audit log each time, also where nothing waits or nobody says yes', async () => {
    const lines = (await run(['audit', '--json'], at)).out.trim().split('\n');
    const recalls = lines.map((line) => JSON.parse(line)).filter(({ what }) => what === 'recall');
    expect(recalls.map(({ facts }) => facts)).toEqual([
      { campaign: 'welcome', since: '2026-03-02T12:00:00.000Z', received: 2, cancelled: 0 },
      { campaign: 'welcome', since: '2026-03-02T12:00:00.000Z', received: 2, cancelled: 0 },
      { campaign: 'welcome', since: '2026-03-02T12:00:00.000Z', received: 2, cancelled: 4 },
      { campaign: 'welcome', since: '2026-03-02T12:02:00.000Z', received: 0, cancelled: 0 },
    ]);
  });

  it('has drafted a correction that reaches exactly those who got the message', async () => {
    expect(await run(['validate'], at)).toMatchObject({ code: 0 });
    expect(await run(['apply', '--auto-approve', '--json'], at)).toMatchObject({ code: 0 });
    expect(await run(['launch', 'recall-welcome-email', '--auto-approve', '--json'], at)).toMatchObject({ code: 0 });
    expect(await run(['tick'], at + minute)).toMatchObject({ code: 0 });
    const story = async (id: string) => (await run(['explain', id], at + minute)).out;
    for (const id of ['a', 'b']) expect(await story(id)).toContain('email recall-welcome-email: sent');
    for (const id of ['d,e']) expect(await story(id)).not.toContain('recall-welcome-email');
    expect(await story('d,e')).toContain('not sent: the campaign was recalled before it left');
  });

  it('repeats no message when the campaign goes on', async () => {
    await run(['resume', 'welcome'], at + 2 * minute);
    await run(['tick'], at + 3 * minute);
    const { outbox, reasons } = await statuses(at + 3 * minute);
    expect(outbox).toMatchObject({ sent: 4 + 4 + 2 });
    expect(reasons.suppressed).toEqual({ recalled: 4 });
  });

  it('finds a campaign that was removed in the meantime, from its beginning on', async () => {
    const later = at + 4 * minute;
    await writeFile(join(root, 'crm.yaml'), project.slice(0, project.indexOf('  other:')));
    expect(await run(['apply', '--auto-approve', '--json', '--allow', 'campaign.other'], later)).toMatchObject({
      code: 0,
    });
    const { code, out } = await run(['recall', 'other', '--json'], later);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      campaign: 'other',
      since: '2026-03-02T12:00:00.000Z',
      received: 4,
      waiting: 0,
    });
  });

  it('has nothing of a customer who is erased, in no list of any recall', async () => {
    const lists = async () => {
      const texts: string[] = [];
      for await (const path of glob('.kaskad/recall/*/*.csv', { cwd: root }))
        texts.push(await readFile(join(root, path), 'utf8'));
      return texts;
    };
    const before = await lists();
    const named = before.filter((text) => text.includes('"d,e"')).length;
    expect(named).toBeGreaterThan(1);
    const { out } = await run(['erase', 'd,e', '--auto-approve'], at + 5 * minute);
    expect(out.replaceAll(/\s+/g, ' ')).toContain(`Removed from ${named} lists of \`crm recall\`.`);
    expect(await lists()).toEqual(before.map((text) => text.replaceAll(/^"d,e",.*\n/gm, '')));
  });
});
