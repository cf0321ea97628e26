import sql from 'sql-template-tag';
import type { Database } from '../store/database.ts';

/** A campaign that was ever applied. */
export interface Ran {
  name: string;
  /** The latest entry or decision, epoch milliseconds; null where there was none. */
  last: number | null;
}

/** Returns all campaigns that were ever applied, by name. */
export function campaignsThatRan(db: Database): Promise<Ran[]> {
  return db.query<{ [K in keyof Ran]: Ran[K] }>(sql`
    SELECT k.campaign AS name, max(x.last) AS last FROM campaign k LEFT JOIN (
      SELECT campaign, max(entered_at) AS last FROM enrolment GROUP BY campaign
      UNION ALL SELECT campaign, max(decided_at) FROM message GROUP BY campaign) x ON x.campaign = k.campaign
    GROUP BY k.campaign ORDER BY k.campaign`);
}
