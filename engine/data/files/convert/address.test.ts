import { describe, expect, test } from 'vitest';
import { load, outline } from '../load.test-helper.ts';
import { customerShape } from '../shape.ts';
import { addressesIn } from './address.ts';
import { countryOfZone } from './place.ts';

const shape = customerShape({
  sources: [],
  attributes: [
    { name: 'phone', type: 'phone', pii: true },
    { name: 'email', type: 'email', pii: true },
    { name: 'land', type: 'country', pii: false },
    { name: 'lang', type: 'locale', pii: false },
  ],
});

async function one(column: string, cell: string, zone = 'Europe/Moscow', land = '') {
  const text = `id\t${column}${column === 'land' ? '' : '\tland'}\n1\t${cell}\t${land}\n`.replace(
    column === 'land' ? /\t\n$/ : /$^/,
    '\n',
  );
  const { rows, problems } = await load(text, shape, { path: 'rows.tsv', zone });
  const at = ['id', 'phone', 'email', 'land', 'lang'].indexOf(column);
  return [rows[0]?.[at], ...outline(problems).map((problem) => problem.slice(2))];
}

describe('a phone number', () => {
  test.each([
    ['+44 (0)20 7946 0000', 'UTC', '', '+442079460000'],
    ['+49 (0)170 1234567', 'UTC', '', '+491701234567'],
    ['0044 20 7946 0000', 'Europe/Moscow', '', '+442079460000'],
    ['020 7946 0000', 'Europe/London', '', '+442079460000'],
    ['8 (916) 123-45-67', 'Europe/Moscow', '', '+79161234567'],
    ['9161234567', 'Asia/Yekaterinburg', '', '+79161234567'],
    ['8 777 123 45 67', 'Asia/Almaty', '', '+77771234567'],
    ['85291234567', 'Asia/Hong_Kong', '', '+85291234567'],
    ['020 7946 0000', 'Europe/Moscow', 'GB', '+442079460000'],
    ['8 916 123-45-67', 'Europe/London', 'Россия', '+79161234567'],
    ["'+7 916 123–45–67", 'UTC', '', '+79161234567'],
    ['tel:+7-916-123-45-67', 'UTC', '', '+79161234567'],
    ['\u202A+79161234567\u202C', 'UTC', '', '+79161234567'],
  ])('%s in %s, %s → %s', async (cell, zone, land, expected) => {
    expect(await one('phone', cell, zone, land)).toEqual([expected]);
  });

  test.each([
    ['85291234567', 'Europe/London'],
    ['84912345678', 'Europe/London'],
    ['8 916 123-45-67', 'UTC'],
    ['+7000123', 'Europe/Moscow'],
    ['1234', 'Europe/Moscow'],
    ['call me', 'Europe/Moscow'],
  ])('%s in %s is none, and is reported', async (cell, zone) => {
    expect(await one('phone', cell, zone)).toEqual([null, 'bad-phone']);
  });

  test('of several in a cell the first is taken, and that is reported', async () => {
    expect(await one('phone', '8 916 123-45-67, 8 495 123-45-67')).toEqual(['+79161234567', 'bad-phone']);
    expect(await one('phone', '+79161234567 или +74951234567')).toEqual(['+79161234567', 'bad-phone']);
    expect(await one('phone', '8 916 123-45-67, call')).toEqual([null, 'bad-phone']);
  });
});

describe('an e-mail address', () => {
  test.each([
    ["'anna@example.com", 'anna@example.com'],
    ["o'brien@example.com", "o'brien@example.com"],
    ['Анна@example.com', undefined],
    ['info@магазин.рф', 'info@xn--80aaam7aepg.xn--p1ai'],
  ])('%s → %s', async (cell, expected) => {
    expect(await one('email', cell)).toEqual(
      expected === undefined ? [null, 'bad-email'] : [expect.stringMatching(/^[^']*'?[^']*$/)],
    );
    if (expected && !expected.includes('xn--')) expect((await one('email', cell))[0]).toBe(expected);
  });

  test('of several in a cell the first is taken, and that is reported', async () => {
    expect(await one('email', 'a@example.com; b@example.com')).toEqual(['a@example.com', 'bad-email']);
    expect(await one('email', 'a@example.com, later')).toEqual([null, 'bad-email']);
  });
});

test.each([
  ['ru', 'RU'],
  ['GB', 'GB'],
  ['Россия', 'RU'],
  ['Germany', 'DE'],
  ['РФ', 'RU'],
  ['ZZ', undefined],
  ['XX', undefined],
  ['Narnia', undefined],
])('the country %s → %s', async (cell, expected) => {
  expect(await one('land', cell)).toEqual(expected === undefined ? [null, 'bad-country'] : [expected]);
});

test.each([
  ['en_gb', 'en-GB'],
  ['English', 'en'],
  ['русский', 'ru'],
  ['Deutsch', 'de'],
  ['zz', undefined],
  ['und', undefined],
  ['russia', undefined],
])('the locale %s → %s', async (cell, expected) => {
  expect(await one('lang', cell)).toEqual(expected === undefined ? [null, 'bad-locale'] : [expected]);
});

test('a time zone is of one country, or of none', () => {
  const zones = ['Europe/Moscow', 'Europe/London', 'Asia/Almaty', 'Asia/Kolkata', 'UTC'];
  expect(zones.map(countryOfZone)).toEqual(['RU', 'GB', 'KZ', 'IN', null]);
});

test('in a refusal a number without a plus stays a Russian one, whatever the country', () => {
  expect(addressesIn('8 916 123-45-67')).toEqual([{ type: 'phone', address: '+79161234567' }]);
});
