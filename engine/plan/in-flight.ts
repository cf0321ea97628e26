import sql from 'sql-template-tag';
import type { Database } from '../store/database.ts';
import { enrolmentStatus, messageStatus } from '../store/outcome-sql.ts';
import type { InFlight } from './effects.ts';

/** Counts the customers inside each version of each campaign. */
export function inFlight(db: Database): Promise<InFlight[]> {
  return db.query<{ campaign: string; version: string; active: number; waiting: number }>(sql`
    SELECT k.campaign, k.version, coalesce(e.n, 0) AS active, coalesce(m.n, 0) AS waiting FROM campaign k
    LEFT JOIN (SELECT campaign, version, count(*) AS n FROM enrolment WHERE status = ${enrolmentStatus.active} GROUP BY campaign, version) e
      ON e.campaign = k.campaign AND e.version = k.version
    LEFT JOIN (SELECT campaign, version, count(*) AS n FROM message WHERE status = ${messageStatus.decided} GROUP BY campaign, version) m
      ON m.campaign = k.campaign AND m.version = k.version
    WHERE coalesce(e.n, 0) + coalesce(m.n, 0) > 0 ORDER BY k.campaign, k.version`);
}
