import sql, { type Sql } from 'sql-template-tag';
import { enrolmentStatus, exitReason } from '../store/outcome-sql.ts';
import { phase } from '../store/phase.ts';

/** Adds the enrolments of entrants `n` of versions `k`: those that `from` finds. */
export function enrolment(now: number, from: Sql): Sql {
  return sql`
    INSERT INTO enrolment (enrolment, customer, campaign, version, occurrence, event_seq, started_at, entered_at,
      step, phase, due_at, status, reason, ended_at)
    SELECT (SELECT coalesce(max(enrolment), 0) FROM enrolment) + row_number() OVER (ORDER BY n.campaign, n.customer),
      n.customer, k.campaign, k.version, n.occurrence, n.event_seq, n.started_at, ${now}::bigint,
      k.first_step, ${phase.arrived}, ${now}::bigint,
      CASE WHEN k.first_step IS NULL THEN ${enrolmentStatus.ended} ELSE ${enrolmentStatus.active} END,
      CASE WHEN k.first_step IS NULL THEN ${exitReason.completed} END,
      CASE WHEN k.first_step IS NULL THEN ${now}::bigint END
    FROM ${from}`;
}
