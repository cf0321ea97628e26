import type { DataModel, EventKind, Field, FieldType, Rfm } from '../model/data.ts';
import type { Variables } from '../source/variables.ts';
import type { Expression, ValueType } from './expression.ts';
import type { Problem } from './problem.ts';
import type { Syntax } from './syntax.ts';

/** The names that an expression can use. */
export interface Scope {
  data: DataModel;
  /** Of the trigger: what `event` stands for. */
  event?: EventKind;
  segments: string[];
  channels: string[];
  /** ISO 4217: the only one that amounts can be in. Absent: not known, any will do. */
  currency?: string;
  /** What `rfm` counts, where it is said. */
  rfm?: Rfm;
  variables?: Variables;
}

/** Where the checker stands, and what it has found so far. */
export interface Context {
  scope: Scope;
  problems: Problem[];
  /** The event whose `where` (of an aggregate or in a sequence) is being checked. */
  aggregated?: EventKind;
  /** What a list's item is called in the `where` that is being checked, and what it has. */
  item?: { name: string; fields: Field[] };
  /** Inside what all customers are ranked by. */
  ranked?: boolean;
}

/** The checker, for the parts of a node. Undefined: there is a problem with it, which has been put. */
export interface Checks {
  value(syntax: Syntax, context: Context): Expression | undefined;
  condition(syntax: Syntax, context: Context): Expression | undefined;
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
