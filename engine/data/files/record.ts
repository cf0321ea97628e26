import type { Source, Writing } from '../../../spec/model/data.ts';
import { later } from '../../../spec/words/t.ts';
import type { Line } from './lines.ts';
import type { ProblemCode, RowProblem } from './problem.ts';
import type { Shape } from './shape.ts';

/** The facts that a reader needs about its file. */
export interface InputFile extends Writing {
  /** The file's path in the project. */
  path: string;
  shape: Shape;
  /** Column in the file → name in the model, or several. */
  rename: Source['rename'];
  /** Columns that it may lack, and that nobody needs to use. */
  known?: Source['known'];
  /** Columns that the file's folders are, with their value in each row. A column of the file by that name counts before. */
  folders?: Record<string, string>;
}

/** One row of a file, before its cells are converted. */
export interface RawRow {
  /** 1-based physical line on which it begins. */
  line: number;
  /** The shape's id, then its columns. Text in CSV, any JSON value in JSON lines; undefined or null: not there. */
  cells: unknown[];
  /** The conditions of the source do not hold: it is no row of it. */
  passed?: true;
  /** The reason why the row cannot be relied on; its cells may still name whom it refuses. */
  doubt?: RowProblem;
}

export type Item = RawRow | RowProblem;

/**
 * Turns the lines of one file into rows, piece by piece. `last`: there is no more input, or no more at this reading, because
 * the file is being written: a row that is not closed is reported as unfinished. Throws `Refused`.
 */
export type Format = (lines: Line[], last: boolean | 'unfinished') => Item[];

/** The whole file is of no use. */
export class Refused extends Error {
  readonly problems: RowProblem[];

  constructor(problems: RowProblem[]) {
    super('the file cannot be read');
    this.problems = problems;
  }
}

/** A row that is set aside. */
export function setAside(path: string, line: number, code: ProblemCode, message: string): RowProblem {
  return { path, line, code, message, fatal: true };
}

export const TOO_LONG = later`The row is longer than 4 MB and is lost. Shorten it.`;

const RUSSIAN = later`The row looks like Windows-1251, not like the rest of the file, and is lost. Save the file as UTF-8; if all of it is in Windows-1251, write \`encoding: windows-1251\` at its source.`;

/** Returns the problem of a physical line that has no text. */
export function faultyLine(path: string, line: Line): RowProblem {
  if (line.russian) return setAside(path, line.number, 'wrong-encoding', RUSSIAN);
  return line.fault === 'too-big'
    ? setAside(path, line.number, 'too-big', TOO_LONG)
    : setAside(
        path,
        line.number,
        'wrong-encoding',
        later`The row is not valid UTF-8 and is lost. Write it in the same encoding as the rest of the file.`,
      );
}

/** The last row of a file, which waits for its end. */
export function unfinishedLine(path: string, line: number): RowProblem {
  const message = later`The last row is not finished yet. It is taken when its line has ended, or the file has not changed for 2 seconds.`;
  return { path, line, code: 'unfinished-line', message, fatal: false };
}

export function emptyFile(path: string): RowProblem {
  return { path, line: 0, code: 'empty-file', message: later`The file is empty: it has no header.`, fatal: false };
}
