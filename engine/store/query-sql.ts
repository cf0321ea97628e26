import sql, { type Sql } from 'sql-template-tag';
import type { FieldType } from '../../spec/model/data.ts';
import type { Query } from '../program/program.ts';
import { joins } from './query/joins.ts';
import { writerOf } from './query/registry.ts';
import { bounded } from './query/values.ts';
import type { Asking } from './query/writer.ts';

export { type Asking, addressOf } from './query/writer.ts';

export interface Question {
  /** The relations that follow `customer c`: the passes over the events, one a kind, and others. */
  joins: Sql;
  /** Null counts as false: for WHERE. */
  where: Sql;
}

/** Returns a Query as SQL. */
export function ask(query: Query, asking: Asking): Question {
  const writer = writerOf(query, asking);
  return { joins: joins(writer), where: writer.condition(query.predicate, true) };
}

/** Returns a Query that asks for a value instead of yes or no. */
export function value(query: Query, asking: Asking): { joins: Sql; value: Sql } {
  const writer = writerOf(query, asking);
  return { joins: joins(writer), value: writer.scalar(query.predicate) };
}

/** Returns a value as an attribute of this type stores it: a fraction is rounded where it holds whole numbers. */
export function valueFor(type: FieldType, query: Query, asking: Asking): { joins: Sql; value: Sql } {
  if (type === 'boolean') {
    const { joins, where } = ask(query, asking);
    return { joins, value: where };
  }
  const answer = value(query, asking);
  const numeric = type === 'integer' || type === 'number' || type === 'money';
  return numeric ? { ...answer, value: bounded(answer.value, type, asking.dialect) } : answer;
}

/** Returns the customers of a segment: a column `customer`. */
export function members(query: Query, asking: Asking): Sql {
  const { joins, where } = ask(query, asking);
  return sql`SELECT c.customer FROM customer c ${joins} WHERE ${where}`;
}
