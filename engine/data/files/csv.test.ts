import { expect, test } from 'vitest';
import { load, outline } from './load.test-helper.ts';
import { consentShape, customerShape } from './shape.ts';

const shape = customerShape({
  sources: [],
  attributes: [
    { name: 'name', type: 'string', pii: true },
    { name: 'city', type: 'string', pii: false },
  ],
});

test.each([
  ['commas', 'id,name,city\n1,Ann,Perm\n'],
  ['semicolons', 'id;name;city\n1;Ann;Perm\n'],
  ['tabs', 'id\tname\tcity\n1\tAnn\tPerm\n'],
  ['a byte order mark and CRLF', '\uFEFFid,name,city\r\n1,Ann,Perm\r\n'],
  ['quotes', '"id","name","city"\n"1","Ann","Perm"'],
  ['blanks around cells and quotes', 'id , name, city\n 1, "Ann" , Perm '],
  ['blank lines', '\n\nid,name,city\n\n1,Ann,Perm\n\n'],
  ['another order of columns', 'city,id,name\nPerm,1,Ann'],
])('reads %s', async (_, text) => {
  expect(await load(text, shape)).toEqual({ rows: [['1', 'Ann', 'Perm']], problems: [] });
});

test('reads separators, doubled quotes and line ends inside quotes', async () => {
  const { rows, problems } = await load('id,name,city\n1,"a, ""b""","x\r\ny"\n\n2,c,d\nbad\n', shape);
  expect(rows).toEqual([
    ['1', 'a, "b"', 'x\ny'],
    ['2', 'c', 'd'],
  ]);
  expect(outline(problems)).toEqual(['6 wrong-cell-count!']);
});

test('a quote that is never closed costs its own line only', async () => {
  const { rows, problems } = await load('id,name,city\n1,Ann,Perm\n2,"Bob,Omsk\n3,Cid,Ufa\n4,Dan,Tver\n', shape);
  expect(rows.map(([id]) => id)).toEqual(['1', '3', '4']);
  expect(outline(problems)).toEqual(['3 broken-quote!']);
});

test('two open quotes do not swallow what is between them', async () => {
  const { rows, problems } = await load(
    'id,name,city\n1,"Ann,x\n2,Bob,x\n3,"Cid,x\n4,"D""n",x\n5,E" f,x\n6,"F"g,x',
    shape,
  );
  expect(rows.map(([id]) => id)).toEqual(['2', '4']);
  expect(outline(problems)).toEqual(['2 broken-quote!', '4 broken-quote!', '6 broken-quote!', '7 broken-quote!']);
});

test('an open quote that happens to be closed far below gives the lines between back', async () => {
  const lines = Array.from({ length: 3000 }, (_, i) => `${i},n,c`);
  lines[10] = '10,"n';
  lines[2500] = 'n",c';
  const { rows, problems } = await load(['id,name,city', ...lines].join('\n'), shape, { chunk: 100 });
  expect(rows).toHaveLength(2998);
  expect(outline(problems)).toEqual(['12 broken-quote!', '2502 broken-quote!']);
});

test('a row with a quoted line end is one row, whatever follows it', async () => {
  const { rows } = await load('id,name,city\n1,"Ann\nLee",Perm\n2,"Bob\n\nRay",Omsk\n', shape, { chunk: 3 });
  expect(rows).toEqual([
    ['1', 'Ann\nLee', 'Perm'],
    ['2', 'Bob\n\nRay', 'Omsk'],
  ]);
});

test('a missing required column refuses the file and names the one that was meant', async () => {
  const { rows, problems } = await load('ID,name,city\n1,Ann,Perm\n', shape);
  expect(rows).toEqual([]);
  expect(problems).toEqual([
    {
      path: 'rows.csv',
      line: 1,
      field: 'id',
      code: 'missing-column',
      message:
        'The file has no column "id", which is required for customers. Is it "ID"? Rename that to "id" (in the file, or by "rename" of the source).',
      fatal: true,
    },
  ]);
});

test('a file without a header does not show its data in the message', async () => {
  const { problems } = await load('77,Anna Petrova,anna@example.com\n', shape);
  expect(problems).toHaveLength(1);
  expect(problems[0]?.message).not.toMatch(/Anna|anna/);
});

test('an unknown column is reported once, and its rows are loaded', async () => {
  const { rows, problems } = await load('id,name,cty\n1,Ann,Perm\n2,Bob,Omsk\n', shape);
  expect(rows).toEqual([
    ['1', 'Ann', null],
    ['2', 'Bob', null],
  ]);
  expect(outline(problems)).toEqual(['1 unknown-column']);
  expect(problems[0]?.message).toContain('Did you mean "city"?');
});

test('unknown columns are reported together, but for those that may be meant for a known one', async () => {
  const { rows, problems } = await load('id,name,cty,colour,size\n1,Ann,Perm,red,5\n', shape);
  expect(rows).toEqual([['1', 'Ann', null]]);
  expect(problems.map(({ message }) => message)).toEqual([
    'The column "cty" is not declared for customers. Its values are not loaded. Did you mean "city"?',
    '2 columns are not declared for customers: "colour", "size". Their values are not loaded. Declare them under `data`, if campaigns need them.',
  ]);
  const many = Array.from({ length: 12 }, (_, i) => `extra${i}x`);
  const wide = await load(`id,name,city,${many.join(',')}\n`, shape);
  expect(wide.problems).toHaveLength(1);
  expect(wide.problems[0]?.message).toMatch(/^12 columns .*"extra9x" and 2 more\. /);
});

test('of consent, the columns that are read are named', async () => {
  const header = 'customer,channel,status,at,colour';
  const messages = async (text: string) =>
    (await load(text, consentShape(['email']))).problems.map((one) => one.message);
  expect(await messages(`${header}\n`)).toEqual([
    'The column "colour" is not declared for consent. Its values are not loaded. Only customer, channel, status, at are read.',
  ]);
  expect(await messages(`${header},size\n`)).toEqual([
    '2 columns are not declared for consent: "colour", "size". Their values are not loaded. Only customer, channel, status, at are read.',
  ]);
  expect(await messages('customer,channel,status\n')).toEqual([
    'The file has no column "at", which is required for consent. Add it, or name it (in the file, or by "rename" of the source).',
  ]);
});

test('columns are renamed; a rename without its column is reported; two columns for one name refuse the file', async () => {
  const text = 'key,who,city\n1,Ann,Perm\n';
  const renamed = await load(text, shape, { rename: { key: 'id', who: 'name', town: 'city' } });
  expect(renamed.rows).toEqual([['1', 'Ann', 'Perm']]);
  expect(outline(renamed.problems)).toEqual(['1 unused-rename']);
  const twice = await load(text, shape, { rename: { key: 'id', who: 'city' } });
  expect(outline(twice.problems)).toEqual(['1 repeated-column!']);
});

test('a broken header refuses the file', async () => {
  const { rows, problems } = await load('id,"name,city\nid,name,city\n1,Ann,Perm\n', shape);
  expect(rows).toEqual([]);
  expect(outline(problems)).toEqual(['1 broken-quote!']);
});

test('an empty file is reported as empty', async () => {
  expect(outline((await load('\n', shape)).problems)).toEqual(['0 empty-file']);
});
