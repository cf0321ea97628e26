import sql, { raw, type Sql } from 'sql-template-tag';
import type { Ranking } from '../../program/program.ts';
import { guard, type Nodes } from './writer.ts';

/** Null for customers without a value. */
export const rankings: Nodes<'ranked'> = {
  ranked: {
    condition: ({ index, share }, _, loose) => {
      const rows = raw(rankingAlias(index));
      return guard(sql`(${rows}.better * 10000 < ${rows}.everybody * ${share}::bigint)`, loose);
    },
  },
};

/** Returns the customers who have a value, with the number of those who have a strictly better one and the number of all. */
export function rankingRows({ which }: Ranking, { joins, value }: { joins: Sql; value: Sql }): Sql {
  const order = raw(which === 'top' ? 'DESC' : 'ASC');
  return sql`SELECT r.customer, rank() OVER (ORDER BY r.worth ${order}) - 1 AS better, count(*) OVER () AS everybody
    FROM (SELECT c.customer, ${value} AS worth FROM customer c ${joins}) r WHERE r.worth IS NOT NULL`;
}

export function rankingAlias(index: number): string {
  return `rk${index}`;
}
