import sql, { type Sql } from 'sql-template-tag';
import type { FieldType } from '../../spec/model/data.ts';
import type { Query } from '../program/program.ts';
import type { Asking } from './query/asking.ts';
import { joins } from './query/joins.ts';
import { bounded, condition, scalar } from './query/scalars.ts';

export { type Asking, addressOf } from './query/asking.ts';

export interface Question {
  /** To stand after `customer c`: the passes over the events, one a kind, and other relations. */
  joins: Sql;
  /** Null counts as false: for WHERE. */
  where: Sql;
}

const writer = { condition, scalar };

/** A Query as SQL. */
export function ask(query: Query, asking: Asking): Question {
  const frame = { query, asking };
  return { joins: joins(frame, writer), where: condition(query.predicate, frame, true) };
}

/** A Query that asks for a value instead of yes or no. */
export function value(query: Query, asking: Asking): { joins: Sql; value: Sql } {
  const frame = { query, asking };
  return { joins: joins(frame, writer), value: scalar(query.predicate, frame) };
}

/** A value as an attribute of this type is stored: a fraction rounded where it holds whole numbers. */
export function valueFor(type: FieldType, query: Query, asking: Asking): { joins: Sql; value: Sql } {
  if (type === 'boolean') {
    const { joins, where } = ask(query, asking);
    return { joins, value: where };
  }
  const answer = value(query, asking);
  const numeric = type === 'integer' || type === 'number' || type === 'money';
  return numeric ? { ...answer, value: bounded(answer.value, type, asking.dialect) } : answer;
}

/** The customers of a segment: a column `customer`. */
export function members(query: Query, asking: Asking): Sql {
  const { joins, where } = ask(query, asking);
  return sql`SELECT c.customer FROM customer c ${joins} WHERE ${where}`;
}
