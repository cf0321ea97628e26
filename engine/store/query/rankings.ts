import sql, { raw, type Sql } from 'sql-template-tag';
import type { Ranking } from '../../program/program.ts';
import { joined } from './source.ts';
import { guard, type Nodes, type QueryContext } from './writer.ts';

/** Null for customers without a value. */
export const rankings: Nodes<'ranked'> = {
  ranked: {
    condition: ({ index, share }, _, loose) => {
      const rows = raw(alias(index));
      return guard(sql`(${rows}.better * 10000 < ${rows}.everybody * ${share}::bigint)`, loose);
    },
  },
};

/**
 * Joins the customers who have a value, with the number of those who have a strictly better one and the number of all.
 * `value`: the question that gives it.
 */
export function rankingJoin(
  { which }: Ranking,
  index: number,
  value: { joins: Sql; value: Sql },
  context: QueryContext,
): Sql {
  const order = raw(which === 'top' ? 'DESC' : 'ASC');
  return joined(
    sql`SELECT r.customer, rank() OVER (ORDER BY r.worth ${order}) - 1 AS better, count(*) OVER () AS everybody
      FROM (SELECT c.customer, ${value.value} AS worth FROM customer c ${value.joins}) r WHERE r.worth IS NOT NULL`,
    alias(index),
    context,
  );
}

function alias(index: number): string {
  return `rk${index}`;
}
