import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { dataFiles } from '../../../test/data-files.ts';
import { rows, type TestSheet, workbook, zip } from '../../../test/workbook.ts';
import { collect, outline } from './load.test-helper.ts';
import { type ReadOptions, readSourceFile } from './read.ts';
import { consentShape, eventShape, suppressionShape } from './shape.ts';

const folder = dataFiles('workbook');
const orders = eventShape({
  name: 'order_paid',
  sources: [],
  fields: [
    { name: 'total', type: 'money', pii: false },
    { name: 'paid', type: 'boolean', pii: false },
    { name: 'due', type: 'date', pii: false },
    { name: 'note', type: 'string', pii: false },
  ],
});
const at = Date.UTC(2026, 11, 1);

async function read(bytes: Uint8Array, more: Partial<ReadOptions> = {}, shape = orders, path = 'book.xlsx') {
  await folder.put(path, bytes);
  return collect(readSourceFile(folder.root, path, shape, { zone: 'Europe/Moscow', at, ...more }));
}

const one = (xml: string) => workbook([{ name: 'Лист1', rows: xml }]);
const header = ['id', 'customer', 'at', 'total', 'paid', 'due', 'note'];
/** 31 March 2026, and 14:05 of that day. */
const [DAY, MOMENT] = [46_112, 46_112.586805555555];

test('numbers, dates, times, booleans, texts and formulas are what the sheet shows', async () => {
  const book = workbook(
    [
      {
        name: 'Лист1',
        rows: rows(
          header,
          [1001, 'c1', { v: MOMENT, s: 2 }, { v: '1234.5600000000001' }, true, { v: DAY, s: 1 }, "'0079"],
          [
            '1002',
            { v: 0, t: 's' },
            { v: DAY, s: 1 },
            { v: 3, f: '1+2' },
            false,
            { v: '2026-03-31T00:00:00', t: 'd' },
            { v: 1, t: 's' },
          ],
          [
            79991234567,
            'c3',
            '2026-03-31T09:00:00Z',
            '0.5',
            'yes',
            { v: DAY + 0.75, s: 2 },
            { v: 0.586805555555, s: 4 },
          ],
          ['1004', 'c4', { v: DAY, s: 1 }, null, null, null, { v: 1.5, s: 3 }],
          ['1005', 'c5', { v: DAY, s: 1 }, null, null, null, { v: 2.25, s: 5 }],
          ['1006', 'c6', { v: DAY, s: 1 }, null, null, null, { v: 'a_x000A_b', t: 'str', f: 'A1' }],
          ['1007', 'c7', { v: DAY, s: 1 }, null, null, { v: DAY, s: 1 }, { v: DAY, s: 1 }],
        ),
      },
    ],
    { strings: ['<t>c2</t>', '<r><t>rich </t></r><r><t>text</t></r><rPh><t>spoken</t></rPh>'] },
  );
  const { rows: found, problems } = await read(book);
  const midnight = Date.parse('2026-03-31T00:00+03:00');
  expect(found).toEqual([
    ['1001', 'c1', Date.parse('2026-03-31T14:05+03:00'), 1234.56, true, '2026-03-31', "'0079"],
    ['1002', 'c2', midnight, 3, false, '2026-03-31', 'rich text'],
    ['79991234567', 'c3', Date.parse('2026-03-31T09:00Z'), 0.5, true, '2026-03-31', '14:05:00'],
    ['1004', 'c4', midnight, null, null, null, '1.5'],
    ['1005', 'c5', midnight, null, null, null, '2.25'],
    ['1006', 'c6', midnight, null, null, null, 'a\nb'],
    ['1007', 'c7', midnight, null, null, '2026-03-31', '2026-03-31'],
  ]);
  expect(problems).toEqual([]);
});

test('dates of the calendar since 1904, and days that never were', async () => {
  const since1904 = workbook(
    [{ name: 'Лист1', rows: rows(header, ['1', 'c1', { v: DAY - 1462, s: 1 }, 1, true, { v: DAY - 1462, s: 1 }]) }],
    { since1904: true },
  );
  expect((await read(since1904)).rows[0]?.slice(2, 6)).toEqual([
    Date.parse('2026-03-31T00:00+03:00'),
    1,
    true,
    '2026-03-31',
  ]);
  const days = [0, 1, 59, 60, 61].map((v, i) => [`${i}`, 'c1', '2026-03-31', 1, true, { v, s: 1 }]);
  const { rows: found, problems } = await read(one(rows(header, ...days)));
  expect(found.map((row) => row[5])).toEqual([null, '1900-01-01', '1900-02-28', null, '1900-03-01']);
  expect(outline(problems)).toEqual(['2 bad-date', '5 bad-date']);
});

test('an error and a formula that nobody has calculated cost the field, or a row that needs it', async () => {
  const NA = { v: '#N/A', t: 'e', f: 'VLOOKUP(A1,B:B,1,0)' };
  const book = one(
    rows(
      header,
      ['1', 'c1', '2026-03-31', NA, NA, NA, NA],
      ['2', NA, '2026-03-31'],
      ['3', 'c3', '2026-03-31', { f: '1+2' }],
    ),
  );
  const { rows: found, problems } = await read(book);
  expect(found.map((row) => row.slice(3))).toEqual([
    [null, null, null, null],
    [null, null, null, null],
  ]);
  expect(outline(problems)).toEqual([
    '2 bad-number',
    '2 bad-boolean',
    '2 bad-date',
    '2 bad-text',
    '3 bad-text!',
    '4 bad-number',
  ]);
  expect(problems[0]?.message).toMatch(/^total "#N\/A" is not an amount of money;/);
  expect(problems[5]?.message).toMatch(/^total "a formula without a value" is not/);
});

test('empty rows, rows above the header and cells beyond it count for nothing; a row keeps its number', async () => {
  const [top, ...below] = rows(
    header,
    ['1', 'c1', '2026-03-31', 'x'],
    [' ', null],
    ['2', 'c2', '2026-03-31', 5, true, '', 'a', 'beyond'],
  ).split(/(?=<row)/);
  const moved = [
    top?.replaceAll('r="1"', 'r="3"').replace(/r="([A-Z])1"/g, 'r="$13"'),
    ...below.map((row, i) => row.replace(/<row r="\d+"/, `<row r="${6 + i}"`)),
  ];
  const { rows: found, problems } = await read(one(`<row r="1"><c r="A1"/></row>${moved.join('')}`));
  expect(found.map((row) => row.slice(0, 4))).toEqual([
    ['1', 'c1', Date.parse('2026-03-31T00:00+03:00'), null],
    ['2', 'c2', Date.parse('2026-03-31T00:00+03:00'), 5],
  ]);
  expect(outline(problems)).toEqual(['6 bad-number']);
});

test('headers in any language, conditions, words and decimals mean what they mean in CSV', async () => {
  const book = one(
    rows(
      ['Номер', 'Клиент', 'Дата заказа', 'Сумма', 'Статус', 'Оплачен', 'Примечание'],
      [1, 'c1', '31.03.2026', '2 197,50', 'Выполнен', 'Да', 'н/д'],
      [2, 'c2', { v: DAY, s: 1 }, 12.5, 'ВЫПОЛНЕН', 'Нет', 7],
      [3, 'c3', { v: DAY, s: 1 }, 1, 'Отменён', 'Да', ''],
    ),
  );
  const { rows: found, problems } = await read(book, {
    rename: {
      Номер: 'id',
      Клиент: 'customer',
      'Дата заказа': 'at',
      Сумма: 'total',
      Оплачен: 'paid',
      Примечание: 'note',
    },
    where: { Статус: ['Выполнен'] },
    dates: ['DD.MM.YYYY'],
    decimal: ',',
    values: { Да: 'yes', Нет: 'no', 'н/д': '' },
  });
  const midnight = Date.parse('2026-03-31T00:00+03:00');
  expect(found).toEqual([
    ['1', 'c1', midnight, 2197.5, true, null, null],
    ['2', 'c2', midnight, 12.5, false, null, '7'],
  ]);
  expect(problems).toEqual([]);
});

const sheets: TestSheet[] = [
  { name: 'Hidden', state: 'hidden', rows: rows(['x'], ['y']) },
  { name: 'Заказы', rows: rows(header, ['1', 'c1', '2026-03-31', 1]) },
  { name: 'Возвраты', rows: rows(header, ['2', 'c2', '2026-03-31', 'x']) },
  { name: 'Пусто', rows: '' },
];

test('the first sheet that is shown is read, or the one that the source names; others with rows are reported', async () => {
  const first = await read(workbook(sheets));
  expect(first.rows.map(([id]) => id)).toEqual(['1']);
  expect(outline(first.problems)).toEqual(['0 other-sheets']);
  expect(first.problems[0]?.message).toBe(
    'Of the workbook the sheet "Заказы" is read, and "Возвраты" is not. Write `sheet: "Заказы"` at the source if that is right; for another sheet, declare another source.',
  );
  const second = await read(workbook(sheets), { sheet: 'возвраты' });
  expect(second.rows.map(([id]) => id)).toEqual(['2']);
  expect(outline(second.problems)).toEqual(['2 bad-number']);
  expect(second.problems[0]?.message).toMatch(/^Sheet "возвраты": total "x" is not an amount/);
  const none = await read(workbook(sheets), { sheet: 'Лист1' });
  expect(none.rows).toEqual([]);
  expect(outline(none.problems)).toEqual(['0 missing-sheet!']);
  expect(none.problems[0]?.message).toContain('It has "Заказы", "Возвраты", "Пусто".');
  expect(outline((await read(workbook(sheets), { sheet: 'Пусто' })).problems)).toEqual(['0 empty-file']);
});

const many = one(rows(header, ...Array.from({ length: 20_000 }, (_, i) => [`o${i}`, `c${i}`, '2026-03-31', i])));

test('many rows are read in order', async () => {
  const { rows: found, problems } = await read(many);
  expect(problems).toEqual([]);
  expect(found.map(([id]) => id)).toEqual(Array.from({ length: 20_000 }, (_, i) => `o${i}`));
});

test('a workbook that is cut, damaged, old, encrypted or none is refused as a whole', async () => {
  const damaged = Buffer.from(many);
  const middle = damaged.indexOf('xl/worksheets/sheet1.xml') + 200_000;
  damaged[middle] = (damaged[middle] ?? 0) ^ 0xff;
  const otherSum = Buffer.from(many);
  const sum = otherSum.lastIndexOf('xl/worksheets/sheet1.xml') - 30;
  otherSum[sum] = (otherSum[sum] ?? 0) ^ 1;
  const unclosed = one(rows(header, ['1', 'c1', '2026-03-31', 1]).concat('<row r="9"><c r="A9">'));
  const cases: [Uint8Array, RegExp][] = [
    [many.subarray(0, 50_000), /ends too early/],
    [new Uint8Array(), /ends too early/],
    [damaged, /is damaged/],
    [otherSum, /is damaged/],
    [unclosed, /is damaged/],
    [
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(1000)]),
      /has a password, or is of the old kind/,
    ],
    [Buffer.from('id,customer\n1,c1\n'), /is no Excel workbook/],
    [zip({ 'readme.txt': 'x' }), /is no Excel workbook/],
  ];
  for (const [bytes, message] of cases) {
    const { rows: found, problems } = await read(bytes);
    expect(found).toEqual([]);
    expect(outline(problems)).toEqual(['0 unreadable-file!']);
    expect(problems[0]?.message).toMatch(message);
  }
  expect(outline((await read(many.subarray(0, 50_000), { clock: 0 })).problems)).toEqual(['0 unfinished-line']);
  expect(outline((await read(many, {}, orders, 'old.xls')).problems)).toEqual(['0 unknown-format!']);
  expect(outline((await read(gzipSync(many), {}, orders, 'book.xlsx.gz')).problems)).toEqual(['0 unknown-format!']);
});

test('a refusal with an error in a cell is a refusal all the same', async () => {
  const NA = { v: '#N/A', t: 'e' };
  const consent = one(
    rows(['customer', 'channel', 'status', 'at'], ['c1', NA, NA, NA], ['c2', 'email', 'granted', NA]),
  );
  const { rows: found } = await read(consent, {}, consentShape(['email']));
  expect(found.map((row) => row.slice(1, 5))).toEqual([['c1', '*', false, at]]);
  const suppressions = one(rows(['customer', 'channel', 'reason', 'at'], ['c1', 'email', NA, '2026-03-31']));
  const suppressed = await read(suppressions, {}, suppressionShape(['email']));
  expect(suppressed.rows.map((row) => row.slice(1, 4))).toEqual([['c1', 'email', 'unspecified']]);
});
