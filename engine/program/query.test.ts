import { expect, it } from 'vitest';
import { compileExpression } from '../../spec/expression/index.ts';
import type { Expression } from '../../spec/model/expression.ts';
import { chosen, shopScope } from '../../test/interpreter/shop.ts';
import { byName, compileQuery } from './query.ts';

const vip: Expression = { kind: 'attribute', type: 'boolean', name: 'vip' };
const segments = byName(
  shopScope.segments.map((name) => (name === chosen ? { name, sources: [] } : { name, where: vip })),
);

function compiled(text: string) {
  const { expression, problems } = compileExpression(text, shopScope, 'condition');
  if (!expression) throw new Error(JSON.stringify(problems));
  return compileQuery(expression, segments);
}

it('asks equal things once', () => {
  const query = compiled(
    'count(viewed) > 1 and count(viewed) < 9 and top 10% by count(viewed) and not top 20% by count(viewed) ' +
      'and (viewed then viewed within 1 day or viewed then viewed within 24 hours) and rfm.recency > 1 and rfm == "555"',
  );
  expect(query.aggregates).toHaveLength(1);
  expect(query.sequences).toHaveLength(1);
  expect(query.rankings).toEqual([{ which: 'top', by: expect.objectContaining({ aggregates: query.aggregates }) }]);
  expect(query.rfm).toEqual(shopScope.rfm);
});

it('writes dynamic segments out and asks for static ones by name', () => {
  const { predicate } = compiled('in segment rich and in segment chosen');
  expect(predicate).toMatchObject({ operands: [vip, { kind: 'listed', type: 'boolean', segment: chosen }] });
});

it('asks the same of an amount with its currency and without', () => {
  expect(compiled('spent > 500 RUB')).toEqual(compiled('spent > 500'));
});
