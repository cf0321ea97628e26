import sql from 'sql-template-tag';
import type { Facts } from './audit.ts';
import type { Database } from './database.ts';

/** A campaign that somebody has locked, so that nobody else changes it. */
export interface Lock {
  campaign: string;
  holder: string;
  /** Epoch milliseconds. */
  since: number;
  reason: string;
}

/** Returns the locks that are held, by the audit log: each is an entry, and another one ends it. So no process holds one, and a crash leaves none behind. */
export async function readLocks(db: Database): Promise<Lock[]> {
  const rows = await db.query<{ at: number; who: string; what: string; facts: string }>(
    sql`SELECT "at", who, what, facts FROM audit WHERE what IN ('lock', 'unlock') ORDER BY serial`,
  );
  const held = new Map<string, Lock>();
  for (const { at, who, what, facts } of rows) {
    const { campaign, reason } = JSON.parse(facts) as Facts;
    if (what === 'unlock') held.delete(String(campaign));
    else held.set(String(campaign), { campaign: String(campaign), holder: who, since: at, reason: String(reason) });
  }
  return [...held.values()].sort((a, b) => (a.campaign < b.campaign ? -1 : 1));
}
