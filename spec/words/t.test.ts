import { afterEach, describe, expect, test } from 'vitest';
import { counted } from '../russian/counted.ts';
import { type Translation, useLanguage } from './language.ts';
import { all, count, either, many } from './many.ts';
import { later, laterAll, t, translated } from './t.ts';

const texts: [string, Translation][] = [
  ['money', 'деньги'],
  ['The file is gone', 'Файла больше нет'],
  ['The file {0} is gone', 'Файла {0} больше нет'],
  ['{0} in {1}', 'В {1}: {0}'],
  ['{0} rows are lost.', (n) => `${counted(n, 'строка потеряна', 'строки потеряны', 'строк потеряно')}.`],
  ['{0}: {1}', '{0} — {1}'],
  ['"{0}"', '«{0}»'],
  ['Write `values: {0}` for {0}', 'Для {0} напишите `values: {0}`'],
];
const russian = {
  texts: new Map(texts),
  stored: new Map(texts),
  nouns: new Map([['customer', ['клиент', 'клиента', 'клиентов'] as const]]),
};

afterEach(() => useLanguage('en'));

describe('a text', () => {
  test('is English where no language was chosen', () => {
    expect(t`The file ${'a.csv'} is gone`).toBe('The file a.csv is gone');
    expect(t`${12_480} of ${2_000_000}`).toBe('12,480 of 2,000,000');
    expect(translated('The file is gone')).toBe('The file is gone');
  });

  test('is translated with its values, in the order and the form of the language', () => {
    useLanguage('ru', russian);
    expect(t`The file ${'a.csv'} is gone`).toBe('Файла a.csv больше нет');
    expect(t`${10} in ${2}`).toBe('В 2: 10');
    expect([1, 2, 5, 21, 111, 12_480].map((n) => t`${n} rows are lost.`)).toEqual([
      '1 строка потеряна.',
      '2 строки потеряны.',
      '5 строк потеряно.',
      '21 строка потеряна.',
      '111 строк потеряно.',
      '12\u00a0480 строк потеряно.',
    ]);
  });

  test('is English where a translation is missing', () => {
    useLanguage('ru', russian);
    expect(t`Nobody has translated ${1_000}`).toBe('Nobody has translated 1\u00a0000');
    expect(translated('Nobody has translated it')).toBe('Nobody has translated it');
  });

  test('takes values as they are', () => {
    useLanguage('ru', russian);
    expect(t`The file ${'{0} $& $1'} is gone`).toBe('Файла {0} $& $1 больше нет');
  });
});

describe('a stored text', () => {
  test('stays English, and is translated where it is shown, with the texts in it', () => {
    useLanguage('ru', russian);
    const stored = later`The file ${'a (1).csv'} is gone`;
    expect(stored).toBe('The file a (1).csv is gone');
    expect(translated(stored)).toBe('Файла a (1).csv больше нет');
    expect(translated(later`${'b.csv'}: ${'The file is gone'}`)).toBe('b.csv — Файла больше нет');
    expect(translated(later`The file ${'money'} is gone`), 'a name').toBe('Файла money больше нет');
    expect(translated(later`${21} rows are lost.`)).toBe('21 строка потеряна.');
    expect(translated(later`The file ${'total "a b"'} is gone`), 'quoted').toBe('Файла total «a b» больше нет');
    expect(translated(later`The file ${'"a", "b c"'} is gone`)).toBe('Файла «a», «b c» больше нет');
    expect(translated('Write `values: "a"` for "a"'), 'code').toBe('Для «a» напишите `values: "a"`');
    for (const kept of ['{"a", 1}', '`"a"`', '"a\\"b"', 'x == "a"'])
      expect(translated(later`The file ${kept} is gone`), 'code').toBe(`Файла ${kept} больше нет`);
    expect(laterAll({ gone: 'The file is gone' })).toEqual({ gone: 'The file is gone' });
  });
});

test('numbers and nouns are in the form of the language', () => {
  expect([count(12_480.5), many(1, 'customer'), many(2, 'customer')]).toEqual([
    '12,480.5',
    '1 customer',
    '2 customers',
  ]);
  expect([0, -0, -1, 0.5, 999, 1000].map(count)).toEqual(['0', '-0', '-1', '0.5', '999', '1,000']);
  useLanguage('ru', russian);
  expect(count(12_480.5)).toBe('12\u00a0480,5');
  expect([0, -0, -1, 0.5, 999, 1000].map(count)).toEqual(['0', '-0', '-1', '0,5', '999', '1\u00a0000']);
  expect([1, 2, 5, 11, 22].map((n) => many(n, 'customer'))).toEqual([
    '1 клиент',
    '2 клиента',
    '5 клиентов',
    '11 клиентов',
    '22 клиента',
  ]);
});

test('lists are joined by the words of the language', () => {
  expect([either(['a']), either(['a', 'b']), either(['a', 'b', 'c']), all(['a', 'b', 'c'])]).toEqual([
    'a',
    'a or b',
    'a, b or c',
    'a, b and c',
  ]);
  useLanguage('ru', russian);
  expect([either(['a', 'b', 'c']), all(['a', 'b', 'c'])]).toEqual(['a, b или c', 'a, b и c']);
});
