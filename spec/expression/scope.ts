import type { Variables } from '../document/variables.ts';
import type { DataModel, EventKind, Field, FieldType, Rfm } from '../model/data.ts';
import type { Expression, ValueType } from '../model/expression.ts';
import type { Problem } from './problem.ts';
import type { Syntax } from './syntax.ts';

/** The names that an expression can use. */
export interface Scope {
  data: DataModel;
  /** The kind of event of the trigger, which `event` refers to. */
  event?: EventKind;
  /** The help on `event` where an event starts the campaign, but the expression cannot use it. */
  instead?: string;
  segments: string[];
  channels: string[];
  /** ISO 4217, the only currency of amounts. Absent: unknown, every currency is accepted. */
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
  /** True inside the value by which all customers are ranked. */
  ranked?: boolean;
}

/** Checks the parts of a node. Undefined: the part has a problem, which has been reported. */
export interface Checks {
  value(syntax: Syntax, context: Context): Expression | undefined;
  condition(syntax: Syntax, context: Context): Expression | undefined;
}

/** Returns the type of a field's value in expressions; undefined: it has none. */
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
