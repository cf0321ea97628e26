import type { Line } from './lines.ts';
import { anyCell, type Notation, type PlainCells, plainCells } from './plain-cells.ts';
import type { InputFile } from './record.ts';
import type { InputColumn } from './shape.ts';
import { writingOf } from './writing-of.ts';

/** Rows of a file of which every cell is plain, so that the database can split and convert them. */
export interface PlainRows {
  /** Their lines, from that with the number `first` on; a line that is none of them is empty. */
  text: string;
  first: number;
  /** The number of the last row's line. */
  last: number;
  rows: number;
  delimiter: string;
  /** The number of the cell in the line, from 1, of the id and of each column, and its conversion by the database. */
  cells: ({ at: number; cells: PlainCells } | undefined)[];
}

/** The facts of a file whose header has been read. */
export interface PlainHeader {
  names: string[];
  /** The index of the cell of the shape's id and of each of its columns; -1: the file has no such column. */
  positions: number[];
  delimiter: string;
  /** Returns true within a record that goes on in the lines that follow. */
  open(): boolean;
}

interface Plan {
  /** Matches a plain row and the end of its line. */
  pattern: RegExp;
  cells: PlainRows['cells'];
}

/** The lines by which it is found out how instants are written. */
const SAMPLE = 100;

/** Takes the plain rows out of the lines of a file. All others are left to the reader of single cells. */
export class PlainLines {
  private readonly file: InputFile;
  private readonly zone: string;
  private readonly erased: boolean;
  private header: PlainHeader | undefined;
  private plans: Plan[] = [];
  private found: PlainRows | undefined;

  /** `zone`: of instants without an offset; `erased`: rows may be about customers who were erased. */
  constructor(file: InputFile, { zone, erased }: { zone: string; erased: boolean }) {
    this.file = file;
    this.zone = zone;
    this.erased = erased;
  }

  begin(header: PlainHeader): void {
    const { file, erased } = this;
    const zone = file.timezone ?? this.zone;
    const { delimiter } = header;
    this.header = header;
    this.plans = [{ delimiter }, { delimiter, zone }].flatMap((notation) => plan(file, header, notation, erased) ?? []);
  }

  /**
   * Takes the plain rows out of lines with LF between them, of which the first has the number `number`. Returns the other lines, and how many lines there
   * are; undefined where none may be taken, because a line may belong to the one before.
   */
  take(text: string, number: number): { lines: Line[]; count: number } | undefined {
    const { header } = this;
    if (!header || header.open()) return undefined;
    const chosen = this.choose(text);
    if (!chosen) return undefined;
    const { pattern, cells } = chosen;
    const lines: Line[] = [];
    let [kept, from, rows, last, line] = ['', 0, 0, 0, number];
    for (let at = 0; at <= text.length; line++) {
      pattern.lastIndex = at;
      if (pattern.test(text)) {
        rows++;
        last = line;
        at = pattern.lastIndex;
        if (text.charCodeAt(at - 1) !== 10) at++;
        continue;
      }
      const next = text.indexOf('\n', at);
      const end = next < 0 ? text.length : next;
      const other = text.slice(at, end);
      if (other.split('"').length % 2 === 0) return undefined;
      lines.push({ number: line, text: other.endsWith('\r') ? other.slice(0, -1) : other });
      kept += text.slice(from, at);
      from = end;
      at = end + 1;
    }
    kept += text.slice(from);
    if (rows > 0) {
      const { delimiter } = header;
      // No plain cell has a separator, so that its quotation marks mean nothing.
      this.found = { text: kept.replace(/\r(?=\n|$)|"/g, ''), first: number, last, rows, delimiter, cells };
    }
    return { lines, count: line - number };
  }

  /** Returns the plan by which most of the first lines are plain. */
  private choose(text: string): Plan | undefined {
    const lines = text.split('\n', SAMPLE);
    const plainBy = ({ pattern }: Plan) =>
      lines.filter((line) => {
        pattern.lastIndex = 0;
        return pattern.test(line);
      }).length;
    const counts = this.plans.map(plainBy);
    const most = Math.max(...counts);
    return most > 0 ? this.plans[counts.indexOf(most)] : undefined;
  }

  /** Returns the rows that were taken since it was asked before. */
  taken(): PlainRows | undefined {
    const { found } = this;
    this.found = undefined;
    return found;
  }
}

/** The keys of a source that plans know how to heed. A file with any other has no plain rows. */
const HEEDED = [
  'path',
  'shape',
  'rename',
  'known',
  'encoding',
  'delimiter',
  'timezone',
  'dates',
  'decimal',
  'values',
  'fields',
  'where',
] satisfies (keyof InputFile)[];

/** `more`: other keys that are heeded. */
export function isHeeded(file: InputFile, ...more: (keyof InputFile)[]): boolean {
  const heeded = new Set<string>([...HEEDED, ...more]);
  return Object.entries(file).every(([key, value]) => value === undefined || heeded.has(key));
}

function plan(file: InputFile, header: PlainHeader, notation: Notation, erased: boolean): Plan | undefined {
  const { shape } = file;
  const { positions, names } = header;
  const { delimiter } = notation;
  const used = positions.filter((position) => position >= 0);
  // An id that is made of the row, and one column for two, are left to others.
  if (!isHeeded(file) || shape.id !== 'derived' || (positions[0] ?? -1) < 0 || new Set(used).size < used.length)
    return undefined;
  const conditions = conditionPatterns(file, names, delimiter);
  if (!conditions) return undefined;
  const columns: InputColumn[] = [{ name: 'id', type: 'key', pii: false, required: true }, ...shape.columns];
  const cells: PlainRows['cells'] = [];
  const patterns = names.map((_, i) => quotable(`${conditions[i]}(?:${edged(delimiter)})?`));
  for (const [i, column] of columns.entries()) {
    const position = positions[i] ?? -1;
    if (position < 0) {
      cells.push(undefined);
      continue;
    }
    const plain = plainCells(column, writingOf(file, column), notation);
    if (!plain) return undefined;
    cells.push({ at: position + 1, cells: plain });
    // Names that are addresses are compared as they are meant.
    const whom = erased && column.name === 'customer' ? `(?!\\+|${anyCell(delimiter).inside}*@)` : '';
    patterns[position] = quotable(`${conditions[position]}${whom}(?:${plain.pattern})`);
  }
  return { pattern: new RegExp(`${patterns.join(escaped(delimiter))}(?:\\r?\\n|\\r?$)`, 'y'), cells };
}

/** Returns a pattern of the same cell, in quotation marks or not. */
function quotable(pattern: string): string {
  return `(?:"${pattern}"|${pattern})`;
}

function edged(delimiter: string): string {
  const { inside, edge } = anyCell(delimiter);
  return `${edge}(?:${inside}*${edge})?`;
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}

/**
 * Returns for each column a regular expression whose look-ahead matches cells that certainly meet the source's conditions; undefined where
 * no expression can decide that.
 */
function conditionPatterns(file: InputFile, names: string[], delimiter: string): string[] | undefined {
  const { where = {} } = file;
  const patterns = names.map(() => '');
  for (const [column, values] of Object.entries(where)) {
    const safe = values
      .map((value) => value.trim())
      .filter((value) => !/["\p{Cc}]/u.test(value) && !value.includes(delimiter));
    const at = names.indexOf(column);
    if (at < 0 || safe.length === 0) return undefined;
    patterns[at] += `(?=(?:${safe.map(escaped).join('|')})(?:"|${escaped(delimiter)}|\\r?\\n|\\r?$))`;
  }
  return patterns;
}
