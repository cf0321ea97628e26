import sql, { join } from 'sql-template-tag';
import type { Program } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import { declaring, type OfDeclaration } from './declaring.ts';
import type { SourceReport } from './file.ts';
import { copiesIn } from './problem-counts.ts';

/**
 * Returns the reports with the problems, too, that were found after their files were read, when their rows were compared with
 * what the store knows. `instants`: those of the reading and of the tick, by which problems are recorded.
 */
export async function withLaterProblems(
  db: Database,
  reports: SourceReport[],
  instants: number[],
): Promise<SourceReport[]> {
  if (reports.length === 0) return reports;
  const rows = await db.query<{ path: string; n: number }>(sql`
    SELECT path, sum(${await copiesIn(db)})::bigint AS n FROM quarantine
    WHERE path IN (${join(reports.map(({ path }) => path))})
      AND "at" IN (${join(instants.map((at) => sql`${at}::bigint`))}) GROUP BY path`);
  const found = new Map(rows.map(({ path, n }) => [path, n]));
  return reports.map((report) => ({ ...report, problems: Math.max(report.problems, found.get(report.path) ?? 0) }));
}

/** Returns the files of feedback, read between ticks, of which the tick at an instant has found rows that name no message. */
export async function strayFeedback(
  db: Database,
  program: Program,
  at: number,
): Promise<(OfDeclaration & { problems: number })[]> {
  const rows = await db.query<{ path: string; problems: number }>(sql`
    SELECT path, count(*) AS problems FROM quarantine
    WHERE code = 'unknown-message' AND "at" = ${at}::bigint GROUP BY path ORDER BY path`);
  return rows.map(declaring(program));
}
