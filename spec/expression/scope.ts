import type { Variables } from '../document/variables.ts';
import type { DataModel, EventKind, Field, FieldType, Rfm } from '../model/data.ts';
import type { Expression, ValueType } from '../model/expression.ts';
import type { Problem } from './problem.ts';
import type { Syntax } from './syntax.ts';

/** The names that an expression can use. */
export interface Scope {
  data: DataModel;
  /** The kind of event of the trigger, for which `event` stands. */
  event?: EventKind;
  /** The remedy where an event starts the campaign, but is not what the expression is about. */
  instead?: string;
  segments: string[];
  channels: string[];
  /** ISO 4217: the only one that amounts can be in. Absent: not known, any will do. */
  currency?: string;
  /** The purchases that `rfm` counts, if the project names them. */
  rfm?: Rfm;
  variables?: Variables;
}

/** The state of the checker, and its findings so far. */
export interface Context {
  scope: Scope;
  problems: Problem[];
  /** The event whose `where` (of an aggregate or in a sequence) is being checked. */
  aggregated?: EventKind;
  /** The name and the fields of a list's item in the `where` that is being checked. */
  item?: { name: string; fields: Field[] };
  /** Inside what all customers are ranked by. */
  ranked?: boolean;
}

/** The checker, for the parts of a node. Undefined: there is a problem with it, which has been put. */
export interface Checks {
  value(syntax: Syntax, context: Context): Expression | undefined;
  condition(syntax: Syntax, context: Context): Expression | undefined;
}

/** The type of a field's value in expressions; undefined: not at all. */
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
  country: 'string',
  list: undefined,
};
