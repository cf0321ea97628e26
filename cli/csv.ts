import type { Value } from '../engine/store/database.ts';
import type { FieldType } from '../spec/model/data.ts';

/** Returns one line of CSV. `types`: the types of its cells; absent: all are texts. */
export function csvLine(values: Value[], types: FieldType[] = []): string {
  return `${values.map((value, i) => csvCell(value, types[i] ?? 'string')).join(',')}\r\n`;
}

/**
 * Returns a cell. Text that a spreadsheet would take for a formula gets an apostrophe before it, also after a semicolon, a tab or a line
 * break: in many countries these separate cells. A number is no formula.
 */
function csvCell(value: Value, type: FieldType): string {
  if (value === null) return '';
  if (type === 'instant') return new Date(Number(value)).toISOString();
  if (typeof value !== 'string') return String(value);
  const safe = value.replaceAll(/(^|[;\t\r\n])(?=[=+\-@])|^(?=[\t\r])/g, "$1'");
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
