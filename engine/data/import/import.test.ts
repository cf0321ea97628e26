import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { collect } from '../files/load.test-helper.ts';
import { readSourceFile } from '../files/read.ts';
import { customerShape, eventShape } from '../files/shape.ts';
import { datesOf } from './dates.ts';
import { guessFiles, type Known } from './guess.ts';
import { lookAt } from './look.ts';

let root = '';
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'import-'));
});
afterAll(() => rm(root, { recursive: true }));

const project: Known = {
  zone: 'UTC',
  currency: 'EUR',
  locale: 'en',
  attributes: [],
  events: [],
  ungiven: [],
  customers: new Set(),
};
const wishes = { as: new Map(), names: new Map() };

/** The content of a file, whatever its format. */
interface Facts {
  name: string;
  vip: boolean;
  birthday: [year: number, month: number, day: number];
  at: [year: number, month: number, day: number, hour: number, minute: number];
  cents: number;
}

const day = {
  year: fc.integer({ min: 1950, max: 2025 }),
  month: fc.integer({ min: 1, max: 12 }),
  day: fc.integer({ min: 1, max: 28 }),
};
const facts: fc.Arbitrary<Facts> = fc.record({
  name: fc.constantFrom('Анна', 'Пётр', 'Ольга', 'Семён, мл.', 'О; К', 'Жан "Ж"'),
  vip: fc.boolean(),
  birthday: fc.tuple(day.year, day.month, day.day),
  at: fc.tuple(day.year, day.month, day.day, fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 })),
  cents: fc.integer({ min: 0, max: 99_999_999 }),
});

/** A row by which each column is what it is: both signs of a number, and days that are no months. */
const telling: Facts[] = [
  { name: 'Анна', vip: true, birthday: [1990, 1, 25], at: [2024, 2, 26, 10, 5], cents: 123_456_78 },
  { name: 'Ким Ян', vip: false, birthday: [1991, 12, 13], at: [2024, 11, 14, 9, 30], cents: 250 },
];

const two = (n: number) => String(n).padStart(2, '0');
type Day = readonly [number, number, number, ...number[]];
const dates: Record<string, (date: Day) => string> = {
  'DD.MM.YYYY': ([y, m, d]) => `${two(d)}.${two(m)}.${y}`,
  'D.M.YYYY': ([y, m, d]) => `${d}.${m}.${y}`,
  'DD.MM.YY': ([y, m, d]) => `${two(d)}.${two(m)}.${two(y % 100)}`,
  'M/D/YY': ([y, m, d]) => `${m}/${d}/${two(y % 100)}`,
  'DD/MM/YYYY': ([y, m, d]) => `${two(d)}/${two(m)}/${y}`,
  'M/D/YYYY': ([y, m, d]) => `${m}/${d}/${y}`,
  'DD-MM-YYYY': ([y, m, d]) => `${two(d)}-${two(m)}-${y}`,
  'YYYY-MM-DD': ([y, m, d]) => `${y}-${two(m)}-${two(d)}`,
  'YYYY/MM/DD': ([y, m, d]) => `${y}/${two(m)}/${two(d)}`,
};
const times: Record<string, (hour: number, minute: number) => string> = {
  'HH:mm': (h, m) => ` ${two(h)}:${two(m)}`,
  'HH:mm:ss': (h, m) => ` ${two(h)}:${two(m)}:00`,
  'H:mm': (h, m) => ` ${h}:${two(m)}`,
  'h:mm A': (h, m) => ` ${h % 12 || 12}:${two(m)} ${h < 12 ? 'AM' : 'PM'}`,
  UTC: (h, m) => ` ${two(h)}:${two(m)}:00 UTC`,
};
const groups = (digits: string, sign: string) => digits.replace(/\B(?=(\d{3})+$)/g, sign);
const amounts: Record<string, (cents: number) => string> = {
  'comma, blanks': (c) => `${groups(String(Math.floor(c / 100)), ' ')},${two(c % 100)}`,
  'comma, no-break blanks': (c) => `${groups(String(Math.floor(c / 100)), '\u00a0')},${two(c % 100)}`,
  'comma, dots': (c) => `${groups(String(Math.floor(c / 100)), '.')},${two(c % 100)}`,
  comma: (c) => `${Math.floor(c / 100)},${two(c % 100)}`,
  'dot, commas': (c) => `${groups(String(Math.floor(c / 100)), ',')}.${two(c % 100)}`,
  dot: (c) => `${Math.floor(c / 100)}.${two(c % 100)}`,
  'dot, code': (c) => `USD ${Math.floor(c / 100)}.${two(c % 100)}`,
  'comma, word': (c) => `${groups(String(Math.floor(c / 100)), ' ')},${two(c % 100)} долл.`,
  dollars: (c) => `$${groups(String(Math.floor(c / 100)), ',')}.${two(c % 100)}`,
};
const words = [
  ['Да', 'Нет'],
  ['да', 'нет'],
  ['yes', 'no'],
  ['TRUE', 'FALSE'],
  ['Y', 'N'],
  ['true', 'false'],
  ['+', '-'],
];
const headers = {
  customers: [
    ['ID клиента', 'Имя', 'VIP', 'Дата рождения', 'Дата регистрации', 'Сумма покупок'],
    ['customer_id', 'Name', 'vip', 'Birthday', 'Registered At', 'Total Spent'],
  ],
  events: [
    ['Номер заказа', 'Имя', 'VIP', 'Дата рождения', 'Дата заказа', 'Сумма'],
    ['Order ID', 'Name', 'VIP', 'birthday', 'Order Date', 'Amount'],
  ],
};

const cp1251 = (text: string) =>
  Buffer.from(
    Array.from(text, (letter) => {
      const code = letter.codePointAt(0) ?? 0;
      if (code <= 0xa0) return code;
      return letter === 'ё' ? 0xb8 : letter === 'Ё' ? 0xa8 : code - 0x410 + 0xc0;
    }),
  );
const encodings: Record<string, (text: string) => Buffer> = {
  'utf-8': (text) => Buffer.from(text),
  'utf-8 with a mark': (text) => Buffer.from(`\ufeff${text}`),
  'windows-1251': cp1251,
  'utf-16le': (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
  'utf-16be': (text) => Buffer.from(`\ufeff${text}`, 'utf16le').swap16(),
};

const keys = (of: object) => fc.constantFrom(...Object.keys(of));
const spelling = fc.record({
  encoding: keys(encodings),
  delimiter: fc.constantFrom(',', ';', '\t', '|'),
  end: fc.constantFrom('\n', '\r\n'),
  date: keys(dates),
  time: keys(times),
  amount: keys(amounts),
  yesNo: fc.constantFrom(...words),
  russian: fc.boolean(),
  quoted: fc.boolean(),
  above: fc.boolean(),
  gzip: fc.boolean(),
});
type Spelling = typeof spelling extends fc.Arbitrary<infer T> ? T : never;

function file(
  rows: Facts[],
  how: Spelling,
  header: string[],
  extra: string[] = [],
  more: (i: number) => string[] = () => [],
) {
  const { delimiter, end } = how;
  const cell = (text: string) =>
    how.quoted || text.includes(delimiter) || text.includes('"') ? `"${text.replaceAll('"', '""')}"` : text;
  const [yes = '', no = ''] = how.yesNo;
  const lines = rows.map((row, i) => [
    `k${i}`,
    row.name,
    row.vip ? yes : no,
    dates[how.date]?.(row.birthday) ?? '',
    `${dates[how.date]?.(row.at) ?? ''}${times[how.time]?.(row.at[3], row.at[4]) ?? ''}`,
    amounts[how.amount]?.(row.cents) ?? '',
    ...more(i),
  ]);
  const text = [[...header, ...extra], ...lines].map((cells) => `${cells.map(cell).join(delimiter)}${end}`).join('');
  const bytes = encodings[how.encoding]?.(`${how.above ? `sep=${delimiter}${end}` : ''}${text}`) ?? Buffer.alloc(0);
  return how.gzip ? gzipSync(bytes) : bytes;
}

const isoDay = ([y, m, d]: Day) => `${y}-${two(m)}-${two(d)}`;

test('what is guessed of a clean file of customers loads all of it, however it is spelt', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(facts, { maxLength: 12 }), spelling, async (some, how) => {
      const rows = [...telling, ...some];
      const path = `clients.csv${how.gzip ? '.gz' : ''}`;
      await writeFile(join(root, path), file(rows, how, headers.customers[how.russian ? 0 : 1] ?? []));
      const { files, left } = guessFiles([await lookAt(root, path)], wishes, project);
      expect(left).toEqual([]);
      const [guess] = files;
      expect(guess?.kind).toBe('customers');
      const names = ['name', 'vip', 'birthday', 'registered_at', 'total_spent'];
      expect(guess?.fields.map(({ name }) => name)).toEqual(names);
      const { path: _path, ...options } = guess?.source ?? { path, rename: {} };
      const shape = customerShape({ sources: [], attributes: guess?.fields ?? [] });
      const read = await collect(
        readSourceFile(root, path, shape, { ...options, zone: 'UTC', currency: 'USD', at: Date.UTC(2026, 1, 1) }),
      );
      expect(read.problems).toEqual([]);
      expect(read.rows).toEqual(
        rows.map(({ name, vip, birthday, at: [y, m, d, hour, minute], cents }, i) => [
          `k${i}`,
          name,
          vip,
          isoDay(birthday),
          Date.UTC(y, m - 1, d, hour, minute),
          cents / 100,
        ]),
      );
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('and of orders, with their customers', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(facts, { maxLength: 12 }), spelling, async (some, how) => {
      const rows = [...telling, ...some];
      const path = `orders.tsv${how.gzip ? '.gz' : ''}`;
      const [header, column] = how.russian ? [headers.events[0], 'Клиент'] : [headers.events[1], 'Customer'];
      const bytes = file(rows, how, header ?? [], [column], (i) => [`c${i % 3}`]);
      await writeFile(join(root, path), bytes);
      const { files } = guessFiles([await lookAt(root, path)], wishes, project);
      const [guess] = files;
      expect([guess?.kind, guess?.event]).toEqual(['events', 'order_paid']);
      const { path: _path, ...options } = guess?.source ?? { path, rename: {} };
      const shape = eventShape({ name: 'order_paid', sources: [], fields: guess?.fields ?? [] });
      const read = await collect(
        readSourceFile(root, path, shape, { ...options, zone: 'UTC', currency: 'USD', at: Date.UTC(2026, 1, 1) }),
      );
      expect(read.problems).toEqual([]);
      const total = 3 + (guess?.fields.findIndex(({ name }) => name === 'total') ?? -1);
      expect(read.rows.map((row) => [row[0], row[1], row[2], row[total]])).toEqual(
        rows.map(({ at: [y, m, d, hour, minute], cents }, i) => [
          `k${i}`,
          `c${i % 3}`,
          Date.UTC(y, m - 1, d, hour, minute),
          cents / 100,
        ]),
      );
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('a guess takes time by the number of values, not by its square', () => {
  const values = Array.from({ length: 20_000 }, (_, i) => `${(i % 28) + 1}.${(i % 12) + 1}.${1950 + (i % 70)}`);
  const begun = process.cpuUsage();
  expect(datesOf(values)).toEqual({ type: 'date', forms: ['D.M.YYYY'], order: 'day-month' });
  expect(process.cpuUsage(begun).user).toBeLessThan(3_000_000);
});

test('a column without a name is not declared', async () => {
  await writeFile(join(root, 'alike.csv'), 'ID;Телефон;Телефон;;VIP\n1;+79990000001;-;x;1\n2;+79990000002;-;y;0\n');
  const { files } = guessFiles(
    [await lookAt(root, 'alike.csv')],
    { ...wishes, as: new Map([['alike.csv', 'customers']]) },
    project,
  );
  expect(files[0]?.fields).toEqual([{ name: 'vip', type: 'boolean', pii: false }]);
  expect(files[0]?.remarks).toEqual([expect.stringContaining('several columns are called "Телефон"')]);
});
