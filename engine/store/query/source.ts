import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Scalar } from '../../program/program.ts';
import { ident } from '../dialect.ts';
import { eventTable } from '../tables.ts';
import { zoneJoin } from './calendar.ts';
import { asksCustomer, asksToday, triggerFields } from './walk.ts';
import type { QueryContext } from './writer.ts';

/** The events of a kind as `v`, with the other rows that conditions on them need. */
export interface Source {
  /** The relations of FROM. */
  from: Sql;
  /** The conditions of WHERE; empty: none. */
  wheres: Sql[];
  /** It needs the trigger's event `t` of the outer statement, so it is evaluated for each of its rows. */
  lateral: boolean;
}

export function source(kind: string, conditions: Scalar[], context: QueryContext): Source {
  const fields = [...new Set(conditions.flatMap(triggerFields))];
  const lateral = fields.length > 0;
  const columns = [sql`t.customer`, ...fields.map((field) => sql`t.${ident(field)}`)];
  // A row of its own: DuckDB's functions over lists see no columns of the outer statement.
  const trigger = lateral ? sql` CROSS JOIN (SELECT ${join(columns)}) t` : empty;
  const customer = conditions.some(asksCustomer) ? sql` JOIN customer c ON c.customer = v.customer` : empty;
  const zone = conditions.some(asksToday) ? sql` ${zoneJoin(context)}` : empty;
  const known = context.moments.known(sql`v.at`);
  return {
    from: sql`${ident(eventTable(kind))} v${trigger}${context.moments.join(sql`v.customer`)}${customer}${zone}`,
    wheres: [
      ...(known === empty ? [] : [sql`TRUE${known}`]),
      ...(lateral ? [sql`v.customer = t.customer`] : []),
      ...(context.among ? [sql`v.customer IN (SELECT customer FROM ${context.among})`] : []),
    ],
    lateral,
  };
}

export function where(conditions: Sql[]): Sql {
  return conditions.length > 0 ? sql` WHERE ${join(conditions, ' AND ')}` : empty;
}

/** Events with `at > now - ms`. */
export function since(ms: number, { moments: { now } }: QueryContext): Sql {
  return sql`v.at > ${now} - ${ms}::bigint`;
}

/** Returns what else a relation of customers is by, where each has several instants: its column `now`. */
export function perInstant({ moments: { several } }: QueryContext, now: Sql): Sql {
  return several ? sql`, ${now}` : empty;
}

/** Joins a relation with a column `customer`, and `now` where each has several instants, to the customer's row. */
export function joined(relation: Sql, alias: string, { moments }: QueryContext, lateral = false): Sql {
  const as = raw(alias);
  const instant = moments.several ? sql` AND ${as}.now = ${moments.now}` : empty;
  return sql`LEFT JOIN ${raw(lateral ? 'LATERAL ' : '')}(${relation}) ${as} ON ${as}.customer = c.customer${instant}`;
}
