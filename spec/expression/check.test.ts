import { expect, test } from 'vitest';
import { compileExpression } from './compile.ts';
import type { Scope } from './scope.ts';
import { shop } from './shop.fixture.ts';

const scope: Scope = { ...shop, event: shop.data.events[0] };

test('names and types are resolved', () => {
  const { expression } = compileExpression('a_email == "x" and event.total - 5 > a_integer', scope, 'condition');
  expect(expression).toEqual({
    kind: 'and',
    type: 'boolean',
    operands: [
      {
        ...{ kind: 'compare', type: 'boolean', op: '==' },
        left: { kind: 'attribute', type: 'string', name: 'a_email' },
        right: { kind: 'literal', type: 'string', value: 'x' },
      },
      {
        ...{ kind: 'compare', type: 'boolean', op: '>' },
        left: {
          ...{ kind: 'arithmetic', type: 'money', op: '-' },
          left: { kind: 'field', type: 'money', of: 'trigger', name: 'total' },
          right: { kind: 'literal', type: 'money', value: 5 },
        },
        right: { kind: 'attribute', type: 'integer', name: 'a_integer' },
      },
    ],
  });
});

test('an aggregate keeps its condition and its window', () => {
  const text = 'sum(order_paid.total where order_paid.f_string == city in last 90 days)';
  expect(compileExpression(text, shop, 'number').expression).toEqual({
    ...{ kind: 'aggregate', type: 'money', fn: 'sum', event: 'order_paid', field: 'total' },
    within: 90 * 86_400_000,
    where: {
      ...{ kind: 'compare', type: 'boolean', op: '==' },
      left: { kind: 'field', type: 'string', of: 'aggregated', name: 'f_string' },
      right: { kind: 'attribute', type: 'string', name: 'city' },
    },
  });
});

test.each([
  ['1 + 2', 'integer'],
  ['1 + 2.0', 'number'],
  ['4 / 2', 'number'],
  ['a_integer * a_integer', 'integer'],
  ['a_integer - a_number', 'number'],
  ['a_money + a_money', 'money'],
  ['5 - a_money', 'money'],
  ['a_money * 2', 'money'],
  ['0.5 * a_money', 'money'],
  ['a_money / 2', 'money'],
  ['a_money / a_money', 'number'],
  ['now - a_instant', 'duration'],
  ['a_instant + 2 days', 'instant'],
  ['2 days + a_instant', 'instant'],
  ['a_instant - 2 days', 'instant'],
  ['2 days - 1 hour', 'duration'],
  ['45 days ago', 'instant'],
  ['-a_number', 'number'],
  ['count(order_paid)', 'integer'],
  ['distinct(viewed.sku)', 'integer'],
  ['avg(order_paid.f_integer)', 'number'],
  ['avg(order_paid.total)', 'money'],
  ['sum(order_paid.f_integer)', 'integer'],
  ['max(order_paid.f_date)', 'date'],
  ['last(viewed)', 'instant'],
  ['first(viewed.sku)', 'string'],
  ['reachable(web-push)', 'boolean'],
])('%s is of type %s', (text, type) => {
  const { expression, problems } = compileExpression(text, scope, 'any');
  expect(problems).toEqual([]);
  expect(expression?.type).toBe(type);
});

test.each([
  'a_date + 1 day',
  'a_date - a_date',
  'a_money * a_money',
  'a_money + a_integer',
  '5 / a_money',
  '2 days * 2',
  'a_instant + a_instant',
  '2 days - now',
  'city + city',
  '-city',
  '-now',
])('%s has no meaning', (text) => {
  const { expression, problems } = compileExpression(text, scope, 'any');
  expect(expression).toBeUndefined();
  expect(problems.map(({ code }) => code)).toEqual(['CRM2044']);
});
