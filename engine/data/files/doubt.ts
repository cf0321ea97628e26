import { later } from '../../../spec/words/t.ts';
import type { ProblemCode, RowProblem } from './problem.ts';
import type { InputColumn } from './shape.ts';

/** The code of a refusal of which it is not certain whom it is about: its file cannot be relied on. */
export const UNCLEAR = 'unclear-refusal' satisfies ProblemCode;
export const UNCLEAR_WORDS = later`The row has more or fewer cells than the header, and it is not certain whom it refuses. It is taken for the refusal that it seems to be, but the file cannot be relied on. Write the row with all its cells, separated as in the header.`;
const TAKEN = later`The row has more or fewer cells than the header. It is taken for the refusal that it seems to be.`;

/**
 * Returns the problem of a refusal that has more or fewer cells than the header, so that they may be in the wrong columns.
 * They are believed to be in the right ones if all that are there can be read, and beside the one that names the customer
 * or message there is one that few texts would do for. `troubled`: the columns whose cells cannot be read.
 */
export function doubted(
  doubt: RowProblem,
  columns: Pick<InputColumn, 'name' | 'type' | 'choices'>[],
  cells: unknown[],
  troubled: number[],
): RowProblem {
  const there = (i: number) => String(cells[i] ?? '').trim() !== '';
  const whose = columns.findIndex(({ name }) => name === 'customer' || name === 'message');
  const tells = ({ type, choices }: Pick<InputColumn, 'type' | 'choices'>) =>
    choices !== undefined || type === 'instant';
  const clear = there(whose) && !troubled.some(there) && columns.some((column, i) => tells(column) && there(i));
  const taken = { ...doubt, fatal: false, refusal: true } as const;
  return clear ? { ...taken, message: TAKEN } : { ...taken, message: UNCLEAR_WORDS, code: UNCLEAR };
}
