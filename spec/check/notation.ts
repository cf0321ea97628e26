import type * as written from '../source/document.generated.ts';
import type { Loose } from '../source/loose.ts';
import type { Place } from '../source/place.ts';
import type { Report } from '../source/report.ts';

const TEXTS = ['.csv', '.tsv', '.txt', '.json', '.jsonl', '.ndjson'];
const ENDINGS = [...TEXTS, '.xlsx', '.parquet'];

/** A key of a source → what the files are that it says something of, and their endings. */
const keys = {
  encoding: { of: 'files of text', endings: TEXTS },
  delimiter: { of: '.csv, .tsv and .txt files', endings: ['.csv', '.tsv', '.txt'] },
  sheet: { of: '.xlsx files', endings: ['.xlsx'] },
  each: { of: 'JSON and Parquet files', endings: ['.json', '.jsonl', '.ndjson', '.parquet'] },
} as const satisfies Partial<Record<keyof written.Source, { of: string; endings: string[] }>>;

/** Reports the keys of a source that say nothing of such a file. */
export function checkNotation(source: Loose<written.Source>, path: string, place: Place, report: Report): void {
  const ending = /\.[a-z]+(?=(\.gz)?$)/i.exec(path)?.[0].toLowerCase() ?? '';
  if (!ENDINGS.includes(ending)) return;
  for (const key of Object.keys(keys) as (keyof typeof keys)[]) {
    const { of, endings } = keys[key];
    if (source[key] === undefined || (endings as readonly string[]).includes(ending)) continue;
    const message = `\`${key}\` has no effect on a ${ending} file`;
    report.error('CRM4013', place.at(key).key, message, `Remove it: it is about ${of}.`);
  }
}
