import { describe, expect, test } from 'vitest';
import type { Encoding } from '../../../spec/model/data.ts';
import { load, outline } from './load.test-helper.ts';
import { customerShape } from './shape.ts';

const shape = customerShape({
  sources: [],
  attributes: [
    { name: 'name', type: 'string', pii: true },
    { name: 'city', type: 'string', pii: false },
  ],
});

/** The text in an encoding of one byte a letter. */
function narrow(text: string, encoding: Encoding): Buffer {
  const decoder = new TextDecoder(encoding);
  const bytes = new Map(Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]));
  return Buffer.from([...text].map((letter) => bytes.get(letter) ?? 63));
}

const russian = 'id;name;city\r\n1;Анна;Москва\r\n2;Семён;Тверь\r\n';
const people = [
  ['1', 'Анна', 'Москва'],
  ['2', 'Семён', 'Тверь'],
];
const french = 'id;name;city\n1;Zoë;Orléans\n2;André;Nîmes\n';
const gens = [
  ['1', 'Zoë', 'Orléans'],
  ['2', 'André', 'Nîmes'],
];

describe('an encoding that nobody has declared is recognised', () => {
  test.each([
    ['UTF-8', Buffer.from(russian), people, []],
    ['UTF-8 with its mark', Buffer.from(`\uFEFF${russian}`), people, []],
    ['UTF-16 with its mark', Buffer.from(`\uFEFF${russian}`, 'utf16le'), people, []],
    ['UTF-16, big end first', Buffer.from(`\uFEFF${russian}`, 'utf16le').swap16(), people, []],
    ['UTF-16 without a mark', Buffer.from(russian, 'utf16le'), people, ['0 guessed-encoding']],
    ['Windows-1251', narrow(russian, 'windows-1251'), people, ['0 guessed-encoding']],
    ['Windows-1252', narrow(french, 'windows-1252'), gens, ['0 guessed-encoding']],
  ])('%s', async (_, bytes, rows, problems) => {
    for (const chunk of [1, 7, 64 * 1024]) {
      const loaded = await load(bytes, shape, { chunk });
      expect(loaded.rows).toEqual(rows);
      expect(outline(loaded.problems)).toEqual(problems);
    }
  });

  test('by a header in Russian alone, and the report suggests what to declare', async () => {
    const bytes = narrow('Код;Имя;Город\n1;Ann;Perm\n2;Bob;Omsk\n3;Cid;Ufa\n', 'windows-1251');
    const rename = { Код: 'id', Имя: 'name', Город: 'city' };
    const { rows, problems } = await load(bytes, shape, { rename });
    expect(rows[2]).toEqual(['3', 'Cid', 'Ufa']);
    expect(problems.map(({ message }) => message)).toMatchInlineSnapshot(`
      [
        "The file is not UTF-8. It is read as windows-1251, which it looks like; write \`encoding: windows-1251\` at its source if that is right, and the right encoding if it is not.",
      ]
    `);
  });

  test('but a few broken rows of a long file are no encoding', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => `${i},n,c\n`).join('');
    const bytes = Buffer.concat([Buffer.from(`id,name,city\n${rows}`), Buffer.from('x,caf\xe9,y\n', 'latin1')]);
    expect(outline((await load(bytes, shape)).problems)).toEqual(['42 wrong-encoding!']);
  });
});

describe('a declared encoding', () => {
  test.each<[Encoding, Buffer]>([
    ['windows-1251', narrow(russian, 'windows-1251')],
    ['koi8-r', narrow(russian, 'koi8-r')],
    ['ibm866', narrow(russian, 'ibm866')],
    ['utf-16', Buffer.from(russian, 'utf16le')],
    ['utf-8', Buffer.from(russian)],
  ])('%s is taken as it is', async (encoding, bytes) => {
    expect(await load(bytes, shape, { encoding })).toEqual({ rows: people, problems: [] });
  });

  test.each<[Encoding, Buffer]>([
    ['windows-1251', Buffer.from(russian)],
    ['windows-1251', Buffer.from(`\uFEFF${russian}`, 'utf16le')],
    ['utf-8', Buffer.from(`\uFEFF${russian}`, 'utf16le')],
  ])('%s that the file certainly is not in refuses the file', async (encoding, bytes) => {
    const { rows, problems } = await load(bytes, shape, { encoding });
    expect(rows).toEqual([]);
    expect(outline(problems)).toEqual(['0 wrong-encoding!']);
  });
});

describe('line ends and separators', () => {
  test.each([
    ['CR alone', 'id,name,city\r1,Ann,Perm\r2,Bob,Omsk\r', {}],
    ['CR alone, without one at the end', 'id,name,city\r1,Ann,Perm\r2,Bob,Omsk', {}],
    ['CR alone around a cell of two lines', 'id,name,city\r1,Ann,Perm\r2,Bob,"Omsk"\r', {}],
    ['CRLF', 'id,name,city\r\n1,Ann,Perm\r\n2,Bob,Omsk\r\n', {}],
    ['a line that names the separator', 'sep=;\r\nid;name;city\r\n1;Ann;Perm\r\n2;Bob;Omsk\r\n', {}],
    ['the same in quotes', '"sep=|"\nid|name|city\n1|Ann|Perm\n2|Bob|Omsk\n', {}],
    ['bars', 'id|name|city\n1|Ann|Perm\n2|Bob|Omsk\n', {}],
    ['a declared separator', 'id;name;city;"a,b,c,d,e"\n1;Ann;Perm;\n2;Bob;Omsk;\n', { delimiter: ';' }],
    ['a declared separator against a named one', 'sep=,\nid;name;city\n1;Ann;Perm\n2;Bob;Omsk\n', { delimiter: ';' }],
  ])('%s', async (_, text, options) => {
    for (const chunk of [1, 5, 64 * 1024]) {
      const { rows } = await load(text, shape, { chunk, ...options });
      expect(rows).toEqual([
        ['1', 'Ann', 'Perm'],
        ['2', 'Bob', 'Omsk'],
      ]);
    }
  });

  test('of a file with CR alone, LF inside of quotes is part of the cell', async () => {
    const { rows, problems } = await load('id,name,city\r1,"Ann\nLee",Perm\r2,Bob,Omsk\r', shape);
    expect(rows).toEqual([
      ['1', 'Ann\nLee', 'Perm'],
      ['2', 'Bob', 'Omsk'],
    ]);
    expect(problems).toEqual([]);
  });

  test('CR inside of quotes of a file with LF is part of the cell', async () => {
    const { rows } = await load('id,"name",city\n1,"Ann\rLee",Perm\n', shape);
    expect(rows).toEqual([['1', 'Ann\rLee', 'Perm']]);
  });
});

describe('a header', () => {
  test('of several lines and blanks in a cell is one name', async () => {
    const rename = { 'Customer name': 'name' };
    const { rows } = await load('id,"Customer\n  name",city\n1,Ann,Perm\n', shape, { rename });
    expect(rows).toEqual([['1', 'Ann', 'Perm']]);
  });

  test('with control characters refuses the file', async () => {
    expect(outline((await load('id,na\0me,city\n1,Ann,Perm\n', shape)).problems)).toEqual(['1 broken-header!']);
  });

  test('that is a row shows no address of it', async () => {
    const { problems } = await load('id,ann@example.com,8 (916) 123-45-67\n1,Ann,Perm\n', shape);
    expect(outline(problems)).toEqual(['1 unknown-column', '1 unknown-column']);
    expect(JSON.stringify(problems)).not.toMatch(/example|916/);
  });
});
