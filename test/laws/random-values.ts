import fc, { type Arbitrary } from 'fast-check';
import type { SetAttributes } from '../../spec/model/campaign.ts';
import type { Field } from '../../spec/model/data.ts';
import type { Expression, ValueType } from '../../spec/model/expression.ts';
import { condition, type Names, text } from './random-expression.ts';

const of = (type: ValueType, value: Arbitrary<string | number | boolean>) =>
  value.map((one): Expression => ({ kind: 'literal', type, value: one }));

/** Attributes whose values are of one of some types. */
function named(names: Names, types: string[]): Arbitrary<Expression>[] {
  const fitting = names.attributes.filter(({ type }) => types.includes(type));
  const all = fitting.map(({ name, type }): Expression => ({ kind: 'attribute', type: type as ValueType, name }));
  return all.length === 0 ? [] : [fc.constantFrom(...all)];
}

/** Values to which an attribute may be set; for personal data no literal. */
function valuesFor({ type, pii }: Field, names: Names): Arbitrary<Expression>[] {
  const literal = (...values: Arbitrary<Expression>[]) => (pii ? [] : values);
  switch (type) {
    case 'timezone':
      return literal(of('string', fc.constantFrom('Europe/Moscow', 'UTC')));
    case 'country':
      return literal(of('string', fc.constantFrom('RU', 'GB')));
    case 'locale':
      return literal(of('string', fc.constantFrom('ru', 'en-GB')));
    case 'string':
    case 'email':
    case 'phone':
      return literal(of('string', fc.oneof(text, fc.constantFrom('5', '-1.5', 'true', 'a + b', 'a, b', 'or', '1 -'))));
    case 'integer':
    case 'number':
    case 'money':
      return [
        ...literal(of('integer', fc.maxSafeInteger()), of('number', fc.constantFrom(0.5, 1e-7))),
        ...named(names, ['integer', 'number', 'money']),
      ];
    case 'boolean':
      return [condition(names).filter(({ kind }) => kind !== 'literal'), ...literal(of('boolean', fc.boolean()))];
    case 'date':
      return [
        fc.constant<Expression>({ kind: 'today', type: 'date' }),
        ...literal(of('date', fc.constantFrom('2026-03-01', '1999-12-31'))),
        ...named(names, ['date']),
      ];
    case 'instant':
      return [fc.nat({ max: 86_400_000 }).map((ms): Expression => ({ kind: 'ago', type: 'instant', ms }))];
    case 'list':
      return [];
  }
}

/** New values of one to three attributes; undefined where there are none that can be set. */
export function assignments(names: Names): Arbitrary<SetAttributes['values']> | undefined {
  const settable = names.attributes.flatMap((field) => {
    const values = valuesFor(field, names);
    const [first, ...more] = values;
    return first ? [fc.oneof(first, ...more).map((value) => ({ attribute: field.name, value }))] : [];
  });
  const [first, ...more] = settable;
  if (!first) return undefined;
  return fc.uniqueArray(fc.oneof(first, ...more), {
    minLength: 1,
    maxLength: 3,
    selector: ({ attribute }) => attribute,
  });
}
