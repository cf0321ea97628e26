import type { Value } from '../../store/database.ts';
import type { Batch } from './batch.ts';
import type { RowProblem } from './problem.ts';
import { type ReadOptions, readSource } from './read.ts';
import { ARRIVAL, type Shape } from './shape.ts';

export interface Loaded {
  rows: Value[][];
  problems: RowProblem[];
}

/** Everything that `readSource` makes of the text, given to it in chunks of `chunk` bytes. */
export async function load(
  text: string | Uint8Array,
  shape: Shape,
  options: Partial<ReadOptions> & { path?: string; chunk?: number } = {},
): Promise<Loaded> {
  const { path = 'rows.csv', chunk = 64 * 1024, zone = 'Europe/Moscow', at = Date.UTC(2026, 11, 1), ...rest } = options;
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  async function* chunks() {
    for (let from = 0; from < bytes.length; from += chunk) yield bytes.subarray(from, from + chunk);
  }
  return collect(readSource(chunks(), path, shape, { zone, at, ...rest }));
}

/** The lines, on which rows of logs begin, are left away. */
export async function collect(batches: AsyncIterable<Batch>): Promise<Loaded> {
  const all: Loaded = { rows: [], problems: [] };
  for await (const batch of batches) {
    const width = batch.columns.filter((column) => column.name !== ARRIVAL).length;
    for (const row of batch.rows) all.rows.push(row.slice(0, width));
    for (const problem of batch.problems) all.problems.push(problem);
  }
  return all;
}

/** `line code` of each problem, the fatal ones with an exclamation mark. */
export function outline(problems: RowProblem[]): string[] {
  return problems.map(({ line, code, fatal }) => `${line} ${code}${fatal ? '!' : ''}`);
}
