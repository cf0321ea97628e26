import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { load, outline } from './load.test-helper.ts';
import { eventShape } from './shape.ts';

const shape = eventShape({
  name: 'order_paid',
  sources: [],
  fields: [
    { name: 'total', type: 'money', pii: false },
    { name: 'sku', type: 'string', pii: false },
    { name: 'items', type: 'list', pii: false, items: [{ name: 'sku', type: 'string', pii: false }] },
  ],
});
const path = 'orders.json';
const at = '2026-03-01T00:00:00Z';
const order = (id: number, more: object = {}) => ({ id, customer: `c${id}`, at, ...more });
const ids = (rows: unknown[][]) => rows.map(([id]) => id);

describe('a JSON list', () => {
  const list = [order(1, { sku: '}]"\\', total: 5 }), order(2), order(3)];
  test.each([
    ['on one line', JSON.stringify(list)],
    ['on many', JSON.stringify(list, null, 2)],
    ['in an object', JSON.stringify({ count: 3, meta: { a: { b: [{}] } }, orders: list, next: null })],
    ['in two lists of an object', JSON.stringify({ a: list.slice(0, 1), b: list.slice(1) }, null, 1)],
    ['with blanks and a mark', `\uFEFF\n  ${JSON.stringify(list)}  \n\n`],
  ])('%s', async (_, text) => {
    for (const chunk of [1, 7, 64 * 1024]) {
      const { rows, problems } = await load(text, shape, { path, chunk });
      expect(rows.map((row) => row.slice(0, 5))).toEqual([
        ['1', 'c1', Date.parse(at), 5, '}]"\\'],
        ['2', 'c2', Date.parse(at), null, null],
        ['3', 'c3', Date.parse(at), null, null],
      ]);
      expect(problems).toEqual([]);
    }
  });

  test.each([
    [
      'a broken item costs itself',
      `[${JSON.stringify(order(1))},\n{"id": nope},\n${JSON.stringify(order(3))}]`,
      ['1', '3'],
      ['2 broken-json!'],
    ],
    [
      'items that are no objects are reported once',
      `[${JSON.stringify(order(1))}, 5, "x",\n [{}], null]`,
      ['1'],
      ['1 broken-json!'],
    ],
    ['a list that is never closed', `[${JSON.stringify(order(1))},\n{"id": 2`, ['1'], ['2 broken-json!']],
    ['an object on each line', `${JSON.stringify(order(1))}\n${JSON.stringify(order(2))}`, [], ['2 broken-json!']],
    ['no JSON', 'id,customer\n1,c1\n', [], ['1 broken-json!']],
    ['nothing', ' \n', [], ['0 empty-file']],
    ['an empty list', '[]', [], []],
    [
      'an item of 5 MB',
      `[${JSON.stringify(order(1, { sku: 'x'.repeat(5e6) }))},\n${JSON.stringify(order(2))}]`,
      ['2'],
      ['1 too-big!'],
    ],
  ])('%s', async (_, text, expected, problems) => {
    const loaded = await load(text, shape, { path });
    expect(ids(loaded.rows)).toEqual(expected);
    expect(outline(loaded.problems)).toEqual(problems);
  });
});

describe('paths', () => {
  test('lead into objects, and into lists, whose plain values are joined', async () => {
    const value = {
      number: 7,
      customer: { id: 'c9', 'e.mail': 'x' },
      dates: { paid: at },
      lines: [{ sku: 'a', price: '1' }, { sku: 'b' }],
    };
    const { rows, problems } = await load(JSON.stringify(value), shape, {
      path: 'orders.jsonl',
      rename: { number: 'id', 'customer.id': 'customer', 'dates.paid': 'at', 'lines.sku': 'sku', lines: 'items' },
      where: { 'customer.e.mail': ['X'] },
    });
    expect(rows).toEqual([['7', 'c9', Date.parse(at), null, 'a, b', '[{"sku":"a"},{"sku":"b"}]']]);
    expect(problems.map(({ code, field }) => [code, field])).toEqual([['unknown-column', 'items.price']]);
  });

  test('a path that no row has is reported, as is what is asked for nowhere', async () => {
    const { problems } = await load(JSON.stringify(order(1, { note: 'x' })), shape, {
      path: 'orders.jsonl',
      rename: { 'shop.name': 'sku' },
    });
    expect(problems.map(({ code, field }) => [code, field])).toEqual([
      ['unknown-column', 'note'],
      ['unused-rename', 'shop.name'],
    ]);
  });
});

describe('each', () => {
  const orders = [
    order(1, {
      lines: [
        { sku: 'a', price: 1 },
        { sku: 'b', price: 2 },
      ],
    }),
    order(2, { lines: [] }),
    order(3),
    order(4, { lines: [{ sku: 'd', key: 'k4', price: 4 }] }),
  ];
  const rename = { 'lines.sku': 'sku', 'lines.price': 'total' };

  test('item of a list is a row, with what is around it, and the number of the item in its id', async () => {
    const { rows, problems } = await load(JSON.stringify(orders), shape, { path, each: 'lines', rename });
    expect(rows.map((row) => row.slice(0, 5))).toEqual([
      ['1/1', 'c1', Date.parse(at), 1, 'a'],
      ['1/2', 'c1', Date.parse(at), 2, 'b'],
      ['4/1', 'c4', Date.parse(at), 4, 'd'],
    ]);
    expect(problems).toEqual([]);
  });

  test('has its own id where it has one', async () => {
    const options = { path, each: 'lines', rename: { ...rename, 'lines.key': 'id' } };
    expect(ids((await load(JSON.stringify(orders.slice(3)), shape, options)).rows)).toEqual(['k4']);
  });

  test('may lie deep, and be plain', async () => {
    const text = JSON.stringify(order(1, { cart: { tags: ['x', 'y'] } }));
    const options = { path: 'orders.jsonl', each: 'cart.tags', rename: { 'cart.tags': 'sku' } };
    expect((await load(text, shape, options)).rows.map((row) => row[4])).toEqual(['x', 'y']);
  });
});

describe('a compressed file', () => {
  const text = `id,customer,at\n${Array.from({ length: 50_000 }, (_, i) => `${i},c,${at}\n`).join('')}`;

  test.each([
    ['orders.csv.gz', text, 50_000],
    ['orders.json.GZ', JSON.stringify([order(1), order(2)]), 2],
    ['orders.jsonl.gz', JSON.stringify(order(1)), 1],
  ])('%s is read as what it holds', async (path, content, count) => {
    const { rows, problems } = await load(gzipSync(content), shape, { path, chunk: 1000 });
    expect(rows).toHaveLength(count);
    expect(problems).toEqual([]);
  });
});

test('a row that is not UTF-8 is left out', async () => {
  const text = Buffer.from(`[${JSON.stringify(order(1))},\n${JSON.stringify(order(2, { sku: '?' }))}]`);
  text[text.lastIndexOf('?')] = 0xff;
  const { rows, problems } = await load(text, shape, { path });
  expect(ids(rows)).toEqual(['1']);
  expect(outline(problems)).toEqual(['2 wrong-encoding!']);
});
