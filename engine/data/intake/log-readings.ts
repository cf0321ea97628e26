import { later } from '../../../spec/words/t.ts';
import type { SourceReport } from './file.ts';

interface Log {
  info(fields: object, text: string): void;
  warn(fields: object, text: string): void;
}

/** Logs which files were read, those of a folder or pattern in one line; as a warning where one has problems, which `crm status` lists. */
export function logReadings(log: Log, read: SourceReport[]): void {
  for (const { unfinished, path } of read)
    if (unfinished) log.info({ path }, later`the last row of the file is not finished yet: it waits`);
  for (const [name, files] of Map.groupBy(read, ({ path, declared }) => declared ?? path)) {
    const sum = (of: 'rows' | 'problems' | 'lost') => files.reduce((all, file) => all + file[of], 0);
    const several = files.length > 1 && {
      files: files.map(({ path, rows, problems, lost }) => ({ path, rows, problems, lost })),
    };
    const path = (files.length === 1 && files[0]?.path) || name;
    const line = { path, rows: sum('rows'), problems: sum('problems'), lost: sum('lost'), ...several };
    if (line.problems > 0) log.warn(line, later`read, with problems`);
    else log.info(line, later`read`);
  }
}
