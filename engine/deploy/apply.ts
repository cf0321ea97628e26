import sql from 'sql-template-tag';
import type { SourceFile } from '../../spec/diagnostics/diagnostic.ts';
import { canonical, isSame, programHash } from '../program/hash.ts';
import type { Program } from '../program/program.ts';
import { afterTick, readCursor } from '../store/cursor.ts';
import type { Database } from '../store/database.ts';
import { prepareTables } from '../store/tables.ts';
import { install, wantCampaigns } from './install.ts';
import { moveInside } from './move-inside.ts';
import { giveUp, retire } from './removal.ts';
import { beginRollouts } from './rollouts.ts';

export interface Deployment {
  serial: number;
  /** Made once with the store; a plan made against another store is not for this one. */
  lineage: string;
  hash: string;
  appliedAt: number;
  /** The commit of git that the plan names. */
  commit?: string;
  program: Program;
}

/** Returns the applied deployment; undefined in a store that has none yet. */
export async function currentDeployment(db: Database): Promise<Deployment | undefined> {
  if (!(await hasTables(db))) return undefined;
  const [row] = await db.query<{
    serial: number;
    lineage: string;
    applied_at: number;
    commit_hash: string | null;
    program: string;
  }>(sql`SELECT serial, lineage, applied_at, commit_hash, program FROM deployment ORDER BY serial DESC LIMIT 1`);
  if (!row) return undefined;
  const program = readProgram(row.program);
  const { serial, lineage, applied_at: appliedAt, commit_hash: commit } = row;
  return { serial, lineage, hash: program.hash, appliedAt, ...(commit !== null && { commit }), program };
}

/** The time in which customers of a campaign of an earlier format can be taken up again. */
const week = 7 * 86_400_000;

/** Reads a Program. Parts that its earlier format did not know are empty, so that a plan can be made against it. */
export function readProgram(text: string): Program {
  const program = JSON.parse(text) as Partial<Program> & Omit<Program, 'variables' | 'holdouts' | 'lists'>;
  const campaigns = program.campaigns.map((campaign) => ({ ...campaign, resumeWithin: campaign.resumeWithin ?? week }));
  const whole = { variables: {}, holdouts: [], lists: [], ...program, campaigns };
  // Earlier versions hashed how channels send, too.
  return { ...whole, hash: programHash(whole) };
}

export async function hasTables(db: Database): Promise<boolean> {
  const [row] = await db.query<{ n: number }>(
    sql`SELECT count(*) AS n FROM information_schema.tables WHERE table_name = 'deployment'`,
  );
  return (row?.n ?? 0) > 0;
}

export interface Applying {
  program: Program;
  /** Epoch milliseconds. Earlier events enter no customer into a campaign that is new. */
  at: number;
  /** The lineage of a store's first deployment. */
  lineage: string;
  commit?: string;
  /** The files that the Program was compiled from. */
  document?: SourceFile[];
  /** The forecast of the plan, JSON. */
  forecast?: string;
}

/**
 * Makes a Program the one that runs: all or nothing. Enrolments of earlier versions finish on theirs, unless the campaign says otherwise (`in_flight`); those of a
 * campaign that is gone end with reason `removed`, and nothing of it leaves any more that is not on the wire. Returns false where it is applied already.
 */
export async function applyProgram(
  store: Database,
  { program, at, lineage, commit, document, forecast }: Applying,
): Promise<boolean> {
  return store.transaction(async (db) => {
    await prepareTables(db, program.data);
    const applied = await currentDeployment(db);
    const text = document ? JSON.stringify(document) : null;
    if (applied && isSame(applied.program, program)) {
      // The same Program may be written in other words, or have been applied by a version that kept none.
      if (text !== null) await db.run(sql`UPDATE deployment SET document = ${text} WHERE serial = ${applied.serial}`);
      return false;
    }
    await wantCampaigns(db, program);
    await retire(db, at);
    // Later than any tick there has been, so that the next one knows itself to be the campaign's first.
    const from = afterTick(at, await readCursor(db, 'tick'));
    await install(db, program, from);
    await beginRollouts(db, program, applied?.program, from);
    await moveInside(db, program, at);
    await giveUp(db, at);
    await db.run(sql`
      INSERT INTO deployment (serial, lineage, hash, applied_at, commit_hash, program, document, forecast)
      VALUES (${(applied?.serial ?? 0) + 1}, ${applied?.lineage ?? lineage}, ${program.hash}, ${at}, ${commit ?? null},
        ${canonical(program)}, ${text}, ${forecast ?? null})`);
    return true;
  });
}

/**
 * Until the transaction ends, no other apply to the same store gets past this call. DuckDB needs nothing: its writers
 * take turns, and one process owns the file.
 */
export async function takeApplyLock(tx: Database): Promise<void> {
  if (tx.dialect.name !== 'postgres') return;
  await tx.query(sql`
    SELECT 1 AS locked FROM pg_advisory_xact_lock(hashtextextended('kaskad apply ' || current_schema(), 0))`);
}
