import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Rfm } from '../../../spec/model/data.ts';
import { ident } from '../dialect.ts';
import { eventTable } from '../tables.ts';
import { since } from './source.ts';
import type { Nodes, QueryContext } from './writer.ts';

/** The alias of the relation with the customers' scores. */
export const rfmAlias = 'rfm';
const parts = ['recency', 'frequency', 'monetary'] as const;

export const scores: Nodes<'scored'> = {
  scored: {
    scalar: ({ part }, { context: { dialect } }) => {
      if (part !== 'code') return sql`${raw(rfmAlias)}.${raw(part)}`;
      const digits = parts.map((each) => sql`${raw(rfmAlias)}.${raw(each)}::${raw(dialect.types.text)}`);
      return sql`(${join(digits, ' || ')})`;
    },
  },
};

/** Returns the scores of the customers with an event in the window. An event that was taken back has minus the number of its customer. */
export function rfmRows({ event, value, window }: Rfm, context: QueryContext): Sql {
  const columns = parts.map((part) => {
    const worse = sql`(rank() OVER (ORDER BY r.${raw(part)}) - 1)`;
    return sql`1 + ${context.dialect.divided(sql`(5 * ${worse})`, sql`(count(*) OVER ())`)} AS ${raw(part)}`;
  });
  return sql`SELECT r.customer, ${join(columns)} FROM (
    SELECT v.customer, max(v.at) AS recency, count(*) AS frequency, coalesce(sum(v.${ident(value)}), 0) AS monetary
    FROM ${ident(eventTable(event))} v WHERE v.customer > 0 AND ${since(window, context)}${context.moments.known(sql`v.at`)} GROUP BY v.customer) r`;
}
