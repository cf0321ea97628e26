import sql, { type Sql } from 'sql-template-tag';
import type { Database } from '../../store/database.ts';
import type { RowProblem } from '../files/problem.ts';

/** A problem of a file, whether a reader or the store has found it. */
export type Problem = Pick<RowProblem, 'line' | 'field' | 'message' | 'fatal' | 'refusal'> & { code: string };

/** Counts by cause the problems of a file beyond those that are kept one by one. */
export function createProblemCounts() {
  const causes = new Map<string, Problem & { copies: number }>();
  return {
    add(problems: Problem[]): void {
      for (const problem of problems) {
        const { code, field = '', fatal, refusal = false } = problem;
        const cause = `${code}\n${field}\n${fatal}\n${refusal}`;
        const known = causes.get(cause);
        if (known) known.copies++;
        else causes.set(cause, { ...problem, copies: 1 });
      }
    },
    /** Returns the first problem of each cause, with the number of all. */
    counted: (): (Problem & { copies: number })[] => [...causes.values()],
  };
}

/** Puts problems into quarantine that a query has found (path, line, message): the first `most` one by one, more are counted. */
export async function quarantineFound(
  db: Database,
  found: Sql,
  { code, field, at, most }: { code: string; field: string; at: number; most: number },
): Promise<void> {
  await db.run(sql`
    INSERT INTO quarantine (path, line, field, code, message, "at", refusal, copies)
    SELECT path, min(line), ${field}, ${code}, message, ${at}::bigint, FALSE, count(*)
    FROM (SELECT f.*, row_number() OVER (PARTITION BY path ORDER BY line) AS nth FROM (${found}) f) g
    GROUP BY path, message, CASE WHEN nth <= ${most}::bigint THEN nth END`);
}

/** Returns SQL for the number of problems that a row of quarantine counts; in a store of an earlier version each row counts one. */
export async function copiesIn(db: Database): Promise<Sql> {
  const found = await db.query(
    sql`SELECT 1 AS n FROM information_schema.columns WHERE table_name = 'quarantine' AND column_name = 'copies' LIMIT 1`,
  );
  return found.length > 0 ? sql`coalesce(copies, 1)` : sql`1`;
}
