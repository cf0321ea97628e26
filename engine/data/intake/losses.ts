import sql from 'sql-template-tag';
import type { Program } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import { feedsRead } from './feeds-of-files.ts';

/** A data file of which rows are left out, or that gives none although the project needs them. */
export interface FileLoss {
  path: string;
  rows: number;
  /** Rows that were left out. */
  lost: number;
  /** It does not exist. */
  missing: boolean;
}

/** The files that a shop may not have yet. */
const optional = new Set(['inbox_suppression', 'inbox_feedback']);

/** Returns the losses as the files were last read, the greatest first; also those that are tolerated. */
export async function fileLosses(db: Database, program: Program): Promise<FileLoss[]> {
  const rows = await db.query<{ path: string; rows: number; lost: number; missing: boolean }>(sql`
    SELECT s.path, s."rows", coalesce(s.lost, 0) AS lost,
      EXISTS (SELECT 1 FROM quarantine q WHERE q.path = s.path AND q.code = 'missing-file') AS missing FROM source s`);
  const inboxes = new Map((await feedsRead(db, program)).map(({ name, inbox }) => [name, inbox]));
  return rows
    .filter(({ path, rows, lost, missing }) => {
      const inbox = inboxes.get(path);
      if (inbox === undefined) return false;
      if (lost > 0 || (inbox === 'inbox_customer' && rows === 0)) return true;
      return missing && !optional.has(inbox);
    })
    .sort((a, b) => b.lost - a.lost || (a.path < b.path ? -1 : 1));
}
