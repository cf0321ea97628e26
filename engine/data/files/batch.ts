import type { Column, Value } from '../../store/database.ts';
import type { PlainRows } from './plain-lines.ts';
import type { PlainTable } from './plain-table.ts';
import type { RowProblem } from './problem.ts';
import type { Typed } from './rows.ts';
import { outputColumns, type Shape } from './shape.ts';

/** A part of a file that can be loaded alone. It has each customer at most once. */
export interface Batch {
  columns: Column[];
  /** At most 10,000, in the order of `columns`. */
  rows: Value[][];
  /** At most some 10,000. */
  problems: RowProblem[];
  /** The number of `rows` that are further entries of one row of the file: for other addresses that it names, or another time. */
  further: number;
  /** The number of rows that were left out because they are about erased customers. */
  erased: number;
  /** The number of rows that the conditions of the source leave out. */
  passed: number;
  /** The left-out rows of a file of events: the id, the customer and the line of each. */
  leftOut: Value[][];
  /** Further rows, for the database to convert. */
  plain?: PlainRows | PlainTable;
  /** Some ids depend on how many rows before mean the same. */
  counted: boolean;
  /** The ids of rows that were left out, where the file names everybody. */
  named: string[];
}

/** Returns how many rows of the file the batch has, those of erased customers included. */
export function rowsIn({ rows, further, erased, plain }: Batch): number {
  return rows.length - further + erased + (plain?.rows ?? 0);
}

const MOST = 10_000;
const MOST_TEXT = 16 * 1024 * 1024;

/** Collects rows until a batch is full: by number, or by the characters of their text. */
export function batching(shape: Shape) {
  const columns = outputColumns(shape);
  const begin = (): Batch => ({
    columns,
    rows: [],
    problems: [],
    further: 0,
    erased: 0,
    passed: 0,
    leftOut: [],
    named: [],
    counted: false,
  });
  let batch = begin();
  let text = 0;
  const places = new Map<string, number>();

  const place = (row: Value[]): void => {
    if (shape.id === 'given') {
      const id = String(row[0]);
      const at = places.get(id) ?? batch.rows.length;
      places.set(id, at);
      batch.rows[at] = row;
    } else batch.rows.push(row);
    for (const value of row) if (typeof value === 'string') text += value.length;
  };

  return {
    add({ rows, problems, erased, named, counted, passed, gone }: Typed): void {
      batch.further += Math.max(0, rows.length - 1);
      if (passed) batch.passed++;
      if (gone) batch.leftOut.push(gone);
      if (erased) batch.erased++;
      if (counted) batch.counted = true;
      if (named !== undefined) batch.named.push(named);
      batch.problems.push(...problems);
      for (const row of rows) place(row);
    },
    /** The batch is full then. */
    addPlain(rows: PlainRows | PlainTable): void {
      batch.plain = rows;
    },
    full: () =>
      batch.plain !== undefined ||
      batch.rows.length >= MOST ||
      batch.problems.length >= MOST ||
      batch.leftOut.length >= MOST ||
      text >= MOST_TEXT,
    empty: () =>
      batch.plain === undefined &&
      batch.rows.length === 0 &&
      batch.problems.length === 0 &&
      batch.erased + batch.passed === 0,
    take(): Batch {
      const taken = batch;
      batch = begin();
      text = 0;
      places.clear();
      return taken;
    },
  };
}
