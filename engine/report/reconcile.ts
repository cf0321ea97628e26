import sql, { join, type Sql } from 'sql-template-tag';
import { type Window, within } from '../metrics/window.ts';
import type { Database } from '../store/database.ts';
import { enrolmentStatus, messageStatus } from '../store/outcome-sql.ts';
import { phase } from '../store/phase.ts';
import type { Reconciliation } from './summary.ts';

/** Counts each figure by a separate condition, so that the sums are wrong if anything was lost. */
export async function reconcile(db: Database, window: Window): Promise<Reconciliation> {
  const { from, to } = window;
  const inside = (at: number) =>
    sql`FILTER (WHERE entered_at < ${at}::bigint AND (ended_at IS NULL OR ended_at >= ${at}::bigint))`;
  const [e] = await db.query<Record<'inside' | 'entered' | 'ended' | 'active' | 'held', number>>(sql`
    SELECT count(*) ${inside(from)} AS inside, count(*) FILTER (WHERE ${within(sql`entered_at`, window)}) AS entered,
      count(*) FILTER (WHERE ${within(sql`ended_at`, window)}) AS ended, count(*) ${inside(to)} AS active,
      count(*) FILTER (WHERE status = ${enrolmentStatus.active} AND deferred_at IS NOT NULL AND phase = ${phase.arrived}) AS held
    FROM enrolment`);
  const fate = (statuses: Sql[]) => sql`FILTER (WHERE status IN (${join(statuses)}))`;
  const [m] = await db.query<Record<'candidates' | 'sent' | 'failed' | 'unknown' | 'refused' | 'waiting', number>>(sql`
    SELECT count(*) AS candidates, count(*) ${fate([messageStatus.sent])} AS sent, count(*) ${fate([messageStatus.failed])} AS failed,
      count(*) ${fate([messageStatus.unknown])} AS unknown, count(*) ${fate([messageStatus.suppressed, messageStatus.expired])} AS refused,
      count(*) ${fate([messageStatus.decided])} AS waiting
    FROM message WHERE ${within(sql`decided_at`, window)}`);
  if (!e || !m) throw new Error('an aggregate without a row');
  const { held, ...enrolments } = e;
  return {
    enrolments: {
      ...enrolments,
      balanced: enrolments.inside + enrolments.entered === enrolments.ended + enrolments.active,
    },
    messages: { ...m, balanced: m.candidates === m.sent + m.failed + m.unknown + m.refused + m.waiting },
    held,
  };
}
