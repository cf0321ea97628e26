import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Rfm } from '../../../spec/model/data.ts';
import type { RfmPart } from '../../../spec/model/expression.ts';
import { ident } from '../dialect.ts';
import { eventTable } from '../tables.ts';
import { joined, since } from './source.ts';
import type { Nodes, QueryContext } from './writer.ts';

const parts = ['recency', 'frequency', 'monetary'] as const;

export const scores: Nodes<'scored'> = {
  scored: {
    scalar: ({ part }, { context: { dialect } }) => {
      if (part !== 'code') return sql`rfm.${raw(part)}`;
      const digits = parts.map((each) => sql`rfm.${raw(each)}::${raw(dialect.types.text)}`);
      return sql`(${join(digits, ' || ')})`;
    },
  },
};

/** Joins the scores of the customers with an event in the window, among all of them, whatever customers are asked about. */
export function scoreJoin({ event, value, window }: Rfm, wanted: ReadonlySet<RfmPart>, context: QueryContext): Sql {
  const used = parts.filter((part) => wanted.has(part) || wanted.has('code'));
  const columns = used.map((part) => {
    const worse = sql`(rank() OVER (ORDER BY r.${raw(part)}) - 1)`;
    return sql`1 + ${context.dialect.divided(sql`(5 * ${worse})`, sql`(count(*) OVER ())`)} AS ${raw(part)}`;
  });
  return joined(
    sql`SELECT r.customer, ${join(columns)} FROM (
      SELECT v.customer, max(v.at) AS recency, count(*) AS frequency, coalesce(sum(v.${ident(value)}), 0) AS monetary
      FROM ${ident(eventTable(event))} v WHERE ${since(window, context)} GROUP BY v.customer) r`,
    'rfm',
    context,
  );
}
