import { extname } from 'node:path';
import { alignedFormat } from './aligned.ts';
import { csvFormat } from './csv.ts';
import { jsonLinesFormat } from './json-lines.ts';
import { type Format, type InputFile, Refused, setAside } from './record.ts';

/** By the name's ending; throws `Refused` for an unknown one. */
export function formatOf(file: InputFile): Format {
  switch (extname(file.path).toLowerCase()) {
    case '.csv':
    case '.tsv':
      return csvFormat(file);
    case '.jsonl':
    case '.ndjson':
      return jsonLinesFormat(file);
    case '.txt':
      return alignedFormat(file);
    default: {
      const message =
        'The format is told by the ending, and this one is unknown. Use .csv, .tsv, .jsonl, .ndjson or .txt.';
      throw new Refused([setAside(file.path, 0, 'unknown-format', message)]);
    }
  }
}
