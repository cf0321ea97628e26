import { later } from '../../../spec/words/t.ts';
import type { Program } from '../../program/program.ts';
import type { Column, Database } from '../../store/database.ts';
import { columnsOf } from '../../store/tables.ts';
import { type Batch, rowsIn } from '../files/batch.ts';
import type { Prefix } from '../files/prefix.ts';
import { ARRIVAL, isLog, SOURCE } from '../files/shape.ts';
import type { OfDeclaration } from './declaring.ts';
import { readErased } from './erased.ts';
import { type FeedNow, readFile } from './feeds-of-files.ts';
import { FileProblems } from './file-problems.ts';
import { addLeftOut } from './left-out-events.ts';
import { isEmptied, newLoss } from './loss.ts';
import { loadPlain } from './plain-rows.ts';
import { createProblemCounts, type Problem } from './problem-counts.ts';
import { ReadOn } from './read-on.ts';
import type { Known } from './sources.ts';

export interface IntakeOptions {
  /** The folder that the sources' paths start from. */
  root: string;
  /** Epoch milliseconds: when it is recorded to have happened. */
  at: number;
  /** The real time, epoch milliseconds; absent: `at`. */
  clock?: number;
  /** True in a simulation: rows of future days are no mistake. */
  rehearsal?: boolean;
  /** Customers' rows have places too; their inbox has the columns for it. */
  placed?: boolean;
  /** Customers whom the files no longer name are gone, however many. */
  allowed?: boolean;
  /** Gets the share of the files that has been read, from 0 to 1. */
  onReading?: ((share: number) => void) | undefined;
}

export interface SourceReport extends OfDeclaration {
  rows: number;
  problems: number;
  /** The rows, of those read now, that were lost. */
  lost: number;
  /** The last row waits for its end. */
  unfinished?: true;
}

/** The most problems that are kept of one file one by one; more are counted by cause. */
export const MOST_PROBLEMS = 10_000;

const EMPTIED = later`The file has held rows, and holds none now: it may be in the middle of being written, or lost. Write it again; if it is meant to be empty, take it out of \`data\`.`;
const EMPTIED_OF_CUSTOMERS = later`The file has held rows, and holds none now: it may be in the middle of being written, or lost. Write it again; if it is meant to be empty, take it out of \`data\`. Nobody is removed before every file of customers holds a row, with --allow-bad-data neither.`;

const erasedWords = (rows: number) =>
  later`Rows about customers who were erased are passed over: ${rows}. Remove them from the file.`;

/** The problems that hide how the file goes on, or that it is there at all. */
const cut = new Set(['missing-file', 'unreadable-file', 'empty-file', 'unfinished-line']);

export interface Outcome {
  report: SourceReport;
  /** The file was read to its end, except for single rows. */
  whole: boolean;
  /** Only the part that was added since the previous reading was read. */
  continues: boolean;
  /** Something of it could be read, to its end, or it does not exist. */
  readable: boolean;
  /** Rows that were left out. */
  lost: number;
  /** Rows of which a value was left empty because it cannot be read; `spoilt`: those that count for the tolerance. */
  incomplete: number;
  spoilt: number;
  /** Rows that the conditions of the source leave out. */
  passed: number;
  /** Rows that were not, earlier readings included where this one goes on from them. */
  rows: number;
  /** The next reading may begin after this part. */
  prefix: Prefix | undefined;
  /** The last line that a row began on. */
  lines: number;
  /** The columns by which the file was read. */
  declared: string[];
}

/**
 * Reads a file, hands its rows to `keep` and puts problems into quarantine. The rows get their place in the order of reading and
 * the number of their source.
 */
export async function readFeed(
  db: Database,
  program: Program,
  options: IntakeOptions,
  feed: FeedNow,
  known: Known,
  keep: (batch: Batch) => Promise<void>,
  onBytes?: (bytes: number) => void,
): Promise<Outcome> {
  const on = await ReadOn.begin(options.root, feed, known.read?.prefix);
  try {
    return await readBegun(db, program, options, feed, known, { on, onBytes }, keep);
  } finally {
    await on.close();
  }
}

async function readBegun(
  db: Database,
  program: Program,
  { root, at, clock = at, rehearsal = false }: IntakeOptions,
  feed: FeedNow,
  { number, base, held, read }: Known,
  { on, onBytes }: { on: ReadOn; onBytes: ((bytes: number) => void) | undefined },
  keep: (batch: Batch) => Promise<void>,
): Promise<Outcome> {
  const ofSeveral = feed.name !== feed.declared.name && { declared: feed.declared.name };
  const report: SourceReport = { path: feed.name, ...ofSeveral, rows: 0, problems: 0, lost: 0 };
  let fatal = 0;
  const declared = feed.shape.columns.map((column) => column.name);
  let whole = true;
  let lines = 0;
  let erasedRows = 0;
  const continues = on.begun !== undefined;
  const loss = newLoss(feed.shape, continues ? read : undefined);
  const ofFile = await FileProblems.begin(db, feed.name, continues);
  const more = createProblemCounts();
  const quarantine = (problems: (Problem & { copies?: number })[]) =>
    db.load(
      'quarantine',
      columnsOf(program.data, 'quarantine'),
      problems.map(({ line, field, code, message, refusal = false, fatal, copies = 1 }) => ({
        path: feed.name,
        line,
        field,
        code,
        message,
        at,
        refusal,
        fatal,
        copies,
      })),
    );
  const erased = await readErased(db);
  const { timezone: zone, currency } = program.project;
  const options = {
    track: on.track,
    ...(on.begun && { begun: on.begun }),
    zone,
    currency,
    at,
    waits: rehearsal,
    ...(!rehearsal && { clock }),
    ...(erased && { erased }),
    onBytes,
    plain: db.dialect.name === 'duckdb' && feed.shape.id === 'derived',
  };
  for await (const batch of readFile(root, feed, options)) {
    on.add(batch);
    batch.problems = ofFile.fresh(batch.problems);
    if (isLog(feed.shape)) lines = Math.max(lines, place(batch, number, base));
    if (batch.leftOut.length > 0)
      lines = Math.max(lines, await addLeftOut(db, program.data, batch, { inbox: feed.inbox, number, base }));
    if (batch.plain) {
      const { columns, plain } = batch;
      const left = await loadPlain(db, feed.inbox, columns, plain, { number, base, erased: erased !== undefined });
      batch.plain = { ...plain, rows: plain.rows - left };
      batch.erased += left;
      lines = Math.max(lines, plain.last);
    }
    await keep(isLog(feed.shape) ? { ...batch, columns: [...batch.columns, FROM] } : batch);
    const left = Math.max(0, MOST_PROBLEMS - report.problems);
    await quarantine(batch.problems.slice(0, left));
    more.add(batch.problems.slice(left));
    report.rows += rowsIn(batch);
    erasedRows += batch.erased;
    report.problems += batch.problems.length;
    loss.add(batch);
    fatal += batch.problems.filter((problem) => problem.fatal).length;
    if (batch.problems.some((problem) => problem.code === 'unfinished-line')) report.unfinished = true;
    whole &&= !batch.problems.some((problem) => cut.has(problem.code));
  }
  await quarantine(more.counted());
  const allErased = await ofFile.settle(report.rows, erasedRows);
  if (allErased > 0) {
    report.problems++;
    await quarantine([{ line: 0, code: 'erased-customer', message: erasedWords(allErased), fatal: false }]);
  }
  if (held && isEmptied(feed, loss.of())) {
    report.problems++;
    const message = feed.shape.complete ? EMPTIED_OF_CUSTOMERS : EMPTIED;
    const refusal = feed.shape.refuses !== undefined ? ({ refusal: true } as const) : {};
    await quarantine([{ line: 0, code: 'emptied-file', message, fatal: true, ...refusal }]);
  }
  // A file without a header that can be read has problems and no rows.
  const { rows, lost, incomplete, spoilt, passed, readable } = loss.of();
  report.lost = lost - ((continues && read?.lost) || 0);
  const all = whole && (report.rows > 0 || fatal === 0);
  const prefix = readable ? on.prefix() : undefined;
  return { report, whole: all, continues, readable, rows, lost, incomplete, spoilt, passed, prefix, lines, declared };
}

const FROM: Column = { name: SOURCE, type: 'integer' };

/** Gives each row its place in the order of reading, and its source. Returns the last line. */
function place({ columns, rows }: Batch, source: number, base: number): number {
  const arrival = columns.findIndex((column) => column.name === ARRIVAL);
  let last = 0;
  for (const row of rows) {
    const line = Number(row[arrival]);
    if (line > last) last = line;
    row[arrival] = base + line;
    row.push(source);
  }
  return last;
}
