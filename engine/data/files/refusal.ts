import type { Value } from '../../store/database.ts';
import type { Shape } from './shape.ts';

/** Returns a function that returns true for a typed row that forbids something. */
export function refusal({ refuses, columns }: Shape): (row: Value[]) => boolean {
  if (!refuses) return () => false;
  const { column, values = [] } = refuses;
  if (column === undefined) return () => true;
  const at = 1 + columns.findIndex(({ name }) => name === column);
  return (row) => values.includes(row[at] ?? null);
}
