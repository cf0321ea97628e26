import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

const project = `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  customers: { from: customers.csv, attributes: { email: email } }
  events: { registered: { from: registered.csv, fields: {} } }
  suppressions: suppressions.csv
channels: { email: { transport: file, directory: out, from: Shop <shop@example.com> } }
`;
const welcome = `
campaigns:
  welcome:
    category: transactional
    on: { event: registered }
    steps: [{ wait: 1 day }, { send: { email: hello } }]
`;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-status-'));
  await mkdir(join(root, 'templates'));
  await writeFile(join(root, 'templates/hello.email.hbs'), '---\nsubject: Hello\n---\n<p>Hello</p>');
  await writeFile(join(root, 'crm.yaml'), project + welcome);
  await writeFile(join(root, 'customers.csv'), 'id,email\nc1,anna@example.com\nc2,olga@example.com\n');
  await writeFile(join(root, 'registered.csv'), 'id,customer,at\n');
});
afterEach(() => rm(root, { recursive: true }));

async function run(time: string, ...words: string[]) {
  const io = testIo(root, { now: () => Date.parse(`2026-11-22T${time}:00Z`) });
  const code = await crm(words, io);
  return { code, out: io.said.out, err: io.said.err };
}

it('lists removed campaigns that can be put back, until when', async () => {
  await run('08:00', 'apply', '--auto-approve');
  await writeFile(join(root, 'registered.csv'), 'id,customer,at\nr1,c1,2026-11-22T08:01:00Z\n');
  expect((await run('08:02', 'tick')).code).toBe(0);
  await writeFile(join(root, 'crm.yaml'), project);
  expect(await run('08:03', 'apply', '--auto-approve', '--allow', 'campaign.welcome')).toMatchObject({
    code: 0,
    out: expect.stringContaining('takes it up within a second'),
  });
  const { out } = await run('08:04', 'status');
  expect(out).toContain('welcome: 1 customer and 0 messages go on if it is applied again before 2026-11-29 08:03');
  const { removed } = JSON.parse((await run('08:04', 'status', '--json')).out);
  expect(removed).toEqual([{ campaign: 'welcome', customers: 1, messages: 0, until: '2026-11-29T08:03:00.000Z' }]);
});

it('says whose store it is where an environment was asked for', async () => {
  await mkdir(join(root, 'environments'));
  await writeFile(join(root, 'environments/staging.yaml'), 'store: staging.duckdb\n');
  const staging = ['--env', 'staging'];
  await run('08:00', 'apply', '--auto-approve', ...staging);
  expect((await run('08:01', 'status', ...staging)).out.split('\n')[1]).toBe(
    'Environment staging: the store is staging.duckdb.',
  );
  expect(JSON.parse((await run('08:01', 'status', '--json', ...staging)).out)).toMatchObject({
    environment: 'staging',
  });
  await rm(join(root, 'environments'), { recursive: true });
  await run('08:02', 'apply', '--auto-approve');
  expect((await run('08:03', 'status')).out).not.toContain('Environment');
});

it('shows the return of a customer before the message that followed at that instant', async () => {
  await writeFile(join(root, 'crm.yaml'), project + welcome.replace('1 day', '5 minutes'));
  await run('08:00', 'apply', '--auto-approve');
  await writeFile(join(root, 'registered.csv'), 'id,customer,at\nr1,c1,2026-11-22T08:01:00Z\n');
  await run('08:02', 'tick');
  await writeFile(join(root, 'crm.yaml'), project);
  await run('08:03', 'apply', '--auto-approve', '--allow', 'campaign.welcome');
  await writeFile(join(root, 'crm.yaml'), project + welcome.replace('1 day', '5 minutes'));
  await run('08:04', 'apply', '--auto-approve');
  await run('08:10', 'tick');
  expect((await run('08:11', 'explain', 'c1')).out).toMatch(/08:10 +taken up again: .*\n.*08:10 +email hello: /);
});

it('counts ids that two customers have, and problems with refusals, apart', async () => {
  await run('08:00', 'apply', '--auto-approve');
  const clash = 'r1,c1,2026-11-22T08:01:00Z\nr1,c2,2026-11-22T08:01:00Z\nr2,c1,2026-11-22T08:01:00Z\n';
  await writeFile(join(root, 'registered.csv'), `id,customer,at\n${clash}`);
  await writeFile(join(root, 'suppressions.csv'), 'customer,channel,reason,at\nc1,,asked,2026-11-22T07:00:00Z\n');
  await run('08:02', 'tick');
  const { out } = await run('08:03', 'status');
  expect(out).toMatch(
    /\d problems: 1 about refusals, 1 where two customers have one id\n +Refusals that are not clear/,
  );
  expect(out).toMatch(/1 {2}id: of two customers in the same file\n +registered\.csv:3: /);
  expect(JSON.parse((await run('08:03', 'status', '--json')).out)).toMatchObject({ conflicts: 1 });
});

it('a lift of what is not suppressed is refused, and one of what is lifts it', async () => {
  await run('08:00', 'apply', '--auto-approve');
  await run('08:01', 'tick');
  for (const whom of ['c1', 'nosuch@example.com', 'anna@example.com']) {
    const { code, err, out } = await run('08:02', 'suppression', 'lift', whom);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain(`Nothing to lift: "${whom}" is not suppressed.`);
  }
  await run('08:03', 'suppression', 'add', 'later@example.com', '--channel', 'email');
  await run('08:03', 'suppression', 'add', 'anna@example.com');
  expect((await run('08:04', 'explain', 'c1')).out).toContain('Gets nothing on any channel: the address is suppressed');
  expect((await run('08:04', 'suppression', 'lift', 'c1', '--channel', 'email')).code).toBe(0);
  expect((await run('08:05', 'suppression', 'lift', 'c1')).code).toBe(1);
  expect((await run('08:05', 'suppression', 'lift', 'later@example.com')).code).toBe(0);
  expect((await run('08:06', 'suppression', 'lift', 'later@example.com')).code).toBe(1);
});

it('shows by reason why messages were refused, the most frequent first', async () => {
  await writeFile(join(root, 'crm.yaml'), project + welcome.replace('1 day', '5 minutes'));
  await writeFile(join(root, 'customers.csv'), 'id,email\nc1,anna@example.com\nc2,\nc3,\nc4,ivan@example.com\n');
  await writeFile(join(root, 'suppressions.csv'), 'customer,channel,reason,at\nc1,,asked,2026-11-22T07:00:00Z\n');
  await run('08:00', 'apply', '--auto-approve');
  const rows = ['c1', 'c2', 'c3', 'c4'].map((id) => `r-${id},${id},2026-11-22T08:01:00Z\n`);
  await writeFile(join(root, 'registered.csv'), `id,customer,at\n${rows.join('')}`);
  await run('08:02', 'tick');
  expect((await run('08:07', 'tick')).out).toContain('\nMessages: 1 sent, 3 refused.\n');
  const { out } = await run('08:08', 'status');
  expect(out).toContain(
    [
      'Messages',
      '  1 sent',
      '  3 refused',
      '    2: no valid address for the channel',
      '    1: the customer or the address was suppressed on the channel',
      '',
    ].join('\n'),
  );
  expect(JSON.parse((await run('08:08', 'status', '--json')).out)).toMatchObject({
    outbox: { sent: 1, suppressed: 3 },
    reasons: { suppressed: { 'no-address': 2, suppressed: 1 } },
  });
});

it('uses one word for rows that cannot be read, in the report of a tick too', async () => {
  await run('08:00', 'apply', '--auto-approve');
  await writeFile(join(root, 'crm.yaml'), project.replace('data:', 'data:\n  tolerance: 60%') + welcome);
  await run('08:01', 'apply', '--auto-approve');
  await writeFile(join(root, 'registered.csv'), 'id,customer,at\nr1,c1,2026-11-22T08:01:00Z\nr2,c2,yesterday\n');
  const { read } = JSON.parse((await run('08:02', 'tick', '--json')).out);
  expect(read).toContainEqual({ path: 'registered.csv', rows: 1, problems: 1, lost: 1 });
  const { out } = await run('08:03', 'status');
  expect(out).toMatch(/file +rows +lost +problems +read\n(.*\n)? +registered\.csv +1 +1 +1 /);
  expect(out).toContain('The row is lost.');
  expect(out).not.toContain('left out');
});
