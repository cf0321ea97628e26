import sql, { empty, raw, type Sql } from 'sql-template-tag';

/**
 * The instants for which a statement looks at customers: one for all, or one for each. Statements are written once for
 * both: they join the instant of their rows' customers (`join`, or `beside` with `is`) and compare with `now`.
 */
export interface Moments {
  /** The instant of the row's customer, epoch milliseconds. */
  now: Sql;
  /** Joins the instant of the customer in this column, as `moment`, which no other table may be called; leaves out customers who have none. */
  join(customer: Sql): Sql;
  /** Adds the instants to the FROM of an UPDATE, and the condition (` AND …`) to its WHERE. */
  beside: Sql;
  is(customer: Sql): Sql;
  /** The FROM of an UPDATE that has no other; `is` belongs to its WHERE. */
  from: Sql;
  /** The same, of a DELETE. */
  using: Sql;
  /** The condition (` AND …`) that what happens at this instant has happened. */
  known(at: Sql): Sql;
  /** The table of the periods of time zones, or of those that count for these instants. */
  offsets: Sql;
  /** Each customer has his own. */
  each?: true;
  /** A customer has several instants, so that what is computed per customer is computed per instant too. */
  several?: true;
}

/** One instant for all; the store has nothing that happens later. */
export function allAt(instant: number): Moments {
  return {
    now: sql`${instant}::bigint`,
    join: () => empty,
    beside: empty,
    from: empty,
    using: empty,
    is: () => empty,
    known: () => empty,
    offsets: raw('tz_offset'),
  };
}

/** One instant for all; the store has what happens later too. */
export function asOf(instant: number): Moments {
  return { ...allAt(instant), known: (at) => sql` AND ${at} <= ${instant}::bigint` };
}

/** The instants in a table (customer, now); the store has what happens later too. */
export function eachAt(table: string, several?: true): Moments {
  const rows = raw(`${table} moment`);
  return {
    now: raw('moment.now'),
    join: (customer) => sql` JOIN ${rows} ON moment.customer = ${customer}`,
    beside: sql`, ${rows}`,
    from: sql` FROM ${rows}`,
    using: sql` USING ${rows}`,
    is: (customer) => sql` AND moment.customer = ${customer}`,
    known: (at) => sql` AND ${at} <= moment.now`,
    offsets: raw('tz_offset'),
    each: true,
    ...(several && { several }),
  };
}
