import { SheetError } from './workbook/sheet-error.ts';

/** A part of an input file that could not be used as it is. */
export interface RowProblem {
  /** The file's path in the project. */
  path: string;
  /** 1-based physical line on which the row begins; 0: the file as a whole. */
  line: number;
  /** The model's name of the column; for a column that the model does not know, the file's. */
  field?: string;
  code: ProblemCode;
  /** The fault and its remedy. Never holds the value of a field marked `pii`. */
  message: string;
  /** Data that was there has not been loaded: the row, or (at line 0 or the header's) the file. */
  fatal: boolean;
  /** A value that cannot be read is left empty. */
  empties?: true;
  /** Its row counts for the tolerance of the project. */
  spoils?: true;
  /** It concerns a refusal: a withdrawal, a suppression, a complaint. Reported before all others. */
  refusal?: true;
}

export type ProblemCode =
  | 'missing-file'
  | 'unreadable-file'
  | 'unknown-format'
  | 'empty-file'
  | 'missing-sheet'
  | 'other-sheets'
  | 'wrong-encoding'
  | 'guessed-encoding'
  | 'broken-header'
  | 'missing-column'
  | 'unknown-column'
  | 'repeated-column'
  | 'unused-rename'
  | 'broken-quote'
  | 'wrong-cell-count'
  | 'unclear-refusal'
  | 'broken-json'
  | 'too-big'
  | 'repeated-id'
  | 'conflicting-id'
  | 'future-date'
  | 'unknown-customer'
  | 'refusal-of-nobody'
  | 'refusal-by-spelling'
  | 'refusal-by-address'
  | 'unknown-message'
  | 'unfinished-line'
  | ValueCode;

export type ValueCode =
  | 'missing-value'
  | 'bad-text'
  | 'bad-choice'
  | 'bad-number'
  | 'negative-money'
  | 'other-currency'
  | 'bad-boolean'
  | 'bad-date'
  | 'bad-instant'
  | 'bad-email'
  | 'bad-phone'
  | 'bad-timezone'
  | 'bad-locale'
  | 'bad-country'
  | 'bad-list';

const SHOWN = 40;

/** A value for a message: one line of at most some 40 characters, nothing a terminal would act upon. */
export function printable(value: unknown): string {
  const plain = typeof value === 'string' || value instanceof SheetError;
  const text = plain ? String(value) : (JSON.stringify(value) ?? String(value));
  const head = Array.from(text.slice(0, 2 * SHOWN))
    .slice(0, SHOWN)
    .join('');
  const safe = head.replace(/[^\p{L}\p{M}\p{N}\p{P}\p{S} ]/gu, (c) => `\\u{${c.codePointAt(0)?.toString(16)}}`);
  return `"${safe}${head.length < text.length ? '…' : ''}"`;
}

/**
 * Returns a cell as a message shows it. A cell that looks personal, such as an address or a name, is shown by its shape only, because the cells of a row
 * may have slipped into other columns.
 */
export function printableCell(cell: unknown): string {
  const text = typeof cell === 'string' ? cell : (JSON.stringify(cell) ?? String(cell));
  return printable(looksPersonal(text) ? shapeOf(text) : cell);
}

/** Each letter becomes `X` or `x`, each digit 9. */
export function shapeOf(text: string): string {
  return text
    .replace(/\p{Lu}/gu, 'X')
    .replace(/\p{Ll}|\p{Lo}/gu, 'x')
    .replace(/\p{N}/gu, '9');
}

/** An address has an @, a phone or the number of a document ten digits, and a name or a street several words, or a capital and a number. */
function looksPersonal(text: string): boolean {
  const isDate = /^\d{1,4}[-./]\d{1,2}[-./]\d{1,4}/.test(text);
  return (
    text.includes('@') ||
    (!isDate && text.replace(/\D/g, '').length >= 10) ||
    /\p{L}{3,}\S*\s+\S*\p{L}{3,}|\p{Lu}\p{Ll}{2,}.*\d/u.test(text)
  );
}
