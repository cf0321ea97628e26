import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

const channel = (name: string, more: string) => `  ${name}: { transport: file, directory: out, ${more}price: 0 }\n`;
const project = `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  customers: { from: customers.csv, attributes: { email: email, phone: phone } }
  events: { registered: { from: registered.csv, fields: {} } }
  consent: consent.csv
channels:
${channel('email', 'from: Shop <shop@example.com>, ')}${channel('news', 'kind: email, from: Shop <shop@example.com>, ')}${channel('sms', '')}`;

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-suppression-'));
  await mkdir(join(root, 'templates'));
  await writeFile(join(root, 'crm.yaml'), project);
  await writeFile(
    join(root, 'customers.csv'),
    'id,email,phone\nc01,anna@example.com,\nc02,olga@example.com,\nc03,ivan@example.com,\n',
  );
  await writeFile(join(root, 'registered.csv'), 'customer,at\n');
  const [then, later] = ['2026-01-01', '2026-02-01'];
  await writeFile(
    join(root, 'consent.csv'),
    `customer,channel,status,at\nc02,email,granted,${then}\nc02,email,withdrawn,${later}\nc03,sms,withdrawn,${then}\nc03,sms,granted,${later}\n`,
  );
  expect(await run('apply', '--auto-approve')).toMatchObject({ code: 0 });
  expect(await run('tick')).toMatchObject({ code: 0 });
});
afterAll(() => rm(root, { recursive: true }));

let minutes = 0;
async function run(...words: string[]) {
  const at = Date.parse('2026-11-22T08:00:00Z') + ++minutes * 60_000;
  const io = testIo(root, { now: () => at, view: { color: false, width: 1000 } });
  const code = await crm(words, io);
  return { code, ...io.said };
}
const list = async (...words: string[]) => (await run('suppression', 'list', ...words)).out;

it('list is of everybody, or of the customer or address that is named', async () => {
  expect(await list()).toBe('Nobody is suppressed.\n');
  expect((await run('suppression', 'add', 'c01')).out).toBe(
    'Suppressed customer c01 on every channel. `crm suppression lift c01` ends it.\n',
  );
  expect((await run('suppression', 'add', 'c02', '--channel', 'sms', '--reason', 'called us')).code).toBe(0);
  expect(await list()).toMatch(/c02 +sms +called us .*\nc01 +every channel +by-hand .*\n/);
  expect(await list('c01')).toMatch(/^customer .*\nc01 +every channel +by-hand .*\n$/);
  expect(await list('anna@example.com')).toMatch(/\nc01 +every channel /);
  expect(await list('c03')).toBe('Customer c03 is not suppressed. `crm suppression list` lists everybody who is.\n');
  expect(await list('ivan@example.com')).toMatch(/^The address is not suppressed\./);
  expect(await list('c02', '--channel', 'email')).toMatch(/^Customer c02 is not suppressed on email\./);
  expect(await list('--channel', 'sms')).toMatch(/c02 +sms .*\nc01 +sms /);
  expect(JSON.parse(await list('c02', '--json')).suppressions).toMatchObject([
    { customer: 'c02', channel: 'sms', word: 'sms', reason: 'called us' },
  ]);
});

it('an entry that is in force is not added again, and keeps its date', async () => {
  const before = await list('c02');
  const again = await run('suppression', 'add', 'c02', '--channel', 'sms');
  expect(again.out).toMatch(
    /^Customer c02 was suppressed already on sms, since 2026-11-22 08:0\d \(called us\)\. `crm suppression lift c02 --channel sms` ends it\.\n$/,
  );
  await run('suppression', 'add', 'c02', '--channel', 'sms', '--reason', 'called us');
  expect(await list('c02')).toBe(before);
  const { out } = await run('suppression', 'add', 'c02', '--channel', 'sms', '--json');
  expect(JSON.parse(out)).toMatchObject({
    changed: false,
    reason: 'called us',
    since: expect.stringMatching(/^2026-11-22T08:0/),
  });
  await run('suppression', 'add', 'twice@example.com');
  expect((await run('suppression', 'add', 'twice@example.com')).out).toMatch(
    /^The address was suppressed already on every channel, since .* \(by-hand\)/,
  );
  await run('suppression', 'lift', 'twice@example.com', '--channel', 'sms');
  expect((await run('suppression', 'add', 'twice@example.com')).out, 'it was lifted in part').toMatch(/^Suppressed /);
  await run('suppression', 'lift', 'twice@example.com');
  expect((await run('suppression', 'add', 'olga@example.com', '--channel', 'sms')).out, 'the address').toMatch(/^Supp/);
  await run('suppression', 'lift', 'olga@example.com');
  expect((await run('suppression', 'add', 'c02', '--channel', 'sms', '--reason', 'called us')).out).toMatch(/^Supp/);
  expect((await run('suppression', 'add', 'c02', '--channel', 'sms', '--reason', 'wrote')).out).toMatch(/^Suppressed /);
  expect((await run('suppression', 'add', 'c02', '--channel', 'sms', '--reason', 'called us')).out).toMatch(/^Supp/);
});

it('an entry that is added again without a reason keeps the reason that holds', async () => {
  await run('suppression', 'add', 'c02', '--channel', 'sms');
  expect(await list('c02')).toMatch(/c02 +sms +called us /);
});

it('a suppression on every channel is shown as one, until it is lifted on a channel', async () => {
  const story = async () => (await run('explain', 'c01')).out;
  expect(await story()).toContain('Gets nothing on any channel: the customer is suppressed');
  expect(await story()).toContain('`crm suppression lift c01` ends that.');
  const { out } = await run('suppression', 'lift', 'c01', '--channel', 'sms');
  expect(out).toBe('Lifted the suppression of customer c01 on sms. Still suppressed on email, news.\n');
  expect(await list('c01')).toMatch(/\nc01 +email, news +by-hand /);
  expect(await story()).toContain('Gets nothing on email, news:');
  expect((await run('suppression', 'lift', 'c01')).out).toBe(
    'Lifted the suppression of customer c01 on every channel.\n',
  );
  await run('suppression', 'add', 'c01', '--channel', 'email');
  expect(await list('c01'), 'a kind of channel').toMatch(/\nc01 +email, news +by-hand /);
});

it('an address that no customer has is listed separately', async () => {
  expect(await list('later@example.com')).toMatch(/^The address is not suppressed\./);
  await run('suppression', 'add', 'later@example.com', '--channel', 'news');
  expect(await list('later@example.com')).toMatch(
    /^customer .*\n\(nobody\) +news +by-hand +2026-11-22 0\d:\d\d +any holder of the address\nNo customer has the address now\. `crm suppression lift <address> --channel news` ends it\.\n$/,
  );
  expect(await list('later@example.com', '--channel', 'sms')).toMatch(/^The address is not suppressed on sms\./);
  expect(JSON.parse(await list('later@example.com', '--json'))).toMatchObject({
    suppressions: [],
    unowned: 1,
    address: [{ channel: 'news', word: 'news', reason: 'by-hand', since: expect.stringMatching(/^2026-11-22T/) }],
  });
  expect((await run('suppression', 'lift', 'later@example.com')).out).toBe(
    'Lifted the suppression of the address on every channel. No customer has it now.\n',
  );
  expect(await list('later@example.com')).toMatch(/^The address is not suppressed\./);
});

it('a withdrawal of consent is distinguished from a suppression', async () => {
  const words = 'Consent of customer c02 is withdrawn on email, news, which is another thing: see `crm explain c02`.';
  const { code, err } = await run('suppression', 'lift', 'c02', '--channel', 'email');
  expect(code).toBe(1);
  expect(err).toBe(
    `error Nothing to lift: "c02" is not suppressed on email.\n  help: ${words} No lift ends that, but a later consent in the data does.\n`,
  );
  expect(await list('c02', '--channel', 'email')).toContain(`is not suppressed on email.`);
  expect(await list('c02')).toContain(`\n${words}\n`);
  expect(await list('olga@example.com')).toContain(`\n${words}\n`);
  expect(await list('c02', '--channel', 'sms')).not.toContain('withdrawn');
  expect(await list('c01')).not.toContain('withdrawn');
  expect(JSON.parse(await list('c02', '--json')).withdrawn).toEqual([
    { customer: 'c02', channel: 'email' },
    { customer: 'c02', channel: 'news' },
  ]);
  expect((await run('suppression', 'lift', 'c03')).err, 'consents').toContain('look for a slip');
});

it('a customer or channel that there is not is refused, with what to do', async () => {
  for (const words of [
    ['list', 'c99'],
    ['add', 'c99'],
    ['lift', 'c99'],
  ]) {
    const { code, err } = await run('suppression', ...words);
    expect(code).toBe(1);
    expect(err).toBe(
      'error There is no customer "c99".\n  help: Name a customer by the id in the shop’s data, or write an address.\n',
    );
  }
  const { code, err } = await run('suppression', 'list', '--channel', 'emial');
  expect(code).toBe(1);
  expect(err).toContain('Did you mean "email"?');
  for (const command of [['explain'], ['erase', '--auto-approve']])
    expect((await run(...command, 'c99')).err).toMatch(/There is no customer "c99"\.\n {2}help: /);
});

it('a customer who was erased is called so', async () => {
  expect(await run('erase', 'c03', '--auto-approve')).toMatchObject({ code: 0 });
  for (const action of ['list', 'add', 'lift']) {
    const { code, err } = await run('suppression', action, 'c03');
    expect(code).toBe(1);
    expect(err).toMatch(/Customer "c03" was erased 2026-11-22 0\d:\d\d\.\n {2}help: Nothing is kept/);
  }
});
