import sql, { type Sql } from 'sql-template-tag';
import type { Items } from '../../../spec/model/expression.ts';
import type { Scalar } from '../../program/program.ts';
import { ident } from '../dialect.ts';
import type { Nodes, Writer } from './writer.ts';

export const items: Nodes<'items'> = { items: { condition: write, scalar: write } };

/** A missing list has no items. */
function write(node: Items<Scalar>, { context: { dialect }, condition }: Writer): Sql {
  const where = node.where && condition(node.where, false);
  const row = { trigger: sql`t`, aggregated: sql`v`, customer: sql`c` }[node.of];
  const list = sql`${row}.${ident(node.list)}`;
  const matching = (kept: Sql | undefined) => sql`coalesce(${dialect.countItems(list, kept)}, 0)`;
  switch (node.fn) {
    case 'any':
      return sql`(${matching(where)} > 0)`;
    case 'all':
      return sql`(${matching(where && sql`NOT ${where}`)} = 0)`;
    case 'count':
      return matching(where);
  }
}
