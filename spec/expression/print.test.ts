import fc, { type Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import { compileExpression } from './compile.ts';
import type { AggregateFunction, Expression, ValueType } from './expression.ts';
import { printExpression } from './print.ts';
import type { Scope } from './scope.ts';
import { shop, wordsOfTheLanguage } from './shop.fixture.ts';
import { arithmeticType, besides, comparable, isNumeric, isOrdered } from './types.ts';

const scope: Scope = { ...shop, event: shop.data.events[0] };

const day = 86_400_000;
const literals: Record<ValueType, Arbitrary<string | number | boolean>> = {
  string: fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
  integer: fc.maxSafeInteger(),
  number: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
  money: fc.integer(),
  boolean: fc.boolean(),
  date: fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }).map(dayOf),
  instant: fc.integer({ min: Date.parse('0000-01-01T00:00:00Z'), max: Date.parse('9999-12-31T00:00:00Z') }),
  duration: fc.integer({ min: -10_000 * day, max: 10_000 * day }),
};

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

const typesOfData: ValueType[] = ['string', 'integer', 'number', 'money', 'boolean', 'date', 'instant'];
const writable: ValueType[] = [...typesOfData.filter((type) => type !== 'money'), 'duration'];

const event = scope.data.events[0] ?? expect.unreachable();

function leaf(inside: boolean): Arbitrary<Expression> {
  const literal = fc
    .constantFrom(...writable)
    .chain((type) => literals[type].map((value): Expression => ({ kind: 'literal', type, value })));
  const attribute = fc
    .constantFrom(...typesOfData)
    .map((type): Expression => ({ kind: 'attribute', type, name: type === 'instant' ? 'now' : `a_${type}` }));
  const field = fc
    .tuple(
      fc.constantFrom(...typesOfData),
      fc.constantFrom(...(inside ? (['trigger', 'aggregated'] as const) : (['trigger'] as const))),
    )
    .map(([type, of]): Expression => ({ kind: 'field', type, of, name: `f_${type}` }));
  const ago = fc.nat({ max: 10_000 * day }).map((ms): Expression => ({ kind: 'ago', type: 'instant', ms }));
  return fc.oneof(literal, attribute, field, ago);
}

const fns: AggregateFunction[] = ['count', 'sum', 'avg', 'min', 'max', 'first', 'last', 'distinct'];

function aggregate(depth: number): Arbitrary<Expression> {
  const options = fc.record(
    { where: conditionOf(depth - 1, true), within: fc.nat({ max: 10_000 * day }) },
    { requiredKeys: [] },
  );
  return fc
    .tuple(fc.constantFrom(...fns), fc.constantFrom(...typesOfData), fc.boolean(), options)
    .map(([fn, type, bare, more]) => {
      const node = (type: ValueType, field?: string): Expression => ({
        ...{ kind: 'aggregate', type, fn, event: event.name },
        ...(field && { field }),
        ...more,
      });
      if (fn === 'count') return node('integer');
      if (bare && (fn === 'first' || fn === 'last')) return node('instant');
      const summed = fn === 'sum' || fn === 'avg';
      const fitting = summed ? isNumeric(type) : isOrdered(type) || !['min', 'max'].includes(fn);
      const used = fitting ? type : 'integer';
      return node(fn === 'distinct' ? 'integer' : fn === 'avg' && used === 'integer' ? 'number' : used, `f_${used}`);
    });
}

function expressionOf(depth: number, inside: boolean): Arbitrary<Expression> {
  if (depth <= 0) return leaf(inside);
  const part = expressionOf(depth - 1, inside);
  const arithmetic = fc.tuple(fc.constantFrom('+', '-', '*', '/'), part, part).map(([op, one, two]): Expression => {
    const sum = op === '+' || op === '-';
    const left = sum ? besides(one, two.type) : one;
    const right = sum ? besides(two, one.type) : two;
    const type = arithmeticType(op, left.type, right.type);
    if (type) return { kind: 'arithmetic', type, op, left, right };
    const same = arithmeticType(op, one.type, one.type);
    return same ? { kind: 'arithmetic', type: same, op, left: one, right: one } : one;
  });
  return fc.oneof(leaf(inside), arithmetic, ...(inside ? [] : [aggregate(depth)]), conditionOf(depth - 1, inside));
}

function conditionOf(depth: number, inside: boolean): Arbitrary<Expression> {
  const fixed: Arbitrary<Expression>[] = [
    fc.constant<Expression>({ kind: 'attribute', type: 'boolean', name: 'a_boolean' }),
    ...(inside
      ? []
      : [
          fc.constantFrom(...scope.segments).map((name): Expression => ({ kind: 'segment', type: 'boolean', name })),
          fc
            .constantFrom(...scope.channels)
            .map((channel): Expression => ({ kind: 'reachable', type: 'boolean', channel })),
        ]),
  ];
  if (depth <= 0) return fc.oneof(...fixed);
  const value = expressionOf(depth - 1, inside);
  const operand = conditionOf(depth - 1, inside);
  const compare = fc
    .tuple(fc.constantFrom('==', '!=', '<', '<=', '>', '>='), value, value)
    .map(([op, left, right]): Expression => {
      const fits = comparable(left.type, right.type) && (isOrdered(left.type) || op === '==' || op === '!=');
      if (!fits) return { kind: 'compare', type: 'boolean', op: '==', left, right: left };
      return {
        kind: 'compare',
        type: 'boolean',
        op,
        left: besides(left, right.type),
        right: besides(right, left.type),
      };
    });
  const included = fc
    .tuple(value, fc.array(value, { minLength: 1, maxLength: 4 }))
    .map(([operand, others]): Expression => {
      const fitting = others
        .filter((each) => comparable(operand.type, each.type))
        .map((each) => besides(each, operand.type));
      return { kind: 'in', type: 'boolean', operand, values: fitting.length > 0 ? fitting : [operand] };
    });
  const logic = fc
    .tuple(fc.constantFrom('and', 'or'), fc.array(operand, { minLength: 2, maxLength: 3 }))
    .map(([kind, parts]): Expression => {
      const operands = parts.flatMap((part) => (part.kind === kind ? part.operands : [part]));
      return { kind, type: 'boolean', operands };
    });
  const not = operand.map((inner): Expression => ({ kind: 'not', type: 'boolean', operand: inner }));
  const missing = value.map((operand): Expression => ({ kind: 'missing', type: 'boolean', operand }));
  return fc.oneof(...fixed, ...[compare, included, missing, logic, not].map((arbitrary) => ({ arbitrary, weight: 3 })));
}

test('what is printed compiles to the same', () => {
  fc.assert(
    fc.property(conditionOf(4, false), (expression) => {
      expect(compileExpression(printExpression(expression), scope, 'condition')).toEqual({ expression, problems: [] });
    }),
    { numRuns: 400 },
  );
});

test.each(wordsOfTheLanguage)('an attribute may be called %s', (name) => {
  const expression: Expression = { kind: 'attribute', type: 'boolean', name };
  const text = `count(order_paid where ${printExpression(expression)} in last 2 days) > 1 or ${printExpression(expression)}`;
  const compiled = compileExpression(text, scope, 'condition');
  expect(compiled.problems).toEqual([]);
  expect(compiled.expression).toMatchObject({ operands: [{ left: { where: expression } }, expression] });
});

test.each([
  ['a_integer  between 1 and (2+3)*4', 'a_integer >= 1 and a_integer <= (2 + 3) * 4'],
  ["a_string=='it\\'s \"so\"'", 'a_string == "it\'s \\"so\\""'],
  ['not (a_string in ("x"))', 'a_string not in ("x")'],
  ['not(a_money is missing)', 'a_money is not missing'],
  [
    '(a_boolean and in segment vip) and not in segment big-spenders',
    'a_boolean and in segment vip and not in segment big-spenders',
  ],
  ['a_boolean and (a_boolean or reachable(web-push))', 'a_boolean and (a_boolean or reachable(web-push))'],
  ['last(order_paid)<45d ago', 'last(order_paid) < 45 days ago'],
  ['now - last(order_paid) > 36h', 'now - last(order_paid) > 1 day 12 hours'],
  ['customer.now < now', 'customer.now < now'],
  ['-a_money < -5', '0 - a_money < -5'],
  ['a_integer - (a_integer - 1) == 1', 'a_integer - (a_integer - 1) == 1'],
  ['a_instant_of > 2026-03-01T10:00:00+03:00', 'a_instant_of > 2026-03-01T07:00:00.000Z'],
  [
    'sum(order_paid.f_money where order_paid.f_string == event.f_string in last 12 weeks) > 5',
    'sum(order_paid.f_money where order_paid.f_string == event.f_string in last 84 days) > 5',
  ],
])('%s is printed as %s', (text, canonical) => {
  const { expression, problems } = compileExpression(text, scope, 'condition');
  expect(problems).toEqual([]);
  expect(expression && printExpression(expression)).toBe(canonical);
});
