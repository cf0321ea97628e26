import sql, { join } from 'sql-template-tag';
import type { Program } from '../compile/program.ts';
import type { Batch } from '../ingest/batch.ts';
import type { RowProblem } from '../ingest/problem.ts';
import { readSourceFile } from '../ingest/read.ts';
import type { Shape } from '../ingest/shape.ts';
import type { Database } from '../store/database.ts';
import { UserError } from '../user-error.ts';
import { feeds } from './feeds.ts';

/** A data file that cannot be relied on: as a whole, or because too many of its rows were left out. */
export interface Unreadable {
  path: string;
  /** The inbox that its rows go to. */
  inbox: string;
  /** The static segment that it lists the members of. */
  list?: string;
  rows: number;
  lost: number;
}

/** The share of a file's rows that may be lost, in hundredths of a percent, where the project does not say. */
const TOLERANCE = 500;

/** The files of a program that cannot be relied on as they were last read. A file that does not exist is none of them. */
export async function unreadable(db: Database, program: Program): Promise<Unreadable[]> {
  const rows = await db.query<{ path: string; rows: number; lost: number; readable: boolean }>(
    sql`SELECT path, "rows", lost, readable FROM source WHERE NOT readable OR lost > 0`,
  );
  const known = new Map(rows.map((row) => [row.path, row]));
  return feeds(program).flatMap(({ name, inbox, list }): Unreadable[] => {
    const source = known.get(name);
    if (!source || !exceeds(program, source)) return [];
    return [{ path: name, inbox, rows: source.rows, lost: source.lost, ...(list !== undefined && { list }) }];
  });
}

interface Reading {
  rows: number;
  lost: number;
  readable: boolean;
}

function exceeds({ data: { tolerance = TOLERANCE } }: Program, { rows, lost, readable }: Reading): boolean {
  return !readable || lost * 10_000 > (rows + lost) * tolerance;
}

/** Returns what is lost of a file, in words. */
export function lossOf({ path, rows, lost }: Pick<Unreadable, 'path' | 'rows' | 'lost'>): string {
  if (rows === 0) return `${path}: nothing of it can be read`;
  return `${path}: ${lost} of ${rows + lost} rows cannot be read`;
}

/** Throws UserError where a file, as it was last read, cannot be relied on. */
export async function refuseUnreadable(db: Database, program: Program): Promise<void> {
  const files = await unreadable(db, program);
  if (files.length === 0) return;
  const problems = await db.query<{ path: string; line: number; message: string }>(sql`
    SELECT path, line, message FROM quarantine WHERE path IN (${join(files.map(({ path }) => path))}) ORDER BY path, line`);
  refuse(files.map((file) => ({ file, why: problems.find(({ path }) => path === file.path) })));
}

/** The same of the files as they are now, which are read for nothing else. `at`: now, epoch milliseconds. */
export async function refuseUnreadableFiles(program: Program, root: string, at: number): Promise<void> {
  const found = [];
  for (const { name, source, shape } of feeds(program)) {
    const { path, rename } = source;
    const loss = newLoss(shape);
    let why: RowProblem | undefined;
    for await (const batch of readSourceFile(root, path, shape, {
      zone: program.project.timezone,
      at,
      clock: at,
      rename,
    })) {
      loss.add(batch);
      why ??= batch.problems.find(({ fatal }) => fatal);
    }
    const reading = loss.of();
    if (exceeds(program, reading)) found.push({ file: { path: name, ...reading }, why });
  }
  refuse(found);
}

interface Refused {
  file: Pick<Unreadable, 'path' | 'rows' | 'lost'>;
  why: { line: number; message: string } | undefined;
}

function refuse(files: Refused[]): void {
  if (files.length === 0) return;
  const lines = files.map(({ file, why }) => {
    const place = why && why.line > 0 ? ` (line ${why.line})` : '';
    return `  ${lossOf(file)}.${why ? ` The first problem${place}: ${why.message}` : ''}`;
  });
  throw new UserError(
    `Data cannot be read, and what is left of it would be taken for all:\n${lines.join('\n')}`,
    'Correct the files, or raise `data.tolerance`, the share of a file’s rows that may be lost. To go on all the same, add --allow-bad-data.',
    { guard: true },
  );
}

/** A row with one of these cannot be told from a refusal: its cells are not known for certain. */
const garbled = new Set(['wrong-encoding', 'broken-quote', 'wrong-cell-count', 'broken-json', 'too-big', 'bad-text']);

/**
 * Adds up, over the batches of a file, how much of it is lost. Of a file that may hold refusals no row may be garbled: it
 * could be one, and nobody would know whose.
 */
export function newLoss({ refuses }: Pick<Shape, 'refuses'>) {
  let rows = 0;
  let lost = 0;
  let problems = 0;
  let broken = false;
  return {
    add(batch: Batch): void {
      const fatal = batch.problems.filter((problem) => problem.fatal);
      rows += batch.rows.length;
      problems += fatal.length;
      lost += new Set(fatal.filter(({ line }) => line > 0).map(({ line }) => line)).size;
      broken ||= fatal.some(({ code }) => code === 'unreadable-file' || (refuses && garbled.has(code)));
    },
    /** A file without a header that can be read has problems and no rows. */
    of: (): Reading => ({ rows, lost, readable: !broken && (rows > 0 || problems === 0) }),
  };
}
