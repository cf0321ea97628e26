import sql from 'sql-template-tag';
import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { hasTables, readProgram } from './apply.ts';

/** A deployment, the applied one or an earlier one, with what its apply has recorded. */
export interface Recorded {
  serial: number;
  hash: string;
  /** Epoch milliseconds. */
  appliedAt: number;
  commit: string | undefined;
  program: Program;
  /** Undefined where the version that applied it kept none. */
  document: SourceFile[] | undefined;
}

/** Returns the deployments with serials up to `to`, the newest first, at most `limit` of them. */
export async function recordedDeployments(
  db: Database,
  { to = Number.MAX_SAFE_INTEGER, limit }: { to?: number; limit: number },
): Promise<Recorded[]> {
  if (!(await hasTables(db))) return [];
  const rows = await db.query<Row>(sql`
    SELECT serial, applied_at, commit_hash, program, document FROM deployment
    WHERE serial <= ${to}::bigint ORDER BY serial DESC LIMIT ${limit}::integer`);
  return rows.map((row) => recorded(row, readProgram(row.program)));
}

function recorded(row: Row, program: Program): Recorded {
  return {
    serial: row.serial,
    hash: program.hash,
    appliedAt: row.applied_at,
    commit: row.commit_hash ?? undefined,
    program,
    document: row.document === null ? undefined : (JSON.parse(row.document) as SourceFile[]),
  };
}

type Row = Record<'serial' | 'applied_at', number> &
  Record<'program', string> &
  Record<'commit_hash' | 'document', string | null>;
