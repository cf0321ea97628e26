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
  ['a_date - 3 days', 'date'],
  ['today - a_date', 'duration'],
  ['age(a_date)', 'integer'],
  ['days_until_anniversary(a_date)', 'integer'],
  ['today', 'date'],
  ['5 RUB', 'money'],
  ['5 RUB * 2', 'money'],
  ['count(item in event.f_list where item.price > 5)', 'integer'],
  ['any item in a_list', 'boolean'],
  ['city contains "a"', 'boolean'],
  ['rfm.monetary', 'integer'],
  ['rfm', 'string'],
  ['top 5% by age(a_date)', 'boolean'],
  ['viewed then order_paid within 1 day', 'boolean'],
  ['consent(email)', 'boolean'],
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
  'a_date + 1 hour',
  'a_date + (now - a_instant)',
  'a_date + a_date',
  '1 day + a_date',
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

const year = 365 * 86_400_000;

test.each([
  ['what is configured', shop, { event: 'order_paid', value: 'total', window: year }],
  ['the only event with a total', { ...shop, rfm: undefined }, { event: 'order_paid', value: 'total', window: year }],
])('RFM counts %s', (_name, { rfm, ...rest }, config) => {
  const scope: Scope = rfm ? { ...rest, rfm: { ...rfm } } : rest;
  expect(compileExpression('rfm in ("555", "554")', scope, 'condition').expression).toMatchObject({
    operand: { kind: 'rfm', type: 'string', part: 'code', config },
  });
});

test('a sequence keeps its windows and its conditions', () => {
  const text = '(viewed where viewed.sku == "x") then not order_paid within 2 hours in last 7 days';
  expect(compileExpression(text, shop, 'condition').expression).toEqual({
    ...{ kind: 'sequence', type: 'boolean', negated: true, within: 7_200_000, since: 7 * 86_400_000 },
    first: { event: 'viewed', where: expect.objectContaining({ kind: 'compare' }) },
    second: { event: 'order_paid' },
  });
});
