import { parse } from 'csv-parse/sync';
import { later } from '../../../spec/words/t.ts';
import { separatorLine } from './encoding.ts';
import type { PlainLines } from './plain-lines.ts';
import type { RowProblem } from './problem.ts';
import { quotedRecords, type TextRecord } from './quoted.ts';
import {
  emptyFile,
  type Format,
  faultyLine,
  type InputFile,
  type Item,
  Refused,
  setAside,
  unfinishedLine,
} from './record.ts';
import { type Table, table } from './table.ts';

const BROKEN_QUOTE = later`A quotation mark is out of place or never closed; the line is lost. Enclose the whole cell in quotes and double those inside it.`;

/**
 * CSV with a header, separated by comma, semicolon, tab or bar: the one that is declared, or that a line above the header names, or that the header has
 * most of. The lines are first put
 * together to records by their quotes, so that a broken quote costs its own line and not the rest of the file. `plain`: takes rows out of the lines
 * before.
 */
export function csvFormat(file: InputFile, plain?: PlainLines): Format {
  /** Declared, or named by the line above the header. */
  let named = file.delimiter;
  let separator = named ?? ',';
  let known: Table | undefined;
  const records = quotedRecords();

  const cellsOf = (text: string) => parseCells(text, separator);

  /** Without a header no row can be understood. */
  const useless = (problem: RowProblem): RowProblem => {
    if (!known) throw new Refused([problem]);
    return problem;
  };

  const single = (record: TextRecord): Item[] => {
    const above = known || named !== file.delimiter ? undefined : separatorLine(record.text);
    if (above !== undefined) {
      named ??= above;
      return [];
    }
    const cells = cellsOf(record.text)?.[0];
    if (!cells) return [useless(setAside(file.path, record.line, 'broken-quote', BROKEN_QUOTE))];
    if (known) return [known.row(record.line, cells)];
    known = table(cells, record.line, file);
    const { names, positions } = known;
    plain?.begin({ names, positions, delimiter: separator, open: () => records.open() !== undefined });
    return known.problems;
  };

  const run = (records: TextRecord[]): Item[] => {
    const to = known;
    if (!to) return records.flatMap(single);
    const quoted = records.filter(({ text }) => text.includes('"'));
    const rows = quoted.length > 0 ? cellsOf(quoted.map((record) => record.text).join('\n')) : [];
    const all = rows?.length === quoted.length ? rows : undefined;
    let next = 0;
    return records.flatMap((record) => {
      const { text, line } = record;
      if (!text.includes('"')) return to.row(line, plainCells(text, separator));
      const cells = all?.[next++];
      return cells ? to.row(line, cells) : single(record);
    });
  };

  /** A record over several lines is believed only if it is whole and has as many cells as the header. */
  const spanning = (text: string) => {
    if (!known) separator = named ?? separatorOf(text);
    const rows = cellsOf(text);
    return rows?.length === 1 && (!known || rows[0]?.length === known.columns);
  };

  return (lines, last) => {
    const items: Item[] = [];
    let waiting: TextRecord[] = [];
    const flush = () => {
      for (const item of run(waiting)) items.push(item);
      waiting = [];
    };
    for (const found of records.assemble(lines, last === true, spanning)) {
      if (!('number' in found)) {
        if (!known) separator = named ?? separatorOf(found.text);
        waiting.push(found);
        if (!known || waiting.length === 500) flush();
        continue;
      }
      flush();
      const problem = found.fault
        ? faultyLine(file.path, found)
        : setAside(file.path, found.number, 'broken-quote', BROKEN_QUOTE);
      items.push(useless(problem));
    }
    flush();
    if (last && !known) items.push(emptyFile(file.path));
    const open = records.open();
    if (last && open) items.push(unfinishedLine(file.path, open.number));
    return items;
  };
}

/** Returns the cells of each record. Undefined: a quotation mark is out of place. */
export function parseCells(text: string, delimiter: string): string[][] | undefined {
  try {
    return parse(text, { delimiter, record_delimiter: '\n', relax_column_count: true, trim: delimiter !== '\t' });
  } catch {
    return undefined;
  }
}

/** Returns the cells of a record without quotation marks: the same as `parseCells`, at a tenth of the time. */
export function plainCells(text: string, delimiter: string): string[] {
  const cells = text.split(delimiter);
  return delimiter === '\t' ? cells : cells.map((cell) => cell.trim());
}

function separatorOf(header: string): string {
  const bare = header.replace(/"[^"]*"/g, '');
  const count = (separator: string) => bare.split(separator).length;
  return [',', ';', '\t', '|'].reduce((best, next) => (count(next) > count(best) ? next : best));
}
