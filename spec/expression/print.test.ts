import fc, { type Arbitrary } from 'fast-check';
import { expect, test } from 'vitest';
import type { Expression, ValueType } from '../model/expression.ts';
import { expressions } from './arbitrary.fixture.ts';
import { compileExpression } from './compile.ts';
import { printExpression } from './print.ts';
import type { Scope } from './scope.ts';
import { shop, wordsOfTheLanguage } from './shop.fixture.ts';

const scope: Scope = { ...shop, event: shop.data.events[0] };

const day = 86_400_000;
const literals: Record<Exclude<ValueType, 'money'>, Arbitrary<string | number | boolean>> = {
  string: fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0')),
  integer: fc.maxSafeInteger(),
  number: fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => (value === 0 ? 0 : value)),
  boolean: fc.boolean(),
  date: fc.date({ min: new Date('0000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }).map(dayOf),
  instant: fc.integer({ min: Date.parse('0000-01-01T00:00:00Z'), max: Date.parse('9999-12-31T00:00:00Z') }),
  duration: fc.integer({ min: -10_000 * day, max: 10_000 * day }),
};

function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}

const { condition } = expressions({
  scope,
  literals,
  amounts: fc
    .oneof(
      fc.integer(),
      fc.integer().map((cents) => cents / 100),
    )
    .map((value) => (value === 0 ? 0 : value)),
  patterns: fc.constantFrom('^a.*$', '[^\\d-]{2,}\\.(x|"y)'),
  windows: fc.integer({ min: 1, max: 10_000 * day }),
});

test('what is printed compiles to the same', () => {
  fc.assert(
    fc.property(condition(4), (expression) => {
      expect(compileExpression(printExpression(expression), scope, 'condition')).toEqual({ expression, problems: [] });
    }),
    { numRuns: 1_000 },
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
