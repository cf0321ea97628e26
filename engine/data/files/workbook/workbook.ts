import { later } from '../../../../spec/words/t.ts';
import { printable, type RowProblem } from '../problem.ts';
import { emptyFile, type InputFile, type Item, Refused, setAside } from '../record.ts';
import { type Table, table } from '../table.ts';
import { Archive } from './archive.ts';
import { type Book, readBook, type Sheet } from './book.ts';
import { type SheetRow, sheetRows } from './sheet.ts';
import { readAllXml } from './xml.ts';

/** Returns the rows of one sheet of an Excel workbook. `path`: the file on the disk. Throws `Refused` and `Broken`. */
export async function* workbookItems(path: string, file: InputFile): AsyncGenerator<Item[]> {
  const archive = await Archive.open(path);
  try {
    const book = await readBook(archive);
    const sheet = sheetOf(book, file);
    // Rows are loaded as they are read, and none is if the sheet is not whole.
    await readAllXml(archive.text(sheet.part), {});
    yield await otherSheets(archive, book, sheet, file);
    const rows = rowsOf(file);
    for await (const some of sheetRows(archive.text(sheet.part), book)) yield some.flatMap(rows.take);
    if (!rows.known()) yield [emptyFile(file.path)];
  } finally {
    archive.close();
  }
}

/** A sheet that has rows. */
export interface FullSheet {
  name: string;
  /** It is read where a source names none. */
  first: boolean;
}

/** Returns the sheets that are shown and have rows. Throws `Broken`. */
export async function sheetsWithRows(path: string): Promise<FullSheet[]> {
  const archive = await Archive.open(path);
  try {
    const book = await readBook(archive);
    const found: FullSheet[] = [];
    for (const [i, { name, part }] of book.sheets.entries())
      if (await hasRows(archive.text(part), book)) found.push({ name, first: i === 0 });
    return found;
  } finally {
    archive.close();
  }
}

/** Returns true if two names are those of one sheet: spreadsheets ignore the case of their letters. */
export function isSheet(name: string, other: string): boolean {
  return key(name) === key(other);
}

function rowsOf(file: InputFile) {
  let known: Table | undefined;
  return {
    known: () => known !== undefined,
    take({ number, cells }: SheetRow): Item[] {
      if (!known) {
        known = table(
          Array.from(cells, (cell) => String(cell ?? '')),
          number,
          file,
        );
        return known.problems;
      }
      // A cell beyond the header has no name; no other is in the wrong place for it.
      const { columns } = known;
      return [
        known.row(
          number,
          Array.from({ length: columns }, (_, i) => cells[i]),
        ),
      ];
    },
  };
}

/** Throws `Refused` where there is none. */
function sheetOf({ sheets }: Book, { path, sheet }: InputFile): Sheet {
  const found = sheet === undefined ? sheets[0] : sheets.find(({ name }) => isSheet(name, sheet));
  if (found) return found;
  const names = sheets.map(({ name }) => printable(name)).join(', ');
  const message =
    sheet === undefined
      ? later`The workbook shows no sheet with cells.`
      : later`The workbook has no sheet ${printable(sheet)}. It has ${names}. Correct \`sheet\` at the source.`;
  throw new Refused([setAside(path, 0, 'missing-sheet', message)]);
}

/** Reports the sheet that is read where others have rows too. */
async function otherSheets(
  archive: Archive,
  book: Book,
  read: Sheet,
  { path, sheet }: InputFile,
): Promise<RowProblem[]> {
  if (sheet !== undefined) return [];
  const others: string[] = [];
  for (const { name, part } of book.sheets)
    if (part !== read.part && (await hasRows(archive.text(part), book))) others.push(printable(name));
  if (others.length === 0) return [];
  const taken = printable(read.name);
  const names = others.join(', ');
  const right = JSON.stringify(read.name);
  const message =
    others.length === 1
      ? later`Of the workbook the sheet ${taken} is read, and ${names} is not. Write \`sheet: ${right}\` at the source if that is right; for another sheet, declare another source.`
      : later`Of the workbook the sheet ${taken} is read, and ${names} are not. Write \`sheet: ${right}\` at the source if that is right; for another sheet, declare another source.`;
  return [{ path, line: 0, code: 'other-sheets', message, fatal: false }];
}

async function hasRows(input: AsyncIterable<string>, book: Book): Promise<boolean> {
  for await (const rows of sheetRows(input, book)) if (rows.length > 0) return true;
  return false;
}

function key(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}
