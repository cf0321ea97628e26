import fc from 'fast-check';
import type { CompareOp, Expression } from '../../spec/model/expression.ts';
import { day, hour } from '../world.ts';

const operator: fc.Arbitrary<CompareOp> = fc.constantFrom('==', '!=', '<', '<=', '>', '>=');
export const literal = (type: 'integer' | 'money' | 'string', value: string | number): Expression => ({
  kind: 'literal',
  type,
  value,
});

export function compare(op: CompareOp, left: Expression, right: Expression): Expression {
  return { kind: 'compare', type: 'boolean', op, left, right };
}

const within = fc.option(fc.constantFrom(day, 10 * day), { nil: undefined });

const recent = { event: 'order_paid', value: 'total', window: 10 * day };
const quintile = fc
  .constantFrom('recency', 'frequency', 'monetary')
  .map((part): Expression => ({ kind: 'rfm', type: 'integer', part: part as 'recency', config: recent }));

/** Conditions that compare all customers with each other. */
const ranks: fc.Arbitrary<Expression>[] = [
  fc
    .record({
      which: fc.constantFrom<'top' | 'bottom'>('top', 'bottom'),
      share: fc.constantFrom(1_000, 3_350, 6_000),
      by: fc.oneof(
        fc.tuple(fc.constantFrom('sum', 'max'), within).map(
          ([fn, ms]): Expression => ({
            kind: 'aggregate',
            type: 'money',
            fn: fn as 'sum',
            event: 'order_paid',
            field: 'total',
            ...(ms && { within: ms }),
          }),
        ),
        fc.constant<Expression>({ kind: 'attribute', type: 'integer', name: 'points' }),
        quintile,
      ),
    })
    .map((one): Expression => ({ kind: 'share', type: 'boolean', ...one })),
  fc
    .tuple(operator, quintile, fc.integer({ min: 2, max: 4 }))
    .map(([op, part, n]) => compare(op, part, literal('integer', n))),
];

/**
 * `event`: true if conditions can read the trigger's event (a cart). `more`: further conditions without parts, instead of those that compare
 * customers.
 */
export function condition(event: boolean, more = ranks): fc.Arbitrary<Expression> {
  const atoms: fc.Arbitrary<Expression>[] = [
    ...more,
    fc
      .tuple(operator, fc.integer({ min: 0, max: 5 }))
      .map(([op, n]) => compare(op, { kind: 'attribute', type: 'integer', name: 'points' }, literal('integer', n))),
    fc
      .constantFrom('==', '!=')
      .chain((op) =>
        fc
          .constantFrom('Омск', 'it\'s "quoted"')
          .map((city) =>
            compare(op as CompareOp, { kind: 'attribute', type: 'string', name: 'city' }, literal('string', city)),
          ),
      ),
    fc.constant<Expression>({
      kind: 'missing',
      type: 'boolean',
      operand: { kind: 'attribute', type: 'string', name: 'city' },
    }),
    fc
      .tuple(operator, fc.integer({ min: 0, max: 3 }), within)
      .map(([op, n, ms]) =>
        compare(
          op,
          { kind: 'aggregate', type: 'integer', fn: 'count', event: 'order_paid', ...(ms && { within: ms }) },
          literal('integer', n),
        ),
      ),
    fc.tuple(operator, fc.constantFrom('sum', 'avg', 'min', 'max', 'first', 'last'), within).map(([op, fn, ms]) =>
      compare(
        op,
        {
          kind: 'aggregate',
          type: 'money',
          fn: fn as 'sum',
          event: 'order_paid',
          field: 'total',
          ...(ms && { within: ms }),
          where: compare('>', { kind: 'field', type: 'money', of: 'aggregated', name: 'total' }, literal('money', 1)),
        },
        literal('money', 20),
      ),
    ),
    fc
      .tuple(fc.constantFrom<CompareOp>('<', '>='), fc.constantFrom(hour, day))
      .map(([op, ms]) =>
        compare(
          op,
          { kind: 'aggregate', type: 'instant', fn: 'last', event: 'order_paid' },
          { kind: 'ago', type: 'instant', ms },
        ),
      ),
    fc.constantFrom('email', 'sms').map((channel): Expression => ({ kind: 'reachable', type: 'boolean', channel })),
    fc.constant<Expression>({ kind: 'segment', type: 'boolean', name: 'list' }),
    fc.constantFrom([0, 2], [3]).map(
      (values): Expression => ({
        kind: 'in',
        type: 'boolean',
        operand: { kind: 'attribute', type: 'integer', name: 'points' },
        values: values.map((n) => literal('integer', n)),
      }),
    ),
    ...(event
      ? [
          fc
            .tuple(operator, fc.integer({ min: 0, max: 40 }))
            .map(([op, n]) =>
              compare(op, { kind: 'field', type: 'money', of: 'trigger', name: 'total' }, literal('money', n)),
            ),
        ]
      : []),
  ];
  const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      ...atoms,
      fc
        .tuple(fc.constantFrom<'and' | 'or'>('and', 'or'), fc.array(tie('tree'), { minLength: 2, maxLength: 3 }))
        .map(([kind, operands]): Expression => ({ kind, type: 'boolean', operands })),
      tie('tree').map((operand): Expression => ({ kind: 'not', type: 'boolean', operand })),
    ),
  }));
  return tree;
}

/** An event of the kind `order_paid`. */
export const match = fc.record(
  {
    event: fc.constant('order_paid'),
    when: fc.constant(
      compare('>', { kind: 'field', type: 'money', of: 'trigger', name: 'total' }, literal('money', 10)),
    ),
  },
  { requiredKeys: ['event'] },
);
