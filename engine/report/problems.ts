import sql from 'sql-template-tag';
import type { Database } from '../store/database.ts';

/** Something in a data file that was not taken as it stands. `line` 0: the file as a whole. */
export interface DataProblem {
  path: string;
  line: number;
  field: string | null;
  code: string;
  /** Never the value of a field that is personal. */
  message: string;
}

export interface DataProblems {
  total: number;
  /** What concerns a refusal (a withdrawal, a suppression, a complaint) first, then in the order of files and lines. */
  first: DataProblem[];
}

/** What is wrong with the data files as they were read last; at most `limit` of it. */
export async function dataProblems(db: Database, limit: number): Promise<DataProblems> {
  const [all] = await db.query<{ n: number }>(sql`SELECT count(*) AS n FROM quarantine`);
  const first = await db.query<{ [K in keyof DataProblem]: DataProblem[K] }>(sql`
    SELECT path, line, field, code, message FROM quarantine
    ORDER BY coalesce(refusal, FALSE) DESC, path, line, field, code LIMIT ${limit}::bigint`);
  return { total: all?.n ?? 0, first };
}
