import sql from 'sql-template-tag';
import type { Database } from '../store/database.ts';
import type { Reconciliation } from './summary.ts';
import { type Window, within } from './window.ts';

/** Each figure is counted by a condition of its own, so that the sums can be wrong if anything was lost. */
export async function reconcile(db: Database, window: Window): Promise<Reconciliation> {
  const { from, to } = window;
  const inside = (at: number) =>
    sql`FILTER (WHERE entered_at < ${at}::bigint AND (ended_at IS NULL OR ended_at >= ${at}::bigint))`;
  const [e] = await db.query<Record<'inside' | 'entered' | 'ended' | 'active' | 'held', number>>(sql`
    SELECT count(*) ${inside(from)} AS inside, count(*) FILTER (WHERE ${within(sql`entered_at`, window)}) AS entered,
      count(*) FILTER (WHERE ${within(sql`ended_at`, window)}) AS ended, count(*) ${inside(to)} AS active,
      count(*) FILTER (WHERE status = 'active' AND deferred_at IS NOT NULL) AS held
    FROM enrolment`);
  const fate = (status: string[]) => sql`FILTER (WHERE status = ${status[0] ?? ''} OR status = ${status[1] ?? ''})`;
  const [m] = await db.query<Record<'candidates' | 'sent' | 'failed' | 'unknown' | 'refused' | 'waiting', number>>(sql`
    SELECT count(*) AS candidates, count(*) ${fate(['sent'])} AS sent, count(*) ${fate(['failed'])} AS failed,
      count(*) ${fate(['unknown'])} AS unknown, count(*) ${fate(['suppressed', 'expired'])} AS refused,
      count(*) ${fate(['decided'])} AS waiting
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
