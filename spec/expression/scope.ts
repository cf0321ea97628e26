import type { DataModel, EventKind, Field, FieldType } from '../model/data.ts';
import type { ValueType } from './expression.ts';
import type { Problem } from './problem.ts';

/** The names that an expression can use. */
export interface Scope {
  data: DataModel;
  /** Of the trigger: what `event` stands for. */
  event?: EventKind;
  segments: string[];
  channels: string[];
}

/** Where the checker stands, and what it has found so far. */
export interface Context {
  scope: Scope;
  problems: Problem[];
  /** The event whose aggregate's `where` is being checked. */
  aggregated?: EventKind;
}

/** How a field's value takes part in expressions; undefined: not at all. */
export function valueType(field: Field): ValueType | undefined {
  return valueTypes[field.type];
}

const valueTypes: Record<FieldType, ValueType | undefined> = {
  string: 'string',
  integer: 'integer',
  number: 'number',
  money: 'money',
  boolean: 'boolean',
  date: 'date',
  instant: 'instant',
  email: 'string',
  phone: 'string',
  timezone: 'string',
  locale: 'string',
  list: undefined,
};
