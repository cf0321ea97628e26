import sql from 'sql-template-tag';
import { copiesIn } from '../data/intake/problem-counts.ts';
import type { Database } from '../store/database.ts';
import { type Cause, dataCauses, levelSql, worstSql } from './causes.ts';

/** Something in a data file that could not be used as it is. `line` 0: the file as a whole. */
export interface DataProblem {
  path: string;
  line: number;
  field: string | null;
  code: string;
  /** The message, never with the value of a personal field. */
  message: string;
  /** More than 1: of a file with very many problems, the rest of the same cause is counted here, from this line on. */
  count: number;
}

export interface DataProblems {
  total: number;
  /** The number of problems that concern refusals. */
  refusals: number;
  /** The number of problems about an id that a file gives to two customers. */
  conflicts: number;
  /** All problems by cause, the worst first. */
  causes: Cause[];
  /** The first problems in the order of their causes' weight, then of files and lines. */
  first: DataProblem[];
}

/** Returns the problems of the data files as they were read last, and at most `limit` of them one by one. */
export async function dataProblems(db: Database, limit: number): Promise<DataProblems> {
  const copies = await copiesIn(db);
  const [all] = await db.query<{ total: number; refusals: number; conflicts: number }>(sql`
    SELECT coalesce(sum(${copies}), 0)::bigint AS total,
      coalesce(sum(${copies}) FILTER (WHERE refusal AND code NOT IN ('fewer-customers', 'emptied-file')), 0)::bigint AS refusals,
      coalesce(sum(${copies}) FILTER (WHERE code = 'conflicting-id'), 0)::bigint AS conflicts FROM quarantine`);
  const first = await db.query<{ [K in keyof DataProblem]: DataProblem[K] }>(sql`
    SELECT path, line, field, code, message, ${copies} AS "count" FROM quarantine
    ORDER BY ${worstSql()}, ${levelSql()}, path, line, field, code LIMIT ${limit}::bigint`);
  const { total = 0, refusals = 0, conflicts = 0 } = all ?? {};
  return { total, refusals, conflicts, causes: await dataCauses(db), first };
}
