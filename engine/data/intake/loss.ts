import { type Batch, rowsIn } from '../files/batch.ts';
import { UNCLEAR } from '../files/doubt.ts';
import type { RowProblem } from '../files/problem.ts';
import type { Shape } from '../files/shape.ts';
import type { Feed } from './feeds.ts';
import { type Cause, lossCauses } from './loss-causes.ts';

/** The loss of a file. */
export interface Loss {
  rows: number;
  /** Rows that were left out. */
  lost: number;
  /** Rows of which a value was left empty because it cannot be read. */
  incomplete: number;
  /** The incomplete rows that count for the tolerance. */
  spoilt: number;
  /** Rows that the conditions of the source leave out: they are not lost. */
  passed: number;
  /** Something of it could be read, and nothing in it can be a refusal that nobody understands. */
  readable: boolean;
}

/** A row with one of these problems cannot be distinguished from a refusal: its cells are not certain. */
const garbled = new Set([
  'wrong-encoding',
  'broken-quote',
  'wrong-cell-count',
  'broken-json',
  'too-big',
  'bad-text',
  UNCLEAR,
]);

/** The problems of a value that is left empty because it cannot be read. */
export const SPOILING = [
  'bad-text',
  'bad-choice',
  'bad-number',
  'negative-money',
  'other-currency',
  'bad-boolean',
  'bad-date',
  'bad-instant',
  'bad-list',
  'too-big',
];

/**
 * The customers and the refusals of a shop are never empty again: a file of these without a row is being written anew, or was
 * lost. (Feedback, events and lists may be emptied.)
 */
const lasting = new Set(['inbox_customer', 'inbox_consent', 'inbox_suppression']);

/** Returns true if a file that has held rows cannot be relied on, because it holds none. */
export function isEmptied({ inbox }: Pick<Feed, 'inbox'>, { rows, lost, passed, readable }: Loss): boolean {
  return readable && rows + lost + passed === 0 && lasting.has(inbox);
}

/** Returns true if too much of a file is lost. `tolerance`: the share that may be, in hundredths of a percent. */
export function isLossy(
  { rows, lost, spoilt, readable }: Omit<Loss, 'passed' | 'incomplete'>,
  tolerance: number,
): boolean {
  return !readable || (lost + spoilt) * 10_000 > (rows + lost) * tolerance;
}

/** Returns the tolerance, in whole percent, by which a file whose loss is a matter of the share is not lossy. */
export function neededFor({ rows, lost, spoilt }: Pick<Loss, 'rows' | 'lost' | 'spoilt'>): number {
  return lost + spoilt === 0 ? 0 : Math.ceil((100 * (lost + spoilt)) / (rows + lost));
}

/** Returns true if one problem of the kind, which cost a row or is an unclear refusal, makes a file of the shape unreadable. */
export function breaks(shape: Pick<Shape, 'refuses' | 'states'> | undefined, code: string): boolean {
  return code === 'unreadable-file' || (shape?.refuses !== undefined && !shape.states && garbled.has(code));
}

/**
 * Adds up, over the batches of a file, how much of it is lost. Of a file that may hold refusals no row may be garbled: it
 * could be one, and nobody would know whose. `before`: of the part that was read earlier.
 */
export function newLoss(
  shape: Pick<Shape, 'refuses'>,
  before: Omit<Loss, 'readable'> = { rows: 0, lost: 0, incomplete: 0, spoilt: 0, passed: 0 },
) {
  let { rows, lost, incomplete, spoilt, passed } = before;
  let first: RowProblem | undefined;
  let broken: RowProblem | undefined;
  const found = lossCauses();
  return {
    add(batch: Batch): void {
      const fatal = batch.problems.filter((problem) => problem.fatal);
      rows += rowsIn(batch);
      passed += batch.passed;
      const without = new Set(fatal.filter(({ line }) => line > 0).map(({ line }) => line));
      lost += without.size;
      const kept = batch.problems.filter(({ line }) => !without.has(line));
      incomplete += rowsOf(kept.filter(({ empties }) => empties));
      const spoils = kept.filter((problem) => problem.spoils);
      spoilt += rowsOf(spoils);
      first ??= fatal[0];
      const costs = batch.problems.filter(({ fatal, code }) => fatal || code === UNCLEAR || code === 'missing-file');
      const breaking = costs.filter(({ code }) => breaks(shape, code));
      broken ??= breaking[0];
      for (const problem of [...costs, ...spoils]) found.add({ ...problem, breaks: breaking.includes(problem) });
    },
    /** A file without a header that can be read has problems and no rows. */
    of: (): Loss => ({ rows, lost, incomplete, spoilt, passed, readable: !broken && (rows + passed > 0 || !first) }),
    /** Returns the kinds of problems that cost rows, values or the file, the most informative first. */
    causes: (): Cause[] => found.causes(),
  };
}

function rowsOf(problems: RowProblem[]): number {
  return new Set(problems.map(({ line }) => line)).size;
}
