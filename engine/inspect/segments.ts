import sql, { join, type Sql } from 'sql-template-tag';
import type { CompiledSegment, Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { ask, type QueryContext } from '../store/query-sql.ts';
import { contextOutside } from '../store/scales.ts';

/** A question about one customer. `now`: epoch milliseconds. */
export async function queryContextOf(
  db: Database,
  program: Program,
  now: number,
  customer: number,
): Promise<QueryContext> {
  return { ...(await contextOutside(db, program, now)), among: sql`(SELECT ${customer}::bigint AS customer) asked` };
}

/** Returns the segments that the customer with that number is in, in the order of the program; one statement. */
export async function segmentsOf(
  db: Database,
  program: Program,
  { now, customer }: { now: number; customer: number },
): Promise<CompiledSegment[]> {
  const context = await queryContextOf(db, program, now, customer);
  const held = await whichHold(
    db,
    program.segments.map(({ query }) => {
      const { joins, where } = ask(query, context);
      return sql`FROM customer c ${joins} WHERE c.customer = ${customer}::bigint AND ${where}`;
    }),
  );
  return program.segments.filter((_, i) => held.has(i));
}

/** Returns the places of those relations that have a row. */
export async function whichHold(db: Database, relations: Sql[]): Promise<Set<number>> {
  if (relations.length === 0) return new Set();
  const parts = relations.map((relation, i) => sql`(SELECT ${i}::integer AS nth ${relation})`);
  const rows = await db.query<{ nth: number }>(join(parts, ' UNION ALL '));
  return new Set(rows.map(({ nth }) => nth));
}
