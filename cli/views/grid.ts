import { type Column, leastWidth, table } from './table.ts';
import { fold } from './wrap.ts';

/** A table, before it is known where it is shown. */
export interface Grid {
  columns: Column[];
  rows: string[][];
}

/** A titled part of a report: tables, and sentences about them. */
export interface Part {
  title: string;
  content: (Grid | string)[];
}

export const left = (title: string): Column => ({ title });
export const right = (title: string): Column => ({ title, right: true });

/** Returns a table as what a part contains: nothing where it has no rows. */
export function gridOf(columns: Column[], rows: string[][]): Grid[] {
  return rows.length > 0 ? [{ columns, rows }] : [];
}

/** Returns what a part contains as lines for a terminal. */
export function partLines(content: Part['content'], width: number): string[] {
  return content.flatMap((one, i) => {
    const together = typeof one === 'string' && typeof content[i - 1] === 'string';
    const lines = typeof one === 'string' ? fold([one], width) : gridLines(one, width);
    return i === 0 || together ? lines : ['', ...lines];
  });
}

/** Returns a table, or where it is too wide two of them: each has the columns to the left before the first number, and some of the others. */
function gridLines({ columns, rows }: Grid, width: number): string[] {
  const first = columns.findIndex((column) => column.right);
  const names = first < 0 ? columns.length : first;
  const figures = columns.length - names;
  if (figures < 2 || leastWidth(columns, rows) <= width) return table(columns, rows, width);
  const half = names + Math.ceil(figures / 2);
  const part = (from: number, to?: number) => {
    const some = <T>(list: T[]) => [...list.slice(0, names), ...list.slice(from, to)];
    return gridLines({ columns: some(columns), rows: rows.map(some) }, width);
  };
  return [...part(names, half), '', ...part(half)];
}
