import sql, { join, type Sql } from 'sql-template-tag';
import { copiesIn } from '../data/intake/problem-counts.ts';
import type { Database } from '../store/database.ts';

/** The weight of a problem of the data, the worst first. `hint`: nothing was lost, but it is hardly meant so. */
export const levels = ['refusal', 'file', 'row', 'value', 'hint', 'note'] as const;
export type Level = (typeof levels)[number];

/** A place in a data file. `line` 0: the file as a whole. */
export interface Place {
  path: string;
  line: number;
  /** Never the value of a field that is personal. Absent where the cause is enough. */
  message?: string;
}

/** All problems of one kind. */
export interface Cause {
  level: Level;
  code: string;
  /** The column, the attribute or the channel that it is about. */
  field: string | null;
  count: number;
  /** The number of all that were checked, where it shows the extent. */
  of?: number;
  /** The first places, in the order of files and rows. */
  places: Place[];
}

/** The places of a cause that are shown. */
export const SHOWN = 3;

/** Problems that a whole file has once: the columns in it differ, but not the cause. */
const mentioned = [
  'unknown-column',
  'unused-rename',
  'guessed-encoding',
  'other-sheets',
  'erased-customer',
  'unfinished-line',
];
const ofHeader = ['missing-column', 'repeated-column', 'broken-header'];
const ofFiles = ['fewer-customers', 'emptied-file'];
const hints = [
  'repeated-id',
  'conflicting-id',
  'future-date',
  'unknown-customer',
  'unknown-message',
  'missing-file',
  'empty-file',
];

/** The worst problem: the customer refused all messages, and still gets them. */
const WITHOUT_EFFECT = 'refusal-of-nobody';

/** A problem that needs no action. */
const WITH_EFFECT = 'refusal-by-address';

/** Returns SQL that puts the worst problems before all others. */
export function worstSql(): Sql {
  return sql`CASE WHEN code = ${WITHOUT_EFFECT} THEN 0 ELSE 1 END`;
}

/** Returns SQL for the place of a problem in `levels`. */
export function levelSql(): Sql {
  const index = (level: Level) => sql`${levels.indexOf(level)}::integer`;
  const among = (codes: string[]) => sql`code IN (${join(codes)})`;
  return sql`CASE WHEN code = ${WITH_EFFECT} THEN ${index('note')}
    WHEN coalesce(refusal, FALSE) AND NOT ${among(ofFiles)} THEN ${index('refusal')}
    WHEN coalesce(fatal, FALSE) AND (line = 0 OR ${among(ofHeader)}) THEN ${index('file')}
    WHEN coalesce(fatal, FALSE) THEN ${index('row')}
    WHEN ${among(mentioned)} THEN ${index('note')}
    WHEN ${among(hints)} THEN ${index('hint')} ELSE ${index('value')} END`;
}

export interface CausesWanted {
  /** The places of each cause; absent: `SHOWN`. */
  most?: number;
  /** Restricts the problems to those that a reading at one of these instants, epoch milliseconds, has found in these files. */
  found?: { paths: string[]; instants: number[] };
}

/** Returns the problems of the data files by cause, as the files were read last; the worst first, then the most frequent. */
export async function dataCauses(db: Database, { most = SHOWN, found }: CausesWanted = {}): Promise<Cause[]> {
  if (found && found.paths.length === 0) return [];
  const some = found
    ? sql`WHERE path IN (${join(found.paths)}) AND "at" IN (${join(found.instants.map((at) => sql`${at}::bigint`))})`
    : sql``;
  const rows = await db.query<{
    level: number;
    code: string;
    field: string | null;
    count: number;
    path: string;
    line: number;
    message: string;
  }>(sql`
    WITH problem AS (
      SELECT ${levelSql()} AS level, code, CASE WHEN code IN (${join(mentioned)}) THEN NULL ELSE field END AS field,
        path, line, message, ${await copiesIn(db)} AS copies FROM quarantine ${some})
    SELECT level, code, field, n AS "count", path, line, message FROM (
      SELECT p.*, (sum(copies) OVER cause)::bigint AS n, row_number() OVER (cause ORDER BY path, line, message) AS nth
      FROM problem p WINDOW cause AS (PARTITION BY level, code, field)) c
    WHERE nth <= ${most}::bigint ORDER BY ${worstSql()}, level, n DESC, code, field, nth`);
  const causes = Map.groupBy(rows, ({ level, code, field }) => JSON.stringify([level, code, field]));
  return [...causes.values()].flatMap((all) => {
    const [first] = all;
    if (!first) return [];
    const { level, code, field, count } = first;
    const places = all.map(({ path, line, message }) => ({ path, line, message }));
    return [{ level: levels[level] ?? 'note', code, field, count, places }];
  });
}

/** Orders causes of several origins: the worst first, then the most frequent. */
export function worstFirst(causes: Cause[]): Cause[] {
  const weight = ({ level, code }: Cause) => (code === WITHOUT_EFFECT ? -1 : levels.indexOf(level));
  return causes.toSorted((a, b) => weight(a) - weight(b) || b.count - a.count);
}
