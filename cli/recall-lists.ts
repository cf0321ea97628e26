import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { writePrivate } from './private-file.ts';

/** The folder of the lists that `crm recall` writes, relative to the project. */
export const recallFolder = '.kaskad/recall';

const header = ['customer', 'status', 'at'];

/** Returns the text of a list. The files are data of the project: ids stay as they are, also those that a spreadsheet would take for a formula. */
export function recallList(rows: readonly (readonly string[])[]): string {
  const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  return [header, ...rows].map((row) => `${row.map(cell).join(',')}\n`).join('');
}

/** Removes a customer from the lists of all recalls. Returns the number of lists that had the customer. Throws UserError for one that cannot be written. */
export async function removeFromRecalls(root: string, customer: string): Promise<number> {
  let changed = 0;
  for await (const path of glob(`${recallFolder}/*/*.csv`, { cwd: root })) {
    const rows = (parse(await readFile(join(root, path), 'utf8'), { relax_column_count: true }) as string[][]).slice(1);
    const others = rows.filter(([id]) => id !== customer);
    if (others.length === rows.length) continue;
    await writePrivate(join(root, path), recallList(others));
    changed++;
  }
  return changed;
}
