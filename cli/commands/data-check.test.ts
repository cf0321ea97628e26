import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { testIo } from '../../test/io.ts';
import { crm } from '../crm.ts';

const project = `
project: { name: shop, timezone: Europe/Moscow, locale: en, currency: EUR }
data:
  tolerance: 50%
  customers:
    from: people.csv
    attributes: { email: email, phone: phone, birthday: date, city: string }
  events:
    order_paid: { from: orders.csv, fields: { total: money } }
    visited: { from: visits.csv, fields: {} }
  consent: consent.csv
  feedback: feedback.csv
channels:
  email: { transport: file, directory: out, from: Shop <shop@example.com> }
  sms: { transport: file, directory: out, price: 1 }
`;
const now = Date.parse('2026-11-22T12:00:00Z');
const people = [
  'id,email,phone,birthday,city,shoe_size',
  'c1,anna@example.com,+79160000001,1990-05-01,Moscow,',
  'c2,ANNA@example.com,+79160000002,2031-05-01,Moscow,',
  'c3,olga@example.com,+79160000001,1870-05-01,,',
  'c4,not an address,,1990-05-01,,',
  'c5,,,,,',
  'c1,anna@example.com,+79160000001,1990-05-01,Moscow,',
  ',nobody@example.com,,,,',
];
const orders = [
  'id,customer,at,total',
  'o1,c1,2026-03-01,10',
  'o2,c2,2026-02-30,10',
  'o3,c2,2027-01-01,10',
  'o4,c3,1970-01-01,10',
  'o5,gone,2026-03-01,10',
  'o6,gone too,2026-03-01,',
];

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'kaskad-data-check-'));
  const day = (n: number) => new Date(now - n * 86_400_000).toISOString();
  // Ten days with two between each, the last of them 7 days ago.
  const visits = Array.from({ length: 11 }, (_, i) => `v${i},c1,${day(7 + 2 * i)}`);
  await writeFile(join(root, 'crm.yaml'), project);
  await put('people.csv', people);
  await put('orders.csv', orders);
  await put('visits.csv', ['id,customer,at', ...visits]);
  await put('consent.csv', [
    'customer,channel,status,at',
    'c1,email,granted,2026-01-01',
    'c3,email,granted,2026-01-01',
    'c3,email,withdrawn,2026-02-01',
    'c5,sms,granted,2026-01-01',
    'c9,email,granted,2026-01-01',
  ]);
  await put('feedback.csv', ['message,kind,at', 'nobody-knows,opened,2026-01-01']);
});
afterEach(() => rm(root, { recursive: true }));

const put = (path: string, lines: string[]) => writeFile(join(root, path), `${lines.join('\n')}\n`);

async function run(width: number, ...words: string[]) {
  const io = testIo(root, { now: () => now, view: { color: false, width } });
  const code = await crm(words, io);
  return { code, ...io.said };
}
const check = (...words: string[]) => run(120, 'data', 'check', ...words);

interface Told {
  code: string;
  field: string | null;
  level: string;
  count: number;
  of?: number;
  places: { path: string; line: number }[];
}
async function causes(...words: string[]) {
  const { causes } = JSON.parse((await check('--json', ...words)).out) as { causes: Told[] };
  return causes.map(({ code, field, count, of, places }) =>
    [
      ...[field ?? '', code, of === undefined ? count : `${count}/${of}`],
      ...places.map(({ path, line }) => `${path}:${line}`),
    ].join(' '),
  );
}

it('finds each kind of mistake with its count and its rows, the worst first, without a store', async () => {
  expect(await causes()).toEqual([
    'at bad-instant 1 orders.csv:3',
    'id missing-value 1 people.csv:8',
    'email bad-email 1 people.csv:5',
    'email shared-address 2/5 people.csv:3 people.csv:7',
    'phone shared-address 2/5 people.csv:4 people.csv:7',
    ' no-address 2/5 people.csv:5 people.csv:6',
    'order_paid event-of-nobody 2/5 orders.csv:6 orders.csv:7',
    'id repeated-id 1 people.csv:7',
    'customer unknown-customer 1 consent.csv:6',
    'birthday birth-in-future 1/5 people.csv:3',
    'birthday birth-too-early 1/5 people.csv:4',
    'order_paid event-in-future 1/5 orders.csv:4',
    'order_paid event-too-early 1/5 orders.csv:5',
    ' silent-source 1 visits.csv:0',
    'email no-consent 4/5 people.csv:3 people.csv:4 people.csv:5',
    'sms no-consent 4/5 people.csv:3 people.csv:4 people.csv:5',
    'city empty-value 3/5 people.csv:4 people.csv:5 people.csv:6',
    'email empty-value 2/5 people.csv:5 people.csv:6',
    'phone empty-value 2/5 people.csv:5 people.csv:6',
    ' unknown-column 1 people.csv:1',
    'birthday empty-value 1/5 people.csv:6',
    'order_paid.total empty-value 1/5 orders.csv:7',
  ]);
  expect((await check()).out).toContain('7 rows of customers, 5 customers; 1 lost, 1 with the id of another');
  expect(JSON.parse((await check('--json')).out)).toMatchObject({
    customers: 5,
    customerRows: { rows: 7, lost: 1, repeated: 1 },
  });
  expect(await readdir(root), 'no store is made').toEqual(
    ['consent.csv', 'crm.yaml', 'feedback.csv', 'orders.csv', 'people.csv', 'visits.csv'].sort(),
  );
  expect(await causes('--all')).toContain('email no-consent 4/5 people.csv:3 people.csv:4 people.csv:5 people.csv:6');
});

it('counts customers of two files, of whom the later row counts alone', async () => {
  await writeFile(join(root, 'crm.yaml'), project.replace('from: people.csv', 'from: [people.csv, more.csv]'));
  await put('more.csv', [
    'id,email,city',
    'c2,anna2@example.com,Tver',
    'c9,zoe@example.com,',
    'c5,eva@example.com,Omsk',
  ]);
  expect(await causes()).toContain('id several-files 2/6 people.csv:3 people.csv:6');
  // The first file is the one that counts when it is the last.
  await writeFile(join(root, 'crm.yaml'), project.replace('from: people.csv', 'from: [more.csv, people.csv]'));
  expect(await causes()).toContain('id several-files 2/6 more.csv:2 more.csv:4');
});

it('takes a source for silent after more than three usual gaps only', async () => {
  const silent = async () => (await causes()).filter((cause) => cause.includes('silent-source'));
  const at = (days: number) => new Date(now - days * 86_400_000).toISOString();
  const visits = (last: number, n = 11) => [
    'customer,at',
    ...Array.from({ length: n }, (_, i) => `c1,${at(last + 2 * i)}`),
  ];
  await put('visits.csv', visits(6));
  expect(await silent()).toEqual([]);
  await put('visits.csv', visits(7));
  expect(await silent()).toEqual([' silent-source 1 visits.csv:0']);
  await put('visits.csv', visits(7, 9));
  expect(await silent(), 'too few days to know a rhythm').toEqual([]);
});

it('knows one rhythm of a source of several files', async () => {
  await writeFile(join(root, 'crm.yaml'), project.replace('from: visits.csv', 'from: "visits-*.csv"'));
  const day = (days: number) => new Date(now - days * 86_400_000).toISOString();
  const visits = (from: number) => ['customer,at', ...Array.from({ length: 11 }, (_, i) => `c1,${day(from + i)}`)];
  const silent = async () => (await causes()).filter((cause) => cause.includes('silent-source'));
  await put('visits-1.csv', visits(12));
  expect(await silent()).toEqual([' silent-source 1 visits-*.csv:0']);
  await put('visits-2.csv', visits(1));
  expect(await silent(), 'the older file is no source of its own').toEqual([]);
});

it('shows text of whole words, a page that loads nothing, and no personal data', async () => {
  const text = (await run(80, 'data', 'check')).out;
  expect(text).toContain('shop: 5 customers and 16 events in 5 files');
  expect(text).toContain('2 of 5  email: customers who share it with others');
  expect(text).toContain('visits.csv: visited: the newest is of 2026-11-15, 7 days ago;');
  expect(text.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([]);
  const page = (await check('--format', 'html')).out;
  expect(page).toMatch(/^<!doctype html>/);
  expect(page).not.toMatch(/<script|src=|href=|url\(/);
  expect(page).toContain('<td>email: customers who share it with others</td><td>people.csv:3<br>people.csv:7</td>');
  expect(page).toContain('<td>people.csv:5: email is not an e-mail address. The field was left empty.</td>');
  const json = (await check('--json', '--all')).out;
  for (const shown of [text, page, json, (await check('--all')).out])
    expect(shown).not.toMatch(/anna|olga|nobody@|not an address|7916|1870|2031/i);
});

it('writes the report to a file', async () => {
  const { code, out, err } = await check('--format', 'html', '-o', 'reports/check.html');
  expect({ code, out, err }).toEqual({ code: 0, out: '', err: 'The report is in reports/check.html.\n' });
  expect(await readFile(join(root, 'reports/check.html'), 'utf8')).toContain('<h1>Data of shop</h1>');
});

it('shows a project without a mistake as such', async () => {
  await put('people.csv', ['id,email,phone,birthday,city', 'c1,anna@example.com,+79160000001,1990-05-01,Moscow']);
  await put('orders.csv', ['id,customer,at,total', 'o1,c1,2026-03-01,10']);
  await put('visits.csv', ['customer,at', 'c1,2026-03-01']);
  await put('consent.csv', ['customer,channel,status,at', 'c1,email,granted,2026-01-01', 'c1,sms,granted,2026-01-01']);
  const { code, out } = await check();
  expect(code).toBe(0);
  expect(out).toMatch(/\n\nNothing is wrong with the data\.\n$/);
  await writeFile(join(root, 'crm.yaml'), project.slice(0, project.indexOf('data:')));
  expect((await check()).out).toContain('The project names no data files.');
});

it('counts consent of a column without dates, which counts from the reading on', async () => {
  await writeFile(
    join(root, 'crm.yaml'),
    project
      .replace('  consent: consent.csv\n', '')
      .replace('    from: people.csv\n', '    from: people.csv\n    consent: { email: agreed }\n'),
  );
  await put('people.csv', ['id,email,agreed', 'c1,anna@example.com,yes', 'c2,olga@example.com,no', 'c3,,yes']);
  // Half a minute after an instant of the grid.
  const io = testIo(root, { now: () => now + 30_000 });
  expect(await crm(['data', 'check', '--json'], io)).toBe(0);
  const { causes: found } = JSON.parse(io.said.out);
  expect(found).toContainEqual(expect.objectContaining({ code: 'no-consent', field: 'email', count: 1, of: 3 }));
});

it('ends with 3 where a file cannot be relied on, after the report', async () => {
  await put('consent.csv', ['customer,channel,status,at', 'c1,email,"withdrawn']);
  const { code, out, err } = await check();
  expect(code).toBe(3);
  expect(out).toContain('consent.csv cannot be relied on: nothing of it can be read.');
  expect(err).toContain('Data cannot be read');
  const lines = (await check('--json')).out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines).toMatchObject([
    { type: 'data-check', unreadable: [{ path: 'consent.csv', why: 'nothing of it can be read' }] },
    { type: 'error', code: 3, id: 'unreadable-data' },
  ]);
});

it('compares the files with their last reading, and changes nothing of the store', async () => {
  await run(120, 'apply', '--auto-approve');
  expect((await run(120, 'tick')).code).toBe(0);
  const status = async () => (await run(120, 'status', '--json')).out;
  const before = await status();
  await put('people.csv', [...people, 'c6,nina@example.com,,,Omsk,', 'c7,ivan@example.com,,,Omsk,']);
  await put('orders.csv', orders.slice(0, 2));
  const { code, out } = await check();
  expect(code).toBe(0);
  expect(out).toMatch(/people\.csv +7 .* \+2 +2026-11-22 15:00/);
  expect(out).toMatch(/orders\.csv +1 .* −4 +2026-11-22 15:00/);
  await put('people.csv', people.slice(0, 1));
  const emptied = await check();
  expect(emptied.code, 'as `plan` does').toBe(3);
  expect(emptied.out).toContain('people.csv cannot be relied on: it has held rows, and holds none now.');
  expect(await status()).toBe(before);
});

it('does not count the repeated rows of events as customers', async () => {
  await put('orders.csv', [...orders, 'o1,c1,2026-03-02,11', 'o1,c1,2026-03-03,12']);
  expect(await causes()).toContain('id repeated-id 3 orders.csv:8 orders.csv:9 people.csv:7');
  expect((await check()).out).toContain('7 rows of customers, 5 customers; 1 lost, 1 with the id of another');
});

it('describes itself in the help', async () => {
  const { code, err } = await run(120, 'data', 'chek');
  expect(code).toBe(1);
  expect(err).toContain('check');
  expect((await run(120, 'help', 'data')).out).toContain('crm data check --format html -o check.html');
});
