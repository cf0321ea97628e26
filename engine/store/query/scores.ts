import sql, { join, raw, type Sql } from 'sql-template-tag';
import type { Rfm } from '../../../spec/model/data.ts';
import type { RfmPart } from '../../../spec/model/expression.ts';
import { type Dialect, ident } from '../dialect.ts';
import { eventTable } from '../tables.ts';
import type { Asking } from './asking.ts';
import { joined, since } from './source.ts';

const parts = ['recency', 'frequency', 'monetary'] as const;

/** The scores of the customers with an event in the window, among all of them, whoever is asked about. */
export function scores({ event, value, window }: Rfm, wanted: ReadonlySet<RfmPart>, asking: Asking): Sql {
  const used = parts.filter((part) => wanted.has(part) || wanted.has('code'));
  const columns = used.map((part) => {
    const worse = sql`(rank() OVER (ORDER BY r.${raw(part)}) - 1)`;
    return sql`1 + ${asking.dialect.divided(sql`(5 * ${worse})`, sql`(count(*) OVER ())`)} AS ${raw(part)}`;
  });
  return joined(
    sql`SELECT r.customer, ${join(columns)} FROM (
      SELECT v.customer, max(v.at) AS recency, count(*) AS frequency, coalesce(sum(v.${ident(value)}), 0) AS monetary
      FROM ${ident(eventTable(event))} v WHERE ${since(window, asking)} GROUP BY v.customer) r`,
    'rfm',
  );
}

export function score(part: RfmPart, { types }: Dialect): Sql {
  const text = raw(types.text);
  if (part !== 'code') return sql`rfm.${raw(part)}`;
  return sql`(${join(
    parts.map((each) => sql`rfm.${raw(each)}::${text}`),
    ' || ',
  )})`;
}
