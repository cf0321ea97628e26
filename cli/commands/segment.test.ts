import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

const project = (customers: string, more = '') => `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  customers:
    from: ${customers}
    attributes: { name: { type: string, pii: true }, email: email, phone: phone, points: integer, since: instant }
  events:
    cart_updated: { from: cart.csv, fields: { total: money } }
channels:
  sms: { transport: file, directory: out, price: 0 }
segments:
  vip: { title: The best, where: points >= 100 and last(cart_updated) >= 3 days ago }
  known: { where: name is not missing }
${more}campaigns:
  cart:
    on: { event: cart_updated }
    audience: in segment known
    reenter: never
    steps: [{ wait: 1 day }, { send: { sms: cart } }]
`;

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-segment-'));
  await mkdir(join(root, 'templates'));
  const files = {
    'crm.yaml': project('customers.csv'),
    'templates/cart.sms.hbs': 'x',
    'customers.csv':
      'id,name,email,phone,points,since\nc1,"=HYPERLINK(""http://x"",""a"")",anna@Почта.рф,+4930123456,150,2026-01-02T08:00:00Z\nc2,"Smith, Anna",,,-5,\n-c3,@x,,,200,\nc4,,,,100,\n',
    'cart.csv': 'id,customer,at,total\ne1,c1,2026-03-02T10:00:30Z,8\ne2,c4,2026-02-02T10:00:00Z,8\n',
  };
  for (const [path, text] of Object.entries(files)) await writeFile(join(root, path), text);
});
afterAll(() => rm(root, { recursive: true }));

async function run(...words: string[]) {
  const io = testIo(root, { now: () => Date.parse('2026-03-02T10:05:00Z') });
  const code = await crm(words, io);
  return { code, ...io.said };
}
const all = 'segment known --list'.split(' ');
const csv = [
  'id,name,email,phone,points,since',
  "'-c3,'@x,,,200,",
  `c1,"'=HYPERLINK(""http://x"",""a"")",anna@почта.рф,'+4930123456,150,2026-01-02T08:00:00.000Z`,
  'c2,"Smith, Anna",,,-5,',
  '',
].join('\r\n');

it('counts a segment of the data files, and explains a customer’s membership', async () => {
  const { code, out, err } = await run('segment', 'vip');
  expect({ code, out }).toEqual({
    code: 0,
    out: 'Segment vip "The best"\n1 customer, 25.0% of 4\nwhere points >= 100 and last(cart_updated) >= 3 days ago\n',
  });
  expect(err).toBe(
    'From the data files, as of 2026-03-02 10:05 (UTC): nothing is applied, so nobody is in a campaign.\n',
  );
  expect((await run('segment', 'vip', '--why', 'c4')).out).toBe(
    'Customer c4 is not in segment vip\n  no   all of\n  yes    points >= 100  (it is 100)\n  no     last(cart_updated) >= 3 days ago  (it is 2026-02-02 10:00)\n',
  );
  expect(JSON.parse((await run('segment', 'vip', '--why', 'smith', '--json')).out)).toMatchObject({
    type: 'membership',
    basis: 'data',
    segment: 'vip',
    customer: 'c2',
    in: false,
    reason: { kind: 'all', holds: false, parts: [{ text: 'points >= 100', found: { value: '-5' } }, { holds: false }] },
  });
});

it('counts how many of all customers have no attributes, because only events name them', async () => {
  const events = join(root, 'cart.csv');
  const before = await readFile(events, 'utf8');
  await writeFile(events, `${before}e3,stranger,2026-02-02T10:00:00Z,8\ne4,another,2026-02-02T10:00:00Z,8\n`);
  const [counted, json] = [await run('segment', 'vip'), await run('segment', 'vip', '--json')];
  await writeFile(events, before);
  expect(counted.out).toContain(
    '1 customer, 16.7% of 6\nof these 6, 2 without attributes: only events or lists name them, or a row with nothing but an id\n',
  );
  expect(JSON.parse(json.out)).toMatchObject({ size: 1, customers: 6, bare: 2 });
});

it('lists customers as CSV that holds no formula and can be read again', async () => {
  expect((await run(...all)).out).toBe(csv);
  const { out, err } = await run('segment', 'known', '-o', 'lists/known.csv');
  expect(out).toBe('');
  expect(err).toContain('3 customers are in lists/known.csv.\n');
  const file = join(root, 'lists/known.csv');
  // Spreadsheets recognise UTF-8 by the mark at its beginning.
  expect(await readFile(file, 'utf8')).toBe(`\ufeff${csv}`);
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  await writeFile(join(root, 'crm.yaml'), project('lists/known.csv'));
  expect((await run('segment', 'known', '--list')).out).toContain(
    `,anna@почта.рф,'+4930123456,150,2026-01-02T08:00:00.000Z\r\n`,
  );
  await writeFile(join(root, 'crm.yaml'), project('customers.csv'));
});

it('lists names that would steer a terminal, or begin another cell with a formula, so that they do not', async () => {
  const customers = await readFile(join(root, 'customers.csv'), 'utf8');
  await writeFile(join(root, 'customers.csv'), 'id,name,phone,points,since\nc1,"\u001b[31mRed;=1+1\n-2",,1,\n');
  const cell = (esc: string) => `"${esc}[31mRed;'=1+1\n'-2"`;
  const piped = await run(...all);
  expect(piped.out).toContain(cell('\u001b'));
  const io = testIo(root, { terminal: { stdin: true, stdout: true, stderr: true } });
  await crm(all, io);
  expect(io.said.out).toContain(cell('·').replace('\n', '·'));
  await writeFile(join(root, 'customers.csv'), customers);
});

it('uses the deployment if there is a store, and reports what is not applied yet', async () => {
  expect((await run('apply', '--auto-approve')).code).toBe(0);
  expect((await run('tick')).code).toBe(0);
  const { out, err } = await run('segment', 'vip', '--json');
  expect(err).toBe('From the store; the last tick was for 2026-03-02 10:05.\n');
  expect(JSON.parse(out)).toMatchObject({ type: 'segment', basis: 'store', size: 1, customers: 4 });
  await writeFile(join(root, 'crm.yaml'), project('customers.csv', '  fresh: { where: points > 7 }\n'));
  const fresh = await run('segment', 'fresh');
  expect(fresh.code).toBe(1);
  expect(fresh.err).toContain('The segment "fresh" is not applied yet.');
  const slip = await run('segment', 'vipp');
  expect(slip).toMatchObject({ code: 1, out: '' });
  expect(slip.err).toContain('There is no segment "vipp" in what is applied.');
  expect(slip.err).toContain('Did you mean "vip"?');
  expect((await run('segment', 'vip', '--list', '--json')).code).toBe(1);
  expect((await run('segment', 'vip', '--list', '--why', 'c1')).code).toBe(1);
});

it('shows and lists who is in a campaign and who may enter', async () => {
  expect((await run('audience', 'cart')).out).toBe(
    'Campaign cart\n0 customers inside\n3 customers may enter when cart_updated happens to them\n',
  );
  await writeFile(join(root, 'cart.csv'), 'e9,c2,2026-03-02T10:05:30Z,8\n', { flag: 'a' });
  const io = testIo(root, { now: () => Date.parse('2026-03-02T10:07:00Z') });
  expect(await crm(['tick'], io)).toBe(0);
  expect((await run('audience', 'cart')).out).toBe(
    'Campaign cart\n1 customer inside:\n  step    customers\n  wait-1          1\n2 customers may enter when cart_updated happens to them\n',
  );
  const { out } = await run('audience', 'cart', '--list');
  const version = /,([0-9a-f]{12}),/.exec(out)?.[1];
  expect(out.split('\r\n').slice(0, 4)).toEqual([
    'id,state,step,entered_at,version,name,email,phone,points,since',
    `'-c3,may enter,,,${version},'@x,,,200,`,
    `c1,may enter,,,${version},"'=HYPERLINK(""http://x"",""a"")",anna@почта.рф,'+4930123456,150,2026-01-02T08:00:00.000Z`,
    `c2,inside,wait-1,2026-03-02T10:07:00.000Z,${version},"Smith, Anna",,,-5,`,
  ]);
  expect(JSON.parse((await run('audience', 'cart', '--json')).out)).toEqual({
    format: 1,
    type: 'audience',
    basis: 'store',
    campaign: 'cart',
    inside: 1,
    steps: [{ step: 'wait-1', customers: 1 }],
    mayEnter: 2,
  });
  expect((await run('audience', 'carts')).err).toContain('There is no campaign "carts" in what is applied.');
});
