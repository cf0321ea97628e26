import sql from 'sql-template-tag';
import type { Database } from '../store/database.ts';
import { enrolmentStatus, messageStatus } from '../store/outcome-sql.ts';
import type { InFlight } from './effects.ts';

/** Counts the customers inside each version of each campaign, and at each of its steps. */
export async function inFlight(db: Database): Promise<InFlight[]> {
  const rows = await db.query<Omit<InFlight, 'steps'>>(sql`
    SELECT k.campaign, k.version, coalesce(e.n, 0) AS active, coalesce(m.n, 0) AS waiting FROM campaign k
    LEFT JOIN (SELECT campaign, version, count(*) AS n FROM enrolment WHERE status = ${enrolmentStatus.active} GROUP BY campaign, version) e
      ON e.campaign = k.campaign AND e.version = k.version
    LEFT JOIN (SELECT campaign, version, count(*) AS n FROM message WHERE status = ${messageStatus.decided} GROUP BY campaign, version) m
      ON m.campaign = k.campaign AND m.version = k.version
    WHERE coalesce(e.n, 0) + coalesce(m.n, 0) > 0 ORDER BY k.campaign, k.version`);
  const standing = await db.query<{ campaign: string; version: string; step: string; customers: number }>(sql`
    SELECT s.campaign, s.version, s.id AS "step", e.n AS customers
    FROM (SELECT step, count(*) AS n FROM enrolment WHERE status = ${enrolmentStatus.active} GROUP BY step) e
    JOIN step s ON s.step = e.step ORDER BY s.step`);
  const byVersion = Map.groupBy(standing, ({ campaign, version }) => `${campaign} ${version}`);
  return rows.map((row) => ({
    ...row,
    steps: (byVersion.get(`${row.campaign} ${row.version}`) ?? []).map(({ step, customers }) => ({ step, customers })),
  }));
}
