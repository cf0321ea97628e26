import sql, { raw, type Sql } from 'sql-template-tag';
import { andNotPaused, type Pause } from '../store/pauses.ts';

interface Moment {
  now: number;
  pauses: Pause[];
}

/** The condition for an enrolment to move in this tick: inside, due, and of a campaign that is not paused. */
export function isDue({ now, pauses }: Moment, alias: 'e' | 'enrolment' = 'e'): Sql {
  const own = raw(alias);
  return sql`${own}.status = 'active' AND ${own}.due_at <= ${now}::bigint${andNotPaused(pauses, sql`${own}.campaign`)}`;
}

/** The condition for an enrolment of the outer statement to be at a step (alias `s`) of these kinds, due now. */
export function dueAt(moment: Moment, condition: Sql): Sql {
  return sql`${isDue(moment, 'enrolment')} AND s.step = enrolment.step AND ${condition}`;
}

/** Sets the outer enrolment on its way to `step`; without one it has ended with `reason`. */
export function goTo(step: Sql, reason: Sql, now: number): Sql {
  return sql`step = ${step}, phase = 0, due_at = ${now}::bigint, deferred_at = NULL,
    status = CASE WHEN ${step} IS NULL THEN 'ended' ELSE 'active' END,
    reason = CASE WHEN ${step} IS NULL THEN ${reason} END,
    ended_at = CASE WHEN ${step} IS NULL THEN ${now}::bigint END`;
}

export const completed = sql`'completed'`;
