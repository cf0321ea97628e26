import sql from 'sql-template-tag';
import type { Program } from '../compile/program.ts';
import type { Batch } from '../ingest/batch.ts';
import { readSourceFile } from '../ingest/read.ts';
import type { Database, Value } from '../store/database.ts';
import { columnsOf } from '../store/tables.ts';
import type { Feed } from './feeds.ts';

export interface IntakeOptions {
  /** The folder that the sources' paths start from. */
  root: string;
  /** Epoch milliseconds: when it is recorded to have happened. */
  at: number;
}

export interface SourceReport {
  path: string;
  rows: number;
  problems: number;
  /** Of the problems, those that cost a row or the file. */
  left: number;
}

/** Of one file, more are counted and not kept. */
const MOST_PROBLEMS = 10_000;

/** What hides how the file goes on, or that it is there at all. */
const cut = new Set(['missing-file', 'unreadable-file', 'empty-file']);

/**
 * Reads a file, hands its rows to `keep` and puts what it cannot use into quarantine. `whole`: the file told all that it
 * has to tell, but for single rows.
 */
export async function readFeed(
  db: Database,
  program: Program,
  { root, at }: IntakeOptions,
  feed: Feed,
  keep: (batch: Batch) => Promise<void>,
): Promise<{ report: SourceReport; whole: boolean }> {
  const report: SourceReport = { path: feed.name, rows: 0, problems: 0, left: 0 };
  const { path, rename } = feed.source;
  let whole = true;
  await db.run(sql`DELETE FROM quarantine WHERE path = ${feed.name}`);
  const quarantine = (rows: Value[][]) => db.load('quarantine', columnsOf(program.data, 'quarantine'), rows);
  for await (const batch of readSourceFile(root, path, feed.shape, { zone: program.project.timezone, rename })) {
    await keep(batch);
    const kept = batch.problems.slice(0, Math.max(0, MOST_PROBLEMS - report.problems));
    await quarantine(kept.map((p) => [feed.name, p.line, p.field ?? null, p.code, p.message, at]));
    report.rows += batch.rows.length;
    report.problems += batch.problems.length;
    report.left += batch.problems.filter((problem) => problem.fatal).length;
    whole &&= !batch.problems.some((problem) => cut.has(problem.code));
  }
  const more = report.problems - MOST_PROBLEMS;
  if (more > 0) {
    await quarantine([[feed.name, 0, null, 'more', `${more} more problems of this file are not listed.`, at]]);
  }
  // A file without a header that can be read has problems and no rows.
  return { report, whole: whole && (report.rows > 0 || report.left === 0) };
}

/** Notes as what a file has been read. */
export async function remember(db: Database, path: string, now: string, rows: number, at: number): Promise<void> {
  const known = await db.run(sql`
    UPDATE source SET fingerprint = ${now}, rows = ${rows}::bigint, loaded_at = ${at}::bigint WHERE path = ${path}`);
  if (known > 0) return;
  await db.run(sql`
    INSERT INTO source (path, fingerprint, rows, loaded_at) VALUES (${path}, ${now}, ${rows}::bigint, ${at}::bigint)`);
}
