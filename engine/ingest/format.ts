import { extname } from 'node:path';
import { alignedFormat } from './aligned.ts';
import { csvFormat } from './csv.ts';
import { jsonLinesFormat } from './json-lines.ts';
import { jsonListFormat } from './json-list.ts';
import { type Format, type InputFile, Refused, setAside } from './record.ts';

/** Returns the ending that tells the format: that before `.gz` of a compressed file. */
export function endingOf(path: string): string {
  return extname(path.replace(/\.gz$/i, '')).toLowerCase();
}

/** By the name's ending; throws `Refused` for an unknown one. */
export function formatOf(file: InputFile): Format {
  switch (endingOf(file.path)) {
    case '.csv':
    case '.tsv':
      return csvFormat(file);
    case '.jsonl':
    case '.ndjson':
      return jsonLinesFormat(file);
    case '.json':
      return jsonListFormat(file);
    case '.txt':
      return alignedFormat(file);
    default: {
      const message =
        'The format is told by the ending, and this one is unknown. Use .csv, .tsv, .json, .jsonl, .ndjson or .txt, or one of these with .gz.';
      throw new Refused([setAside(file.path, 0, 'unknown-format', message)]);
    }
  }
}
