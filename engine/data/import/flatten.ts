import type { Column } from './look.ts';

/** Objects in objects are followed so deep. */
const DEEPEST = 3;

/** Returns the columns of JSON objects: their keys, and for objects in them the paths. */
export function flatten(rows: unknown[]): Column[] {
  const columns = new Map<string, unknown[]>();
  rows.forEach((row, at) => {
    for (const [path, value] of leaves(row, '', DEEPEST)) {
      const cells = columns.get(path) ?? new Array<unknown>(rows.length).fill(undefined);
      cells[at] = value;
      columns.set(path, cells);
    }
  });
  return [...columns].map(([name, cells]) => ({ name, cells }));
}

function leaves(value: unknown, path: string, levels: number): [string, unknown][] {
  const inner = typeof value === 'object' && value !== null && !Array.isArray(value) && levels > 0;
  if (!inner) return path === '' ? [] : [[path, value]];
  return Object.entries(value).flatMap(([key, part]) => leaves(part, path === '' ? key : `${path}.${key}`, levels - 1));
}
