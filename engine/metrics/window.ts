import sql, { type Sql } from 'sql-template-tag';

/** Half-open, epoch milliseconds. */
export interface Window {
  from: number;
  to: number;
}

/** Returns the condition that a column's instant lies in the window. */
export function within(column: Sql, { from, to }: Window): Sql {
  return sql`(${column} >= ${from}::bigint AND ${column} < ${to}::bigint)`;
}
