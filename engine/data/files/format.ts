import { extname } from 'node:path';
import { later } from '../../../spec/words/t.ts';
import { csvFormat } from './csv.ts';
import { jsonListFormat } from './json-list.ts';
import { jsonRows } from './json-rows.ts';
import { parquetItems } from './parquet.ts';
import type { PlainLines } from './plain-lines.ts';
import type { TableTaking } from './plain-table.ts';
import { emptyFile, type Format, faultyLine, type InputFile, type Item, Refused, setAside } from './record.ts';
import { type Table, table } from './table.ts';
import { workbookItems } from './workbook/workbook.ts';

/** Returns the ending of the format: the one before `.gz` of a compressed file. */
export function endingOf(path: string): string {
  return extname(path.replace(/\.gz$/i, '')).toLowerCase();
}

/** Returns the rows of a file on the disk. `taking`: may get some of them instead. */
export type Container = (path: string, file: InputFile, taking?: TableTaking) => AsyncIterable<Item[]>;

/** Returns what reads a file that is no text; undefined: it is one. */
export function containerOf(path: string): Container | undefined {
  const ending = extname(path).toLowerCase();
  return ending === '.xlsx' ? workbookItems : ending === '.parquet' ? parquetItems : undefined;
}

/** Returns the reader by the name's ending; throws `Refused` for an unknown one. `plain`: takes plain rows out of the lines first. */
export function formatOf(file: InputFile, plain?: PlainLines): Format {
  switch (endingOf(file.path)) {
    case '.csv':
    case '.tsv':
      return csvFormat(file, plain);
    case '.jsonl':
    case '.ndjson':
      return jsonLinesFormat(file);
    case '.json':
      return jsonListFormat(file);
    case '.txt':
      return file.delimiter === undefined ? alignedFormat(file) : csvFormat(file, plain);
    default: {
      const message = later`The format is told by the ending, and this one is unknown. Use .csv, .tsv, .json, .jsonl, .ndjson or .txt, or one of these with .gz; or .xlsx or .parquet.`;
      throw new Refused([setAside(file.path, 0, 'unknown-format', message)]);
    }
  }
}

/** Reads text in columns that are separated by runs of blanks, under a header; a cell can neither be empty nor hold a blank. */
function alignedFormat(file: InputFile): Format {
  let known: Table | undefined;
  return (lines, last) => {
    const items: Item[] = [];
    for (const line of lines) {
      const text = line.text.trim();
      if (line.fault && !known) throw new Refused([faultyLine(file.path, line)]);
      if (line.fault) items.push(faultyLine(file.path, line));
      else if (text !== '' && known) items.push(known.row(line.number, text.split(/\s+/)));
      else if (text !== '') {
        known = table(text.split(/\s+/), line.number, file);
        items.push(...known.problems);
      }
    }
    if (last && !known) items.push(emptyFile(file.path));
    return items;
  };
}

/** Reads one JSON object per line. */
function jsonLinesFormat(file: InputFile): Format {
  const { rowsOf, atEnd } = jsonRows(file);
  return (lines, last) => {
    const items = lines.flatMap((line) => {
      if (line.fault) return [faultyLine(file.path, line)];
      return line.text.trim() === '' ? [] : rowsOf(line.text, line.number, 'line');
    });
    return last ? [...items, ...atEnd()] : items;
  };
}
