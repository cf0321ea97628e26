import sql, { empty, join, type Sql } from 'sql-template-tag';
import { ident } from '../../store/dialect.ts';
import { temporary } from '../../store/statements.ts';
import { eventTable } from '../../store/tables.ts';
import type { Tick } from '../../tick/tick.ts';
import { tickOf } from '../../tick/tick-of.ts';

/** The strangers whom an event until the end makes customers. */
export interface Born {
  /** The WITH that puts them among the customers; empty: there are none. */
  customers: Sql;
  /** The condition (` AND …`) that somebody is a customer at an instant. */
  already(customer: Sql, now: Sql): Sql;
  /** Selects them, as `born_ahead` has them: customer, now (the tick of the event); undefined: there are none. */
  rows?: Sql;
}

export async function foreseeBirths({ db, program }: Tick, until: number): Promise<Born> {
  const { customers, events } = program.data;
  const happened = events.map(({ name }) => sql`SELECT customer, "at" FROM ${ident(eventTable(name))}`);
  if (events.length === 0) return nobody;
  const rows = sql`
    SELECT s.customer, ${tickOf(db, program, sql`min(e.at)`)} AS now FROM stranger s JOIN (${join(happened, ' UNION ALL ')}) e
      ON e.customer = s.customer WHERE e.at <= ${until}::bigint GROUP BY s.customer`;
  if ((await temporary(db, 'born_ahead', rows)) === 0) return nobody;
  const missing = customers.attributes.map(() => sql`, NULL`);
  return {
    customers: sql`
      WITH customer AS (
        SELECT * FROM customer UNION ALL
        SELECT s.customer, s.id${missing.length > 0 ? join(missing, '') : empty} FROM stranger s JOIN born_ahead b ON b.customer = s.customer)`,
    already: (customer, now) =>
      sql` AND NOT EXISTS (SELECT 1 FROM born_ahead b WHERE b.customer = ${customer} AND b.now > ${now})`,
    rows: sql`SELECT customer, now FROM born_ahead`,
  };
}

const nobody: Born = { customers: empty, already: () => empty };
