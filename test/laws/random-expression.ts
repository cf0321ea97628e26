import fc, { type Arbitrary } from 'fast-check';
import type { EventKind, Field } from '../../spec/model/data.ts';
import type { AggregateFunction, CompareOp, Expression, ValueType } from '../../spec/model/expression.ts';

/** The names that an expression may use. */
export interface Names {
  attributes: Field[];
  events: EventKind[];
  event?: EventKind;
  segments: string[];
  channels: string[];
}

const day = 86_400_000;
/** Texts that databases can store, and files can hold with escapes. */
export const text = fc
  .oneof(
    fc.string({ unit: 'grapheme', maxLength: 12 }),
    fc.constantFrom(
      'Москва',
      'it\'s "so"',
      'a # b',
      '{ x }',
      'and',
      '\\',
      'a: b',
      '~',
      '10%',
      'line\nbreak\t',
      '\u2028\u007F\uFFFD',
    ),
  )
  .map((value) => value.replaceAll('\0', ''));

const operators = fc.constantFrom<CompareOp>('==', '!=', '<', '<=', '>', '>=');
const equality = fc.constantFrom<CompareOp>('==', '!=');

/** A literal that can be compared with a value of a type, as the checker would type it. */
function literal(type: ValueType): Arbitrary<Expression> {
  const of = (value: Arbitrary<string | number | boolean>) =>
    value.map((one): Expression => ({ kind: 'literal', type, value: one }));
  switch (type) {
    case 'string':
      return of(text);
    case 'boolean':
      return of(fc.boolean());
    case 'integer':
    case 'money':
      return of(fc.maxSafeInteger());
    case 'number':
      return of(fc.constantFrom(0.5, 1.25, 1e-7, 123456.789));
    case 'date':
      return of(fc.constantFrom('2026-03-01', '1999-12-31'));
    case 'instant':
      return fc.oneof(
        of(fc.integer({ min: 0, max: Date.UTC(2100, 0) })),
        fc.nat({ max: 400 * day }).map((ms): Expression => ({ kind: 'ago', type: 'instant', ms })),
      );
    case 'duration':
      return of(fc.nat({ max: 400 * day }));
  }
}

const valueTypes: Partial<Record<Field['type'], ValueType>> = {
  ...{ string: 'string', email: 'string', phone: 'string', timezone: 'string', locale: 'string' },
  ...{ integer: 'integer', number: 'number', money: 'money', boolean: 'boolean', date: 'date', instant: 'instant' },
};
const typeOf = (field: Field) => valueTypes[field.type];
const usable = (fields: Field[]) => fields.filter((field) => typeOf(field) !== undefined);

/** A value with a name: an attribute, or a field of the event at hand. */
function named(names: Names, aggregated?: EventKind): Arbitrary<Expression> {
  const attributes = usable(names.attributes).map(
    (field): Expression => ({ kind: 'attribute', type: typeOf(field) ?? 'string', name: field.name }),
  );
  const of = (event: EventKind | undefined, owner: 'trigger' | 'aggregated') =>
    usable(event?.fields ?? []).map(
      (field): Expression => ({ kind: 'field', type: typeOf(field) ?? 'string', of: owner, name: field.name }),
    );
  return fc.constantFrom(...attributes, ...of(names.event, 'trigger'), ...of(aggregated, 'aggregated'));
}

function comparison(value: Arbitrary<Expression>): Arbitrary<Expression> {
  return value.chain((left) => {
    const ordered = left.type !== 'string' && left.type !== 'boolean';
    return fc
      .tuple(ordered ? operators : equality, literal(left.type))
      .map(([op, right]): Expression => ({ kind: 'compare', type: 'boolean', op, left, right }));
  });
}

function included(value: Arbitrary<Expression>): Arbitrary<Expression> {
  return value.chain((operand) =>
    fc
      .array(literal(operand.type), { minLength: 1, maxLength: 3 })
      .map((values): Expression => ({ kind: 'in', type: 'boolean', operand, values })),
  );
}

function aggregate(names: Names): Arbitrary<Expression> {
  return fc.constantFrom(...names.events).chain((event) => {
    const where = comparison(named(names, event));
    const options = fc.record({ where, within: fc.integer({ min: 1, max: 400 * day }) }, { requiredKeys: [] });
    const fields = usable(event.fields).map((field) => ({ field: field.name, type: typeOf(field) ?? 'string' }));
    const sums = fields.filter(({ type }) => type === 'integer' || type === 'money' || type === 'number');
    const any: { fn: AggregateFunction; type: ValueType; field?: string }[] = [
      { fn: 'count', type: 'integer' },
      { fn: 'last', type: 'instant' },
      { fn: 'first', type: 'instant' },
      ...fields.flatMap(({ field, type }) => [
        { fn: 'last' as const, type, field },
        { fn: 'distinct' as const, type: 'integer' as const, field },
      ]),
      ...sums.map(({ field, type }) => ({ fn: 'sum' as const, type, field })),
    ];
    return fc
      .tuple(fc.constantFrom(...any), options)
      .map(([what, more]): Expression => ({ kind: 'aggregate', event: event.name, ...what, ...more }));
  });
}

/** A well-typed condition. */
export function condition(names: Names): Arbitrary<Expression> {
  const value = names.events.length > 0 ? fc.oneof(named(names), aggregate(names)) : named(names);
  const asked: Arbitrary<Expression>[] = [
    ...(names.segments.length > 0
      ? [fc.constantFrom(...names.segments).map((name): Expression => ({ kind: 'segment', type: 'boolean', name }))]
      : []),
    ...(names.channels.length > 0
      ? [
          fc
            .constantFrom(...names.channels)
            .map((channel): Expression => ({ kind: 'reachable', type: 'boolean', channel })),
        ]
      : []),
    named(names).map((operand): Expression => ({ kind: 'missing', type: 'boolean', operand })),
  ];
  const leaf = fc.oneof(comparison(value), included(named(names)), ...asked);
  return fc.letrec<{ tree: Expression }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      leaf,
      leaf,
      fc.tuple(fc.constantFrom('and', 'or'), fc.array(tie('tree'), { minLength: 2, maxLength: 3 })).map(
        ([kind, operands]): Expression => ({
          kind,
          type: 'boolean',
          operands: operands.flatMap((each) => (each.kind === kind ? each.operands : [each])),
        }),
      ),
      tie('tree').map((operand): Expression => ({ kind: 'not', type: 'boolean', operand })),
    ),
  })).tree;
}

/** A number over the event at hand, as a goal's value. */
export function worth(event: EventKind): Arbitrary<Expression> | undefined {
  const numbers = event.fields.filter(({ type }) => type === 'money' || type === 'integer' || type === 'number');
  if (numbers.length === 0) return undefined;
  return fc.constantFrom(...numbers).map(
    (field): Expression => ({
      kind: 'field',
      type: typeOf(field) ?? 'number',
      of: 'trigger',
      name: field.name,
    }),
  );
}
