import { type Column, leastWidth, table, tableRows } from './table.ts';
import { fold } from './wrap.ts';

/**
 * Returns the lines of a table whose first columns (`names`) are names, which stay whole. Where they do not fit beside the figures, the names of a
 * row are a line of their own, and its figures below it. A row without names goes on with the names of the row before.
 */
export function namedTable(names: Column[], figures: Column[], rows: string[][], width: number): string[] {
  const columns = [...names.map((one) => ({ ...one, whole: true })), ...figures];
  if (leastWidth(columns, rows) <= width) return table(columns, rows, width);
  const [titles = [], ...below] = tableRows(
    figures,
    rows.map((row) => row.slice(names.length)),
    width - 2,
  );
  const indented = (lines: string[]) => lines.map((line) => `  ${line}`.trimEnd());
  return [
    ...indented(titles),
    ...below.flatMap((lines, i) => {
      const named = rows[i]?.slice(0, names.length).filter((name) => name !== '') ?? [];
      return [...(named.length > 0 ? fold([named.join('  ')], width) : []), ...indented(lines)];
    }),
  ];
}
