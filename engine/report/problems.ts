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
  /** The number of problems that concern refusals. */
  refusals: number;
  /** The number of problems about an id that a file gives to two customers. */
  conflicts: number;
  /**
   * Problems with refusals (withdrawals, suppressions, complaints) come first, then lost files and rows, then values, then what is
   * only mentioned; then the order is that of files and lines.
   */
  first: DataProblem[];
}

/** Returns at most `limit` problems of the data files as they were read last. */
export async function dataProblems(db: Database, limit: number): Promise<DataProblems> {
  const [all] = await db.query<{ total: number; refusals: number; conflicts: number }>(sql`
    SELECT count(*) AS total, count(*) FILTER (WHERE refusal AND code NOT IN ('fewer-customers', 'emptied-file')) AS refusals,
      count(*) FILTER (WHERE code = 'conflicting-id') AS conflicts FROM quarantine`);
  const first = await db.query<{ [K in keyof DataProblem]: DataProblem[K] }>(sql`
    SELECT path, line, field, code, message FROM quarantine
    ORDER BY coalesce(refusal, FALSE) DESC, coalesce(fatal, FALSE) DESC,
      code IN ('unknown-column', 'unused-rename', 'guessed-encoding', 'other-sheets', 'unknown-customer', 'unknown-message'), path, line, field, code LIMIT ${limit}::bigint`);
  const { total = 0, refusals = 0, conflicts = 0 } = all ?? {};
  return { total, refusals, conflicts, first };
}
