import { expect, test } from 'vitest';
import { load, outline } from './load.test-helper.ts';
import { eventShape } from './shape.ts';

const carts = eventShape({
  name: 'cart_updated',
  sources: [],
  fields: [
    { name: 'total', type: 'money', pii: false },
    { name: 'items', type: 'list', pii: false, items: [{ name: 'name', type: 'string', pii: false }] },
  ],
});
const path = 'carts.jsonl';
const at = '2026-03-01T00:00:00Z';

test('reads objects; what is none, or none of the shape, is set aside', async () => {
  const text = [
    `{"id":"1","customer":7,"at":"${at}","total":12.5,"items":[{"name":"Hat"}]}`,
    '',
    '{"id":"2",',
    '[1]',
    'null',
    `{"id":"3","customer":"c","at":${Date.UTC(2026, 2, 1)}}`,
    `{"id":"4","customer":"c","at":"${at}","items":[{"name":{}}]}`,
    `{"id":"5","customer":"c","at":"${at}","total":null}`,
    `{"id":"6","x":${'['.repeat(50)}${']'.repeat(50)}}`,
    '['.repeat(200_000),
  ].join('\n');
  const { rows, problems } = await load(text, carts, { path });
  expect(rows).toEqual([
    ['1', '7', Date.UTC(2026, 2, 1), 12.5, '[{"name":"Hat"}]'],
    ['4', 'c', Date.UTC(2026, 2, 1), null, null],
    ['5', 'c', Date.UTC(2026, 2, 1), null, null],
  ]);
  expect(outline(problems)).toEqual([
    '3 broken-json!',
    '4 broken-json!',
    '5 broken-json!',
    '6 bad-instant!',
    '7 bad-text',
    '9 broken-json!',
    '10 broken-json!',
  ]);
  expect(problems[4]?.message).toBe('items, item 1, name is not text. The whole field was left empty.');
});

test('reports unknown names once, in items too, and renames without their key', async () => {
  const line = `{"who":"c","at":"${at}","totl":1,"items":[{"name":"a","colour":"red"}]}`;
  const { rows, problems } = await load(`${line}\n${line}\n`, carts, { path, rename: { who: 'customer', when: 'at' } });
  expect(rows).toHaveLength(2);
  expect(problems.map(({ line, code, field }) => [line, code, field])).toEqual([
    [1, 'unknown-column', 'totl'],
    [1, 'unknown-column', 'items.colour'],
    [0, 'unused-rename', 'when'],
  ]);
});

test('a derived id does not depend on the order of keys, on what is empty or on what is not declared', async () => {
  const first = await load(`{"customer":"c","at":"${at}","items":[{"name":"a","n":1}]}`, carts, { path });
  const second = await load(
    `{"items":[{"n":3,"name":"a"}],"total":null,"extra":1,"at":"${at}","customer":"c"}`,
    carts,
    { path },
  );
  const other = await load(`{"items":[{"n":1,"name":"b"}],"total":null,"at":"${at}","customer":"c"}`, carts, { path });
  expect(second.rows[0]?.[0]).toBe(first.rows[0]?.[0]);
  expect(other.rows[0]?.[0]).not.toBe(first.rows[0]?.[0]);
});
