import type { Report } from '../diagnostics/report.ts';
import type * as written from '../document/document.generated.ts';
import type { Loose } from '../document/loose.ts';
import type { Place } from '../document/place.ts';
import { t } from '../words/t.ts';

const TEXTS = ['.csv', '.tsv', '.txt', '.json', '.jsonl', '.ndjson'];
const ENDINGS = [...TEXTS, '.xlsx', '.parquet'];

/** A key of a source → the endings of the files to which it applies, and the remedy beside other endings. */
const keys = {
  encoding: { endings: TEXTS, help: () => t`Remove it: it is about files of text.` },
  delimiter: { endings: ['.csv', '.tsv', '.txt'], help: () => t`Remove it: it is about .csv, .tsv and .txt files.` },
  sheet: { endings: ['.xlsx'], help: () => t`Remove it: it is about .xlsx files.` },
  each: {
    endings: ['.json', '.jsonl', '.ndjson', '.parquet'],
    help: () => t`Remove it: it is about JSON and Parquet files.`,
  },
} as const satisfies Partial<Record<keyof written.Source, { endings: string[]; help: () => string }>>;

/** Reports the keys of a source that have no meaning for such a file. */
export function checkNotation(source: Loose<written.Source>, path: string, place: Place, report: Report): void {
  const ending = /\.[a-z]+(?=(\.gz)?$)/i.exec(path)?.[0].toLowerCase() ?? '';
  if (!ENDINGS.includes(ending)) return;
  for (const key of Object.keys(keys) as (keyof typeof keys)[]) {
    const { endings, help } = keys[key];
    if (source[key] === undefined || (endings as readonly string[]).includes(ending)) continue;
    const message = t`\`${key}\` has no effect on a ${ending} file`;
    report.error('CRM4013', place.at(key).key, message, help());
  }
}
