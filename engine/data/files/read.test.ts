import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { collect, load, outline } from './load.test-helper.ts';
import { readSourceFile } from './read.ts';
import { consentShape, customerShape, eventShape, feedbackShape, outputColumns, suppressionShape } from './shape.ts';

const customers = customerShape({
  sources: [],
  attributes: [
    { name: 'email', type: 'email', pii: true },
    { name: 'timezone', type: 'timezone', pii: false },
    { name: 'birthday', type: 'date', pii: true },
  ],
});
const orders = eventShape({
  name: 'order_paid',
  sources: [],
  fields: [
    { name: 'total', type: 'money', pii: false },
    { name: 'count', type: 'integer', pii: false },
  ],
});

const at = Date.UTC(2026, 11, 1);
let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'ingest-'));
});
afterAll(() => rm(root, { recursive: true }));

async function loadFile(name: string, content: string | Uint8Array, shape = orders, zone = 'Europe/Moscow') {
  await writeFile(join(root, name), content);
  return collect(readSourceFile(root, name, shape, { zone, at }));
}

const header = 'id,customer,at,total\n';
const order = (n: number, total = '10.50') => `o${n},c${n},2026-03-01T12:00:00+03:00,${total}\n`;
const loaded = (n: number) => [`o${n}`, `c${n}`, Date.UTC(2026, 2, 1, 9), 10.5, null];

test('what cannot be read costs its field, or its row where the row needs it, and is reported with file and line', async () => {
  const text =
    `${header}${order(1)}o2,c2,2026-02-31,1\n${order(3, '-5')}${order(4)}${order(4)}` +
    `o6,c6,2026-03-01T12:00:00+03:00,${'9'.repeat(1 << 20)}9\no7,,2026-03-01,1\n${order(8)}`;
  const { rows, problems } = await loadFile('orders.csv', text);
  const without = (n: number) => [...loaded(n).slice(0, 3), null, null];
  expect(rows).toEqual([loaded(1), without(3), loaded(4), loaded(4), without(6), loaded(8)]);
  expect(outline(problems)).toEqual(['3 bad-instant!', '4 negative-money', '7 too-big', '8 missing-value!']);
  expect(problems.map(({ message }) => message)).toMatchInlineSnapshot(`
    [
      "at "2026-02-31" is not a point in time; write it like 2026-03-31T14:05:00+03:00, or declare the form by \`dates\` at the source, which a plain number needs. The row is lost.",
      "total "-5" is negative; an amount of money is 0 or more. The field was left empty.",
      "total is longer than 1 MB; shorten it. The field was left empty.",
      "customer is missing. The row is lost.",
    ]
  `);
  expect(problems.map(({ spoils = false }) => spoils)).toEqual([false, true, true, false]);
  expect(problems.every(({ path, field }) => path === 'orders.csv' && field)).toBe(true);
});

test('a field of 10 MB costs its row and not the memory', async () => {
  const big = `o2,c2,2026-03-01,"${'x'.repeat(10 * 1024 * 1024)}"\n`;
  const { rows, problems } = await loadFile('big.csv', header + order(1) + big + order(3));
  expect(rows).toEqual([loaded(1), loaded(3)]);
  expect(outline(problems)).toEqual(['3 too-big!']);
  expect(problems[0]?.message.length).toBeLessThan(200);
});

test('a row that is not UTF-8 is set aside', async () => {
  const bad = Buffer.from('o2,c\xc0\xae,2026-03-01,1\n', 'latin1');
  const { rows, problems } = await loadFile(
    'bad.csv',
    Buffer.concat([Buffer.from(header + order(1)), bad, Buffer.from(order(3))]),
  );
  expect(rows).toEqual([loaded(1), loaded(3)]);
  expect(outline(problems)).toEqual(['3 wrong-encoding!']);
});

test.each([1, 30])(
  'one row of %i in Windows-1251 is set aside, with the name of the encoding and what to do',
  async (rows) => {
    const name = Buffer.from([0xc8, 0xe2, 0xe0, 0xed]);
    const bad = Buffer.concat([Buffer.from('o2,'), name, Buffer.from(',2026-03-01,1\n')]);
    const others = Array.from({ length: rows - 1 }, (_, i) => order(i + 3)).join('');
    const { rows: good, problems } = await loadFile(
      'one.csv',
      Buffer.concat([Buffer.from(header), bad, Buffer.from(others)]),
    );
    expect(good).toHaveLength(rows - 1);
    expect(problems).toMatchObject([{ line: 2, code: 'wrong-encoding', fatal: true }]);
    expect(problems[0]?.message).toMatch(/looks like Windows-1251.*as UTF-8.*encoding: windows-1251/);
  },
);

test('a row of UTF-8 with one byte that is not is no row in Windows-1251', async () => {
  const bad = Buffer.concat([Buffer.from('o2,Иван'), Buffer.from([0xff]), Buffer.from(',2026-03-01,1\n')]);
  const { problems } = await loadFile('one.csv', Buffer.concat([Buffer.from(header), bad]));
  expect(problems[0]?.message).toContain('not valid UTF-8');
});

test('what a field cannot be empties the field only, and only an address, zone or locale is no loss; personal data is not shown', async () => {
  const text =
    'id,email,timezone,birthday\n1,anna@,Europe/Moskva,1990-01-01\n2,Anna@Example.COM,europe/moscow,19901231\n3,,,31.12.1990\n';
  const { rows, problems } = await loadFile('customers.csv', text, customers);
  expect(rows).toEqual([
    ['1', null, null, '1990-01-01'],
    ['2', 'Anna@example.com', 'Europe/Moscow', '1990-12-31'],
    ['3', null, null, null],
  ]);
  expect(problems.map(({ spoils = false }) => spoils)).toEqual([false, false, true]);
  expect(problems.map(({ line, message }) => `${line}: ${message}`)).toMatchInlineSnapshot(`
    [
      "2: email is not an e-mail address. The field was left empty.",
      "2: timezone "Europe/Moskva" is not a time zone; write it like Europe/Moscow. The field was left empty.",
      "4: birthday is not a date of the calendar; write it like 2026-03-31, or declare the form by \`dates\` at the source. The field was left empty.",
    ]
  `);
});

test('of customers with one id the later row wins, inside a batch and across batches', async () => {
  const rows = Array.from({ length: 10_001 }, (_, i) => `c${i},,,`);
  const text = ['id,email,timezone,birthday', ...rows, 'c1,,,1990-01-01', 'c10000,,,1991-01-01'].join('\n');
  await writeFile(join(root, 'twice.csv'), text);
  const batches = [];
  for await (const batch of readSourceFile(root, 'twice.csv', customers, { zone: 'UTC', at })) batches.push(batch);
  expect(batches.map((batch) => batch.rows.length)).toEqual([10_000, 2]);
  expect(batches[1]?.rows).toEqual([
    ['c10000', null, null, '1991-01-01'],
    ['c1', null, null, '1990-01-01'],
  ]);
  expect(outline(batches.flatMap((batch) => batch.problems))).toEqual(['10003 repeated-id', '10004 repeated-id']);
});

test('rows without an id get one from their content, the same each time', async () => {
  const text = 'customer,at,total\nc1,2026-03-01,5\nc1,2026-03-01,5\nc2,2026-03-01,5\n';
  const first = await loadFile('no-ids.csv', text);
  const ids = first.rows.map(([id]) => id);
  expect(new Set(ids).size).toBe(3);
  expect(ids.every((id) => /^[0-9a-f]{32}$/.test(String(id)))).toBe(true);
  const reordered = await load('at;total;customer;id\n2026-03-01;5;c2;\n2026-03-01;5;c1;\n2026-03-01;5;c1;\n', orders);
  expect(reordered.rows.map(([id]) => id)).toEqual([ids[2], ids[0], ids[1]]);
  expect((await loadFile('no-ids.csv', text)).rows).toEqual(first.rows);
});

test('text in aligned columns, as the CDNOW purchases are', async () => {
  const text =
    ' customer_id  date number_of_cds  dollar_value\r\n 00001 19970101  1   11.77\r\n 00002 19970112 12  112.00\r\n 3\r\n';
  const rename = { customer_id: 'customer', date: 'at', number_of_cds: 'count', dollar_value: 'total' };
  const { rows, problems } = await load(text, orders, { path: 'master.txt', zone: 'UTC', rename });
  expect(rows.map((row) => row.slice(1))).toEqual([
    ['00001', Date.UTC(1997, 0, 1), 11.77, 1],
    ['00002', Date.UTC(1997, 0, 12), 112, 12],
  ]);
  expect(outline(problems)).toEqual(['4 wrong-cell-count!']);
});

test('consent, feedback and suppressions are read as they are stored', async () => {
  const at = '2026-03-01T00:00:00Z';
  const consent = await load(
    `customer,channel,status,at\nc1,email,granted,${at}\nc1,sms,withdrawn,${at}\nc1,sms,no,${at}\n`,
    consentShape(['email', 'sms', 'push']),
  );
  expect(consent.rows.map((row) => row.slice(1))).toEqual([
    ['c1', 'email', true, Date.UTC(2026, 2, 1), null],
    ['c1', 'sms', false, Date.UTC(2026, 2, 1), null],
    ['c1', 'sms', false, Date.UTC(2026, 2, 1), null],
  ]);
  expect(outline(consent.problems)).toEqual(['4 bad-choice']);
  expect(outputColumns(consentShape(['email', 'sms', 'push']))).toEqual([
    { name: 'id', type: 'text' },
    { name: 'customer', type: 'text' },
    { name: 'channel', type: 'text' },
    { name: 'granted', type: 'boolean' },
    { name: 'at', type: 'bigint' },
    { name: 'address', type: 'text' },
    { name: '#arrival', type: 'bigint' },
  ]);
  const feedback = await load(`id,message,kind,at\nf1,m1,opened,${at}\nf2,m1,read,${at}\n`, feedbackShape());
  expect(feedback.rows).toEqual([[expect.any(String), 'm1', 'opened', Date.UTC(2026, 2, 1)]]);
  const suppressions = await load(
    `customer,channel,reason,at\nc1,*,complained,${at}\n`,
    suppressionShape(['email', 'sms', 'push']),
  );
  expect(suppressions.rows.map((row) => row.slice(1))).toEqual([['c1', '*', 'complained', Date.UTC(2026, 2, 1), null]]);
});

test('a missing file, a folder and an unknown format are problems, not exceptions', async () => {
  const read = (path: string) => collect(readSourceFile(root, path, orders, { zone: 'UTC', at }));
  await writeFile(join(root, 'orders.xls'), 'PK');
  expect(outline((await read('none.csv')).problems)).toEqual(['0 missing-file']);
  expect(outline((await read('orders.xls')).problems)).toEqual(['0 unknown-format!']);
  expect(outline((await read('none.xls')).problems)).toEqual(['0 unknown-format!']);
  expect(
    outline((await collect(readSourceFile(join(root, '..'), `${root}/.csv/`, orders, { zone: 'UTC', at }))).problems),
  ).toHaveLength(1);
});
