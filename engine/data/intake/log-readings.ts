import { later } from '../../../spec/words/t.ts';
import type { SourceReport } from './file.ts';

interface Log {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
}

/** Logs which files were read; as a warning where one has problems, which `crm status` lists. */
export function logReadings(log: Log, read: SourceReport[]): void {
  for (const { unfinished, ...source } of read) {
    if (unfinished) log.info({ path: source.path }, later`the last row of the file is not finished yet: it waits`);
    if (source.problems > 0) log.warn({ ...source }, later`read, with problems`);
    else log.info({ ...source }, later`read`);
  }
}
