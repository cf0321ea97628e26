import type { EventKind, Field } from '../model/data.ts';
import type { Aggregate, AggregateFunction, Expression, Items, ValueType } from '../model/expression.ts';
import { valueType } from './scope.ts';
import { isOrdered } from './types.ts';

/** Names of the fields whose values are of a type. */
export function fieldsOf(type: ValueType, fields: Field[] = []): string[] {
  return fields.filter((field) => valueType(field) === type).map((field) => field.name);
}

export function listsOf(fields: Field[] = [], of: Items<Expression>['of']) {
  return fields.flatMap(({ name, items }) => (items ? [{ of, list: name, fields: items }] : []));
}

export type Subject = Pick<Aggregate<Expression>, 'fn' | 'field'>;

/** Returns the subjects that an aggregate of this type can have. */
export function subjects(type: ValueType, event: EventKind): Subject[] {
  const about = (fns: AggregateFunction[], names: string[]) =>
    fns.flatMap((fn) => names.map((field): Subject => ({ fn, field })));
  const mine = fieldsOf(type, event.fields);
  const scalars = event.fields.filter((field) => valueType(field)).map((field) => field.name);
  return [
    ...about(['first', 'last'], mine),
    ...about(isOrdered(type) ? ['min', 'max'] : [], mine),
    ...about(['integer', 'number', 'money'].includes(type) ? ['sum'] : [], mine),
    ...about(type === 'number' || type === 'money' ? ['avg'] : [], mine),
    ...about(type === 'number' ? ['avg'] : [], fieldsOf('integer', event.fields)),
    ...(type === 'integer' ? [{ fn: 'count' } as const, ...about(['distinct'], scalars)] : []),
    ...(type === 'instant' ? [{ fn: 'first' } as const, { fn: 'last' } as const] : []),
  ];
}
