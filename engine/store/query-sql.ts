import sql, { type Sql } from 'sql-template-tag';
import type { FieldType } from '../../spec/model/data.ts';
import type { Query } from '../program/program.ts';
import { joins } from './query/joins.ts';
import { writerOf } from './query/registry.ts';
import { bounded } from './query/values.ts';
import type { QueryContext } from './query/writer.ts';

export { allAt, type Moments } from './moments.ts';
export { addressOf, type QueryContext } from './query/writer.ts';

export interface Question {
  /** The relations that follow `customer c`: the passes over the events, one a kind, and others. */
  joins: Sql;
  /** Null counts as false: for WHERE. */
  where: Sql;
}

/** Returns a Query as SQL. */
export function ask(query: Query, context: QueryContext): Question {
  const writer = writerOf(query, context);
  return { joins: joins(writer), where: writer.condition(query.predicate, true) };
}

/** Returns a Query that asks for a value instead of yes or no. */
export function value(query: Query, context: QueryContext): { joins: Sql; value: Sql } {
  const writer = writerOf(query, context);
  return { joins: joins(writer), value: writer.scalar(query.predicate) };
}

/** Returns a value as an attribute of this type stores it: a fraction is rounded where it holds whole numbers. */
export function valueFor(type: FieldType, query: Query, context: QueryContext): { joins: Sql; value: Sql } {
  if (type === 'boolean') {
    const { joins, where } = ask(query, context);
    return { joins, value: where };
  }
  const answer = value(query, context);
  const numeric = type === 'integer' || type === 'number' || type === 'money';
  return numeric ? { ...answer, value: bounded(answer.value, type, context.dialect) } : answer;
}

/** Returns the customers of a segment: a column `customer`. */
export function members(query: Query, context: QueryContext): Sql {
  const { joins, where } = ask(query, context);
  return sql`SELECT c.customer FROM customer c${context.moments.join(sql`c.customer`)} ${joins} WHERE ${where}`;
}
