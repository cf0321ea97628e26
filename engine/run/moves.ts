import sql, { type Sql } from 'sql-template-tag';

/** What an enrolment of the outer statement must be to be at a step (alias `s`) of these kinds, due now. */
export function dueAt(now: number, condition: Sql): Sql {
  return sql`enrolment.status = 'active' AND enrolment.due_at <= ${now}::bigint AND s.step = enrolment.step AND ${condition}`;
}

/** Sets the outer enrolment on its way to `step`; without one it has ended with `reason`. */
export function goTo(step: Sql, reason: Sql, now: number): Sql {
  return sql`step = ${step}, phase = 0, due_at = ${now}::bigint, deferred_at = NULL,
    status = CASE WHEN ${step} IS NULL THEN 'ended' ELSE 'active' END,
    reason = CASE WHEN ${step} IS NULL THEN ${reason} END,
    ended_at = CASE WHEN ${step} IS NULL THEN ${now}::bigint END`;
}

export const completed = sql`'completed'`;
