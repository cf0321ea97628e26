import { stamp } from './time.ts';

/** A row with its instant as the files write it. */
export function when<T extends { at: number }>(row: T): Omit<T, 'at'> & { at: string } {
  return { ...row, at: stamp(row.at) };
}

/** Sorts in place. */
export function byTime<T extends { at: number }>(rows: T[]): T[] {
  return rows.sort((a, b) => a.at - b.at);
}

/** The columns are those of the first row. No cell of the sample needs quotes. */
export function csv(rows: object[]): string {
  const header = Object.keys(rows[0] ?? {}).join(',');
  return [header, ...rows.map((row) => Object.values(row).join(','))].map((line) => `${line}\n`).join('');
}

export function jsonLines(rows: object[]): string {
  return rows.map((row) => `${JSON.stringify(row)}\n`).join('');
}
