import { describe, expect, test } from 'vitest';
import type { ValueWriting } from '../../../../spec/model/data.ts';
import type { Value } from '../../../store/database.ts';
import type { InputColumn } from '../shape.ts';
import { converter } from './convert.ts';
import { isTrouble } from './converter.ts';
import { localClock } from './local-clock.ts';

/** The value; undefined: none of its type. */
function convert(type: InputColumn['type'], writing: ValueWriting, cell: unknown, currency = 'RUB'): Value | undefined {
  const options = { clock: localClock('Europe/Moscow'), unknown: () => undefined, writing, currency };
  const result = converter({ name: 'x', pii: false, type }, options)(cell);
  return isTrouble(result) ? undefined : result;
}

const at = (...parts: [number, number, number, number?, number?, number?, number?]) => {
  const [year, month, day, ...rest] = parts;
  return Date.UTC(year, month - 1, day, ...rest);
};

describe('dates in declared forms', () => {
  test.each<[string[], unknown, Value | undefined]>([
    [['DD.MM.YYYY'], '19.02.1968', '1968-02-19'],
    [['DD.MM.YYYY'], '9.02.1968', undefined],
    [['D.M.YYYY'], '9.2.1968', '1968-02-09'],
    [['DD.MM.YYYY'], '31.02.1968', undefined],
    [['DD.MM.YYYY'], '1968-02-19', '1968-02-19'],
    [['DD.MM.YYYY HH:mm:ss'], '19.02.1968 23:59:59', '1968-02-19'],
    [['M/D/YYYY'], '2/19/1968', '1968-02-19'],
    [['MM/DD/YYYY', 'DD/MM/YYYY'], '19/02/1968', '1968-02-19'],
    [['MM/DD/YYYY', 'DD/MM/YYYY'], '03/02/1968', '1968-03-02'],
    [['epoch seconds'], '-59270400', '1968-02-15'],
    [['epoch milliseconds'], 1772323200000, '2026-03-01'],
    [['YYYY.MM.DD'], '1968x02x19', undefined],
    [['DD.MM.YY'], '19.02.68', '1968-02-19'],
    [['DD.MM.YY'], '19.02.49', '2049-02-19'],
    [['DD.MM.YY'], '19.02.50', '1950-02-19'],
    [['M/D/YY'], '2/29/00', '2000-02-29'],
    [['M/D/YY'], '2/29/01', undefined],
    [['DD.MM.YY'], '19.02.1968', undefined],
    [['DD.MM.YY', 'DD.MM.YYYY'], '19.02.1968', '1968-02-19'],
  ])('date %j: %s → %s', (dates, cell, expected) => {
    expect(convert('date', { dates }, cell)).toEqual(expected);
  });

  test.each<[string[], unknown, Value | undefined]>([
    [['DD.MM.YYYY HH:mm:ss'], '01.03.2026 15:04:05', at(2026, 3, 1, 12, 4, 5)],
    [['DD.MM.YYYY'], '01.03.2026', at(2026, 2, 28, 21)],
    [['DD.MM.YYYY HH:mm'], '01.03.2026  15:04', at(2026, 3, 1, 12, 4)],
    [['YYYY-MM-DD HH:mm:ss UTC'], '2026-03-01 15:04:05 UTC', at(2026, 3, 1, 15, 4, 5)],
    [['YYYY/MM/DD HH:mm:ss Z'], '2026/03/01 15:04:05 -0500', at(2026, 3, 1, 20, 4, 5)],
    [['M/D/YYYY h:mm A'], '3/1/2026 12:04 am', at(2026, 2, 28, 21, 4)],
    [['M/D/YYYY h:mm A'], '3/1/2026 1:04 PM', at(2026, 3, 1, 10, 4)],
    [['M/D/YYYY h:mm A'], '3/1/2026 13:04 PM', undefined],
    [['DD.MM.YYYYTHH:mm:ss.SSS'], '01.03.2026T15:04:05.5', at(2026, 3, 1, 12, 4, 5, 500)],
    [['epoch seconds'], '1772366400', at(2026, 3, 1, 12)],
    [['epoch seconds'], 1772366400, at(2026, 3, 1, 12)],
    [['epoch seconds'], '1772366400.25', at(2026, 3, 1, 12, 0, 0, 250)],
    [['epoch milliseconds'], '1772366400000', at(2026, 3, 1, 12)],
    [['DD.MM.YYYY HH:mm'], '2026-03-01T12:00:00Z', at(2026, 3, 1, 12)],
    [['DD.MM.YYYY HH:mm'], '01.03.2026 25:00', undefined],
  ])('instant %j: %s → %s', (dates, cell, expected) => {
    expect(convert('instant', { dates }, cell)).toEqual(expected);
  });

  test.each<[unknown, Value | undefined]>([
    ['20220113T095414Z', at(2022, 1, 13, 9, 54, 14)],
    ['20220113T0954', at(2022, 1, 13, 6, 54)],
    ['2022-01-13 9:05', at(2022, 1, 13, 6, 5)],
    ['2022-01-13 09:54:14 UTC', at(2022, 1, 13, 9, 54, 14)],
    ['2022-01-13 9', at(2022, 1, 13, 6)],
    ['2022-01-13 95', undefined],
    ['2022-01-13T9541', undefined],
  ])('without any: %s → %s', (cell, expected) => {
    expect(convert('instant', {}, cell)).toEqual(expected);
  });

  test('a date without any may have a time of day, which does not count', () => {
    expect(convert('date', {}, '1968-02-19 00:00:00')).toBe('1968-02-19');
  });
});

describe('numbers with a declared decimal sign', () => {
  test.each<[InputColumn['type'], ',' | '.', unknown, Value | undefined]>([
    ['money', ',', '2 197,00', 2197],
    ['money', ',', '2\u00A0197,5', 2197.5],
    ['money', ',', '12\u202F197,05 ₽', 12197.05],
    ['money', ',', '1.234.567,89', 1234567.89],
    ['money', ',', '1234,5', 1234.5],
    ['money', ',', '1.234', 1234],
    ['money', ',', '12.50', undefined],
    ['money', ',', '1 23,00', undefined],
    ['money', ',', '-5,00', undefined],
    ['money', ',', 12.5, 12.5],
    ['money', '.', '₽1,234.50', 1234.5],
    ['number', '.', '$1,234.50', 1234.5],
    ['money', '.', '1,23', undefined],
    ['number', ',', '-0,5', -0.5],
    ['number', ',', '−1 000,5', -1000.5],
    ['number', ',', '', null],
    ['integer', ',', '1 200', 1200],
    ['integer', ',', '2,000', 2],
    ['integer', ',', '2,5', undefined],
    ['integer', ',', '1', 1],
  ])('%s %s: %s → %s', (type, decimal, cell, expected) => {
    expect(convert(type, { decimal }, cell)).toEqual(expected);
  });
});

describe('amounts with a currency beside them', () => {
  test.each<[currency: string, cell: string, Value | undefined, decimal?: ',' | '.']>([
    ['RUB', '100 руб.', 100],
    ['RUB', '100руб', 100],
    ['RUB', '1 299,00 ₽', 1299, ','],
    ['RUB', '1 299,00 ₽', undefined],
    ['RUB', '12.50 р.', 12.5],
    ['RUB', 'RUB 5', 5],
    ['RUB', '5 rur', 5],
    ['RUB', 'Руб. 5,5', 5.5, ','],
    ['BYN', '5 руб.', 5],
    ['USD', '$12.50', 12.5],
    ['USD', 'US$ 12.50', 12.5],
    ['USD', '$12.50 USD', 12.5],
    ['CAD', '$12.50', 12.5],
    ['CAD', 'US$12.50', undefined],
    ['CAD', '$12.50 USD', undefined],
    ['EUR', 'EUR 5', 5],
    ['EUR', '5€', 5],
    ['EUR', '5 евро', 5],
    ['EUR', '$5', undefined],
    ['EUR', '5 USD', undefined],
    ['EUR', '$1,234.50', undefined, '.'],
    ['SEK', '5 kr', 5],
    ['ZAR', 'R 5', 5],
    ['PLN', '5,00 zł', 5, ','],
    ['RUB', '2&nbsp;197.50 &#8381;', 2197.5, '.'],
    ['RUB', '2&nbsp;197', 2197, '.'],
    ['RUB', '5 &#8364;', undefined],
    ['RUB', '5 шт.', undefined],
    ['RUB', 'руб.', undefined],
    ['RUB', '5 руб. 50 коп.', undefined],
    ['RUB', '-5 руб.', undefined],
  ])('%s: %s → %s', (currency, cell, expected, decimal) => {
    expect(convert('money', decimal ? { decimal } : {}, cell, currency)).toEqual(expected);
  });

  test('of another currency are no broken numbers', () => {
    const options = { clock: localClock('UTC'), unknown: () => undefined, currency: 'EUR' };
    const money = converter({ name: 'x', pii: false, type: 'money' }, options);
    const codes = ['$5', '5 USD', '-5 EUR', '5 K', '5 EUR', '5'].map((cell) => {
      const result = money(cell);
      return isTrouble(result) ? result.code : result;
    });
    expect(codes).toEqual(['other-currency', 'other-currency', 'negative-money', 'bad-number', 5, 5]);
  });
});

describe('words with a declared meaning', () => {
  const values = { Да: 'yes', нет: 'no', 'н/д': '', '1.0': 'true' };
  test.each<[InputColumn['type'], unknown, Value | undefined]>([
    ['boolean', 'да', true],
    ['boolean', ' НЕТ ', false],
    ['boolean', 'true', true],
    ['boolean', '1.0', true],
    ['boolean', 'Н/Д', null],
    ['boolean', 'может', undefined],
    ['boolean', undefined, null],
  ])('%s %s → %s', (type, cell, expected) => {
    expect(convert(type, { values }, cell)).toEqual(expected);
  });
});

describe('a value between two texts', () => {
  const between = ['[', ']'];
  test.each<[InputColumn['type'], ValueWriting, unknown, Value | undefined]>([
    ['key', { between }, '[31] Anna [shop] (anna)', '31'],
    ['integer', { between }, 'Anna [ 31 ]', 31],
    ['key', { between: ['(', ')'] }, '[31] Anna (anna)', 'anna'],
    ['key', { between: [' - ', '.'] }, '31 - anna.', 'anna'],
    ['boolean', { between, values: { Да: 'yes' } }, '[Да] 12.02.2026', true],
    ['key', { between }, '', null],
    ['key', { between }, null, null],
    ['key', { between }, '[] Anna', null],
    ['key', { between }, 'Anna', undefined],
    ['key', { between }, '31] Anna', undefined],
    ['key', { between }, '[31', undefined],
    ['integer', { between }, 31, 31],
  ])('%s %j: %s → %s', (type, writing, cell, expected) => {
    expect(convert(type, writing, cell)).toEqual(expected);
  });
});

describe('the advice for a value that cannot be read', () => {
  const options = { clock: localClock('Europe/Moscow'), unknown: () => undefined };
  const advice = (type: InputColumn['type'], writing: ValueWriting, cell: unknown) => {
    const result = converter({ name: 'x', pii: false, type }, { ...options, writing })(cell);
    return isTrouble(result) ? result.why('it').replace(/^it /, '') : undefined;
  };

  test.each<[InputColumn['type'], ValueWriting, string, string]>([
    [
      'money',
      {},
      'is not an amount of money; write it like 1234.50, with at most 4 decimals and 11 digits before them, or declare `decimal` at the source',
      '1234.50',
    ],
    [
      'money',
      { decimal: ',' },
      'is not an amount of money; write it like 1234,50, with at most 4 decimals and 11 digits before them, as `decimal` of the source says',
      '1234,50',
    ],
    [
      'money',
      { decimal: '.' },
      'is not an amount of money; write it like 1234.50, with at most 4 decimals and 11 digits before them, as `decimal` of the source says',
      '1234.50',
    ],
    ['number', {}, 'is not a number; write it like 1234.5, or declare `decimal` at the source', '1234.5'],
    ['number', { decimal: ',' }, 'is not a number; write it like 1234,5, as `decimal` of the source says', '1234,5'],
    [
      'date',
      {},
      'is not a date of the calendar; write it like 2026-03-31, or declare the form by `dates` at the source',
      '2026-03-31',
    ],
    [
      'date',
      { dates: ['DD.MM.YYYY'] },
      'is not a date of the calendar; write it as `dates` of the source says (`DD.MM.YYYY`) or like 2026-03-31, or add its form there',
      '2026-03-31',
    ],
    [
      'instant',
      {},
      'is not a point in time; write it like 2026-03-31T14:05:00+03:00, or declare the form by `dates` at the source, which a plain number needs',
      '2026-03-31T14:05:00+03:00',
    ],
    [
      'instant',
      { dates: ['DD.MM.YYYY', 'epoch seconds'] },
      'is not a point in time; write it as `dates` of the source says (`DD.MM.YYYY`, `epoch seconds`) or like 2026-03-31T14:05:00+03:00, or add its form there',
      '2026-03-31T14:05:00+03:00',
    ],
  ])('%s %j', (type, writing, expected, example) => {
    expect(advice(type, writing, '3;1')).toBe(expected);
    expect(expected).toContain(example);
    expect(advice(type, writing, example)).toBeUndefined();
  });

  test('within a list declares how its numbers are written', () => {
    const items = [{ name: 'price', type: 'money' as const, pii: false }];
    const result = converter(
      { name: 'x', pii: false, type: 'list', items },
      { ...options, writing: { decimal: ',' } },
    )([{ price: '3.5' }]);
    expect(isTrouble(result) && result.why(result.part?.('items') ?? '')).toContain(
      'items, item 1, price is not an amount of money; write it like 1234,50',
    );
  });
});
