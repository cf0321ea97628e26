import sql from 'sql-template-tag';
import { messageStatus } from '../store/outcome-sql.ts';
import type { Walk } from './tick.ts';

/** The work of a tick, in numbers: no customer is named. */
export interface Activity {
  /** Customers who entered, by campaign. */
  entered: Record<string, number>;
  /** Journeys that went on from where they waited. */
  moved: number;
  /** Messages that are to be sent, by channel. */
  decided: Record<string, number>;
  /** Messages that a gate refused. */
  refused: number;
}

/** Returns what a tick has done, before its transaction ends. */
export async function activityOf({ db, now, moved }: Walk): Promise<Activity> {
  const rows = await db.query<{ kind: string; name: string; n: number }>(sql`
    SELECT 'entered' AS kind, campaign AS name, count(*) AS n FROM enrolment
    WHERE entered_at = ${now}::bigint GROUP BY campaign
    UNION ALL
    SELECT CASE WHEN status = ${messageStatus.decided} THEN 'decided' ELSE 'refused' END, channel, count(*) FROM message
    WHERE decided_at = ${now}::bigint GROUP BY 1, 2 ORDER BY 1, 2`);
  const of = (kind: string) => rows.flatMap((row) => (row.kind === kind ? [[row.name, Number(row.n)] as const] : []));
  const refused = of('refused').reduce((sum, [, n]) => sum + n, 0);
  return { entered: Object.fromEntries(of('entered')), moved, decided: Object.fromEntries(of('decided')), refused };
}
