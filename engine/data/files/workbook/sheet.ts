import { Broken } from '../broken.ts';
import { type Book, decoded, textEvents } from './book.ts';
import { shownTime } from './number-forms.ts';
import { SheetError } from './sheet-error.ts';
import { readXml } from './xml.ts';

export interface SheetRow {
  /** 1-based, as the sheet counts. */
  number: number;
  /** The cells from column A on; undefined: empty. */
  cells: unknown[];
}

const MOST_COLUMNS = 16_384;

/** Returns the rows of a sheet that are not empty, piece by piece. Throws `Broken`. */
export async function* sheetRows(input: AsyncIterable<string>, book: Book): AsyncGenerator<SheetRow[]> {
  let rows: SheetRow[] = [];
  let number = 0;
  let cells: unknown[] = [];
  let column = 0;
  let type = '';
  let style = '';
  let formula = false;
  let value: string | undefined;
  let inValue = false;
  const inline = textEvents();
  const events = {
    open(name: string, attributes: Record<string, string>) {
      if (name === 'row') {
        number = attributes.r === undefined ? number + 1 : Number(attributes.r);
        if (!(number > 0)) throw new Broken('damaged-workbook');
        cells = [];
        column = 0;
      } else if (name === 'c') {
        column = attributes.r === undefined ? column + 1 : columnOf(attributes.r);
        type = attributes.t ?? 'n';
        style = attributes.s ?? '';
        formula = false;
        value = undefined;
      } else if (name === 'v') inValue = true;
      else if (name === 'f') formula = true;
      else inline.open(name, attributes);
    },
    text(text: string) {
      if (inValue) value = (value ?? '') + text;
      else inline.text(text);
    },
    close(name: string) {
      if (name === 'v') inValue = false;
      else if (name === 'c') {
        const text = inline.take();
        const cell = type === 'inlineStr' ? text : cellOf(value, formula);
        if (cell === undefined || cell === '') return;
        while (cells.length < column - 1) cells.push(undefined);
        cells[column - 1] = cell;
      } else if (name === 'row') {
        if (cells.some((cell) => (typeof cell !== 'string' ? cell !== undefined : cell.trim() !== '')))
          rows.push({ number, cells });
      } else inline.close(name);
    },
  };

  const cellOf = (text: string | undefined, calculated: boolean): unknown => {
    if (text === undefined || text === '')
      return calculated && type !== 'str' ? new SheetError('a formula without a value') : undefined;
    switch (type) {
      case 's':
        return book.strings[Number(text)];
      case 'b':
        return text === '1' ? 'true' : 'false';
      case 'e':
        return new SheetError(text);
      case 'n':
        return numberOf(text);
      default:
        return decoded(text);
    }
  };

  /** Digits after the 15th are noise, and a spreadsheet does not show them. */
  const numberOf = (text: string): unknown => {
    const exact = Number(text);
    if (!Number.isFinite(exact)) throw new Broken('damaged-workbook');
    const form = book.forms[Number(style)];
    const shown = form && shownTime(exact, form, book.since1904);
    return shown ?? Number(exact.toPrecision(15));
  };

  for await (const _ of readXml(input, events)) {
    yield rows;
    rows = [];
  }
}

/** The column of a cell such as `AB12`, from 1 on. */
function columnOf(reference: string): number {
  let column = 0;
  for (const letter of /^[A-Z]+/i.exec(reference)?.[0].toUpperCase() ?? '')
    column = column * 26 + letter.charCodeAt(0) - 64;
  if (column === 0 || column > MOST_COLUMNS) throw new Broken('damaged-workbook');
  return column;
}
