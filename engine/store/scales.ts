import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import type { Program } from '../program/program.ts';
import { isRanking, nameOf, type Scale } from '../program/scales.ts';
import type { Database } from './database.ts';
import { allAt } from './moments.ts';
import { scaleRows } from './query/joins.ts';
import type { QueryContext } from './query/writer.ts';

/** Begins the names of the cursors that hold the instants at which scales were scored. */
export const SCORES = 'scores:';

/** Returns the context of a question outside of ticks. It reads the scores that a tick would read, where there are any. */
export async function contextOutside(db: Database, program: Program, now: number): Promise<QueryContext> {
  const rows = await db.query<{ name: string }>(sql`SELECT name FROM cursor WHERE starts_with(name, ${SCORES})`);
  const scored = new Set(rows.map(({ name }) => name.slice(SCORES.length)));
  return { dialect: db.dialect, program, moments: allAt(now), scored };
}

/**
 * Stores the scores of all customers as of the context's instant; they are in force until `until`, epoch milliseconds, or the next ones.
 * `added`: a WITH whose `customer` has more rows than the table.
 */
export async function score(
  db: Database,
  scale: Scale,
  context: QueryContext,
  { until, added = empty }: { until?: number | undefined; added?: Sql } = {},
): Promise<void> {
  const names = isRanking(scale) ? ['better', 'everybody'] : ['recency', 'frequency', 'monetary'];
  const columns = (of: Sql) => join(names.map((name) => sql`${of}${raw(name)}`));
  await db.run(sql`
    INSERT INTO score (scale, customer, from_at, until_at, ${columns(empty)}) ${added}
    SELECT ${nameOf(scale)}, r.customer, ${context.moments.now}, ${until ?? null}::bigint, ${columns(sql`r.`)}
    FROM (${scaleRows(scale, context)}) r`);
}

export async function forgetScores(db: Database, scale: string): Promise<void> {
  await db.run(sql`DELETE FROM score WHERE scale = ${scale}`);
}
