import { expect, test } from 'vitest';
import { allCodes, codes as table } from '../diagnostics/codes.ts';
import { compileExpression } from './compile.ts';
import type { Problem } from './problem.ts';
import { rows, scope } from './problems.fixture.ts';
import { shop } from './shop.fixture.ts';

test.each(rows)('%s', (text, ...expected) => {
  const { expression, problems } = compileExpression(text, scope, 'condition');
  expect(expression).toBeUndefined();
  expect(problems.map(({ code, start, end }) => [code, text.slice(start, end)])).toEqual(
    expected.map(([code, at]) => [code, at]),
  );
  problems.forEach((problem, index) => {
    expect(`${problem.message} ${problem.help}`).toContain(expected[index]?.[2]);
  });
});

test('"event" needs a trigger with an event', () => {
  expect(codes(compileExpression('event.total > 1', shop, 'condition').problems)).toEqual(['CRM2027']);
});

test('what RFM scores count has to be clear', () => {
  const { rfm: _, ...rest } = shop;
  const [order, viewed] = shop.data.events;
  if (!order || !viewed) expect.unreachable();
  for (const events of [[viewed], [order, { ...order, name: 'order_returned' }]]) {
    const { problems } = compileExpression('rfm.recency > 1', { ...rest, data: { ...shop.data, events } }, 'condition');
    expect(codes(problems)).toEqual(['CRM2030']);
    expect(problems[0]?.help).toContain('rfm: { event: order_paid');
  }
});

test('a number is expected', () => {
  expect(codes(compileExpression('event.f_string', scope, 'number').problems)).toEqual(['CRM2041']);
  expect(compileExpression('event.total', scope, 'number').expression?.type).toBe('money');
});

test('a date or an instant is expected', () => {
  expect(codes(compileExpression('today', scope, 'instant').problems)).toEqual(['CRM2060']);
  expect(compileExpression('today', scope, 'date').expression?.type).toBe('date');
});

test('every code is known and has an example here', () => {
  const seen = new Set([
    ...rows.flatMap(([, ...problems]) => problems.map(([code]) => code)),
    'CRM2027',
    'CRM2041',
    'CRM2006',
    'CRM2030',
    'CRM2060',
  ]);
  expect([...seen].sort()).toEqual(allCodes.filter((code) => table[code].group === 'conditions'));
});

function codes(problems: Problem[]): string[] {
  return problems.map(({ code }) => code);
}
