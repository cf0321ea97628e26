import sql, { type Sql } from 'sql-template-tag';
import type { Items } from '../../../spec/model/expression.ts';
import type { Scalar } from '../../program/program.ts';
import { type Dialect, ident } from '../dialect.ts';

/** `where`: the condition on an item, two-valued. A missing list has no items. */
export function items(node: Items<Scalar>, where: Sql | undefined, dialect: Dialect): Sql {
  const row = { trigger: sql`t`, aggregated: sql`v`, customer: sql`c` }[node.of];
  const list = sql`${row}.${ident(node.list)}`;
  const matching = (condition: Sql | undefined) => sql`coalesce(${dialect.countItems(list, condition)}, 0)`;
  switch (node.fn) {
    case 'any':
      return sql`(${matching(where)} > 0)`;
    case 'all':
      return sql`(${matching(where && sql`NOT ${where}`)} = 0)`;
    case 'count':
      return matching(where);
  }
}
