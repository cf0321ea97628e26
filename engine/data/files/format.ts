import { extname } from 'node:path';
import { later } from '../../../spec/words/t.ts';
import { alignedFormat } from './aligned.ts';
import { csvFormat } from './csv.ts';
import { jsonLinesFormat } from './json-lines.ts';
import { jsonListFormat } from './json-list.ts';
import { parquetItems } from './parquet.ts';
import type { PlainLines } from './plain-lines.ts';
import { type Format, type InputFile, type Item, Refused, setAside } from './record.ts';
import { workbookItems } from './workbook/workbook.ts';

/** Returns the ending of the format: the one before `.gz` of a compressed file. */
export function endingOf(path: string): string {
  return extname(path.replace(/\.gz$/i, '')).toLowerCase();
}

/** Returns the rows of a file on the disk. */
export type Container = (path: string, file: InputFile) => AsyncIterable<Item[]>;

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
