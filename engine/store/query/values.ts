import sql, { raw, type Sql } from 'sql-template-tag';
import type { Literal, ValueType } from '../../../spec/model/expression.ts';
import type { ColumnType } from '../database.ts';
import { type Dialect, ident } from '../dialect.ts';
import type { Nodes } from './writer.ts';

export const values: Nodes<'literal' | 'attribute' | 'field'> = {
  literal: { scalar: (node, { context }) => literal(node, context.dialect) },
  attribute: { scalar: ({ name }) => sql`c.${ident(name)}` },
  field: {
    scalar: ({ of, name, type }, { context: { dialect } }) => {
      if (of === 'item') return cast(dialect.itemField(name), type, dialect);
      return of === 'trigger' ? sql`t.${ident(name)}` : sql`v.${ident(name)}`;
    },
  },
};

const columns: Record<ValueType, ColumnType> = {
  string: 'text',
  integer: 'bigint',
  number: 'double',
  money: 'decimal',
  boolean: 'boolean',
  date: 'date',
  instant: 'bigint',
  duration: 'bigint',
};

export function cast(value: Sql, type: ValueType, dialect: Dialect): Sql {
  return sql`(${value})::${raw(dialect.types[columns[type]])}`;
}

/** A bound beyond every amount that can be stored, so that a comparison with more gives the same. */
const most = 99_999_999_999_999;

function literal({ type, value }: Literal, dialect: Dialect): Sql {
  if (type === 'boolean') return value ? sql`TRUE` : sql`FALSE`;
  if (type === 'string') return sql`${value}::${raw(dialect.types.text)}`;
  if (type === 'date') return sql`${value}::date`;
  return cast(sql`${type === 'money' ? Math.max(-most, Math.min(most, Number(value))) : value}`, type, dialect);
}

/**
 * Makes a value missing that is beyond its type, so that one row does not fail the question about all. `greatest` and
 * `least` ignore a missing value and give the bound, which becomes missing too.
 */
export function bounded(value: Sql, type: ValueType, dialect: Dialect): Sql {
  if (type === 'number') return cast(value, type, dialect);
  const end = raw(String(type === 'money' ? most : Number.MAX_SAFE_INTEGER));
  return cast(sql`nullif(nullif(least(greatest(${value}, -${end}), ${end}), -${end}), ${end})`, type, dialect);
}
