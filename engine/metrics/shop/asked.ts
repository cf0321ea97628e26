import sql, { empty, raw, type Sql } from 'sql-template-tag';
import type { Rfm } from '../../../spec/model/data.ts';
import type { Program } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import { eventTable } from '../../store/tables.ts';
import type { Window } from '../window.ts';

/** The shop that is asked about: its orders, a time, and whose they are. */
export interface Asked extends Window {
  db: Database;
  program: Program;
  /** The orders: events of a kind and the field with their value, as `data.rfm` declares them. */
  orders: Rfm;
  /** Selects the customers (a column `customer`) who are counted; absent: all. */
  members?: Sql;
  /** The attribute of customers by which the figures are grouped. */
  by?: string;
}

/** Selects the orders before the end of the time, whenever they were (customer, at, worth). An event that was taken back has minus the number of its customer. */
export function orderRows({ db, orders, to, members }: Asked): Sql {
  return sql`
    SELECT v.customer, v.at, coalesce(v.${ident(orders.value)}::${raw(db.dialect.types.decimal)}, 0) AS worth
    FROM ${ident(eventTable(orders.event))} v
    WHERE v.customer > 0 AND v.at < ${to}::bigint${onlyMembers({ members }, sql`v.customer`)}`;
}

/** Returns the condition (` AND …`) that the customer in a column is counted. */
export function onlyMembers({ members }: Pick<Asked, 'members'>, customer: Sql): Sql {
  return members ? sql` AND ${customer} IN (SELECT m.customer FROM (${members}) m)` : empty;
}

/** Returns the value, as text, by which a customer `c` is grouped; the same for all without `--by`. */
export function groupOf({ db, by }: Asked): Sql {
  const text = raw(db.dialect.types.text);
  return by === undefined ? sql`NULL::${text}` : sql`c.${ident(by)}::${text}`;
}
