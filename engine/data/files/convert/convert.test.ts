import { describe, expect, test } from 'vitest';
import type { Value } from '../../../store/database.ts';
import type { InputColumn } from '../shape.ts';
import { converter } from './convert.ts';
import { isTrouble } from './converter.ts';
import { localClock } from './local-clock.ts';

/** The value, or the code of what is wrong with it. */
function convert(column: Partial<InputColumn> & Pick<InputColumn, 'type'>, cell: unknown): Value | { code: string } {
  const options = { clock: localClock('Europe/Moscow'), country: () => 'RU', unknown: () => undefined };
  const result = converter({ name: 'x', pii: false, ...column }, options)(cell);
  return isTrouble(result) ? { code: result.code } : result;
}

const bad = (code: string) => ({ code });
const noon = Date.UTC(2026, 2, 1, 12);

describe.each<[InputColumn['type'], [unknown, Value | { code: string }][]]>([
  [
    'string',
    [
      [' a ', 'a'],
      ['  ', null],
      [null, null],
      [undefined, null],
      [5, '5'],
      ['a\0b', bad('bad-text')],
      ['\ud800', bad('bad-text')],
      [true, bad('bad-text')],
      ['я'.repeat(600_000), bad('too-big')],
      ['я'.repeat(500_000), 'я'.repeat(500_000)],
    ],
  ],
  [
    'key',
    [
      ['00012', '00012'],
      ['x'.repeat(201), bad('bad-text')],
      ['a\nb', bad('bad-text')],
    ],
  ],
  [
    'integer',
    [
      ['12', 12],
      ['-0', 0],
      ['+7', 7],
      [3, 3],
      ['1.0', bad('bad-number')],
      ['9007199254740993', bad('bad-number')],
      [1.5, bad('bad-number')],
      ['0x1', bad('bad-number')],
    ],
  ],
  [
    'number',
    [
      ['1.50', 1.5],
      ['.5', 0.5],
      ['-1e3', -1000],
      ['1,5', bad('bad-number')],
      ['NaN', bad('bad-number')],
      ['1e999', bad('bad-number')],
      ['Infinity', bad('bad-number')],
    ],
  ],
  [
    'money',
    [
      ['12.5', 12.5],
      ['0', 0],
      [99.99, 99.99],
      ['99999999999.9999', 99999999999.9999],
      ['-1', bad('negative-money')],
      [-0.01, bad('negative-money')],
      ['1.00001', bad('bad-number')],
      ['-', bad('bad-number')],
      ['1 000', bad('bad-number')],
      ['123456789012', bad('bad-number')],
    ],
  ],
  [
    'boolean',
    [
      ['true', true],
      ['No', false],
      [1, true],
      [false, false],
      ['2', bad('bad-boolean')],
      [[], bad('bad-boolean')],
    ],
  ],
  [
    'date',
    [
      ['2024-02-29', '2024-02-29'],
      ['20240229', '2024-02-29'],
      ['2026-02-29', bad('bad-date')],
      ['2026-02-31', bad('bad-date')],
      ['2026-13-01', bad('bad-date')],
      ['2026-00-01', bad('bad-date')],
      ['2026-01-00', bad('bad-date')],
      ['0099-01-01', bad('bad-date')],
      ['2026-0101', bad('bad-date')],
      ['01.02.2026', bad('bad-date')],
    ],
  ],
  [
    'instant',
    [
      ['2026-03-01T12:00:00Z', noon],
      ['2026-03-01 15:00', noon],
      ['2026-03-01T15:00:00.1239+03:00', noon + 123],
      ['2026-03-01T02:30-0930', noon],
      ['2026-03-01T17:30+0530', noon],
      ['20260301', noon - 15 * 3_600_000],
      ['2026-03-01', noon - 15 * 3_600_000],
      ['2026-02-31T12:00Z', bad('bad-instant')],
      ['2026-03-01T24:00Z', bad('bad-instant')],
      ['2026-03-01T12:60Z', bad('bad-instant')],
      ['2026-03-01T12:00+19:00', bad('bad-instant')],
      ['1772366400', bad('bad-instant')],
      [noon, bad('bad-instant')],
      [20260301, bad('bad-instant')],
    ],
  ],
  [
    'email',
    [
      [' Anna.P+x@Example.ORG ', 'Anna.P+x@example.org'],
      ['a@почта.рф', 'a@xn--80a1acny.xn--p1ai'],
      ['a@b.ru.', 'a@b.ru'],
      ['a@b.ru..', bad('bad-email')],
      ['a@b', bad('bad-email')],
      ['a@@b.ru', bad('bad-email')],
      ['a@-b.ru', bad('bad-email')],
      ['.a@b.ru', bad('bad-email')],
      ['a..b@b.ru', bad('bad-email')],
      ['a b@b.ru', bad('bad-email')],
      ['a@b..ru', bad('bad-email')],
      ['a@b.1', bad('bad-email')],
      ['A <a@b.ru>', bad('bad-email')],
      ['a@b.ru\nBcc: c@d.ru', bad('bad-email')],
      [`${'a'.repeat(65)}@b.ru`, bad('bad-email')],
      [`a@${'b.'.repeat(130)}ru`, bad('bad-email')],
    ],
  ],
  [
    'phone',
    [
      ['+7 (000) 123-45-67', '+70001234567'],
      ['80001234567', '+70001234567'],
      ['70001234567', '+70001234567'],
      [80001234567, '+70001234567'],
      ['+44 20 7946 0000', '+442079460000'],
      ['0001234567', bad('bad-phone')],
      ['+7000123', bad('bad-phone')],
      ['+7000123456789', bad('bad-phone')],
      ['call me', bad('bad-phone')],
    ],
  ],
  [
    'timezone',
    [
      ['Europe/Moscow', 'Europe/Moscow'],
      ['asia/almaty', 'Asia/Almaty'],
      ['UTC', 'UTC'],
      ['Moscow', bad('bad-timezone')],
      ['+03:00', bad('bad-timezone')],
    ],
  ],
  [
    'locale',
    [
      ['RU', 'ru'],
      ['en_gb', 'en-GB'],
      ['по-русски', bad('bad-locale')],
    ],
  ],
])('%s', (type, cases) => {
  test.each(cases.map(([cell, expected]) => ({ cell, expected })))('$cell → $expected', ({ cell, expected }) => {
    expect(convert({ type }, cell)).toEqual(expected);
  });
});

describe('list', () => {
  const column = {
    type: 'list',
    items: [
      { name: 'price', type: 'money', pii: false },
      { name: 'name', type: 'string', pii: false },
    ],
  } satisfies Partial<InputColumn>;

  test('is stored as canonical JSON, given as text or as it is', () => {
    const stored = '[{"name":"Hat","price":5},{"price":0}]';
    expect(convert(column, '[{"price": "5.00", "name": " Hat "}, {"price": 0, "name": ""}]')).toBe(stored);
    expect(convert(column, [{ name: 'Hat', price: 5, size: 'M' }, { price: 0 }])).toBe(stored);
    expect(convert(column, '[]')).toBe('[]');
  });

  test.each(['{}', '[1]', '[[]]', 'Hat', '[{"price":'])('%s is none', (cell) => {
    expect(convert(column, cell)).toEqual(bad('bad-list'));
  });

  test('names the fault of an item', () => {
    const options = { clock: localClock('UTC'), unknown: () => undefined };
    const result = converter({ name: 'items', pii: false, ...column }, options)('[{"price":1},{"price":-1}]');
    expect(result).toMatchObject({ code: 'negative-money' });
    expect(isTrouble(result) && result.part?.('items')).toBe('items, item 2, price');
  });
});
