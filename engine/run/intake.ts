import sql from 'sql-template-tag';
import type { Program } from '../compile/program.ts';
import { readSourceFile } from '../ingest/read.ts';
import type { Database, Value } from '../store/database.ts';
import { runAll } from '../store/statements.ts';
import { columnsOf } from '../store/tables.ts';
import { consentFeeds, type Feed, feeds, fingerprint } from './feeds.ts';
import { settle } from './settle.ts';

export interface IntakeOptions {
  /** The folder that the sources' paths start from. */
  root: string;
  /** Epoch milliseconds: when it is recorded to have happened. */
  at: number;
}

/** What was read this time; a file that has not changed is not. */
export interface IntakeReport {
  sources: SourceReport[];
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

/** Reads every source that has changed into the inboxes. Belongs into the transaction of the tick that collects them. */
export function intake(db: Database, program: Program, options: IntakeOptions): Promise<IntakeReport> {
  return read(db, program, options, feeds(program));
}

/** Only what may forbid a message: consent, suppressions, feedback. Costs one query where nothing has changed. */
export function intakeConsent(db: Database, program: Program, options: IntakeOptions): Promise<IntakeReport> {
  const names = new Set(consentFeeds(program).map((feed) => feed.inbox));
  const some = feeds(program).filter((feed) => names.has(feed.inbox));
  return some.length === 0 ? Promise.resolve({ sources: [] }) : read(db, program, options, some);
}

async function read(db: Database, program: Program, options: IntakeOptions, wanted: Feed[]): Promise<IntakeReport> {
  const rows = await db.query<{ path: string; fingerprint: string }>(sql`SELECT path, fingerprint FROM source`);
  const known = new Map(rows.map((row) => [row.path, row.fingerprint]));
  const report: IntakeReport = { sources: [] };
  for (const feed of wanted) {
    const now = await fingerprint(feed, program.project.timezone, options.root);
    if (known.get(feed.name) === now) continue;
    const loaded = await load(db, program, options, feed);
    await remember(db, feed.name, now, loaded.rows, options.at);
    report.sources.push(loaded);
  }
  if (report.sources.length > 0) await settle(db, program.data);
  return report;
}

async function load(db: Database, program: Program, { root, at }: IntakeOptions, feed: Feed): Promise<SourceReport> {
  const report: SourceReport = { path: feed.name, rows: 0, problems: 0, left: 0 };
  const { path, rename } = feed.source;
  await db.run(sql`DELETE FROM quarantine WHERE path = ${feed.name}`);
  const keep = (rows: Value[][]) => db.load('quarantine', columnsOf(program.data, 'quarantine'), rows);
  for await (const batch of readSourceFile(root, path, feed.shape, { zone: program.project.timezone, rename })) {
    if (feed.inbox === 'inbox_customer') await makeRoom(db, batch.rows);
    await db.load(feed.inbox, batch.columns, batch.rows);
    const kept = batch.problems.slice(0, Math.max(0, MOST_PROBLEMS - report.problems));
    await keep(kept.map((p) => [feed.name, p.line, p.field ?? null, p.code, p.message, at]));
    report.rows += batch.rows.length;
    report.problems += batch.problems.length;
    report.left += batch.problems.filter((problem) => problem.fatal).length;
  }
  const more = report.problems - MOST_PROBLEMS;
  if (more > 0) await keep([[feed.name, 0, null, 'more', `${more} more problems of this file are not listed.`, at]]);
  return report;
}

/** A customer's later row takes the place of an earlier one. */
async function makeRoom(db: Database, rows: Value[][]): Promise<void> {
  const waiting = await db.query(sql`SELECT 1 AS n FROM inbox_customer LIMIT 1`);
  if (waiting.length === 0) return;
  await runAll(db, db.dialect.temporary('arriving', sql`SELECT id FROM inbox_customer WHERE FALSE`));
  const ids = rows.map((row) => [row[0] ?? null]);
  await db.load('arriving', [{ name: 'id', type: 'text' }], ids);
  await db.run(sql`DELETE FROM inbox_customer WHERE id IN (SELECT id FROM arriving)`);
}

async function remember(db: Database, path: string, now: string, rows: number, at: number): Promise<void> {
  const known = await db.run(sql`
    UPDATE source SET fingerprint = ${now}, rows = ${rows}::bigint, loaded_at = ${at}::bigint WHERE path = ${path}`);
  if (known > 0) return;
  await db.run(sql`
    INSERT INTO source (path, fingerprint, rows, loaded_at) VALUES (${path}, ${now}, ${rows}::bigint, ${at}::bigint)`);
}
