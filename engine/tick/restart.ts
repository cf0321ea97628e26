import sql, { join } from 'sql-template-tag';
import { enrolmentStatus, exitReason, messageReason, messageStatus } from '../store/outcome-sql.ts';
import { temporary } from '../store/statements.ts';
import { enrolment } from './moves.ts';
import { andNamed } from './removed-customers.ts';
import type { Tick } from './tick.ts';

/**
 * Notes in `restarting` the entrants who are inside, with the number of their enrolment (`old`), where the event is not
 * older than the start of that journey and has begun none yet.
 */
export async function noteRestarts(tick: Tick, campaigns: string[]): Promise<void> {
  const { db, program } = tick;
  const found = sql`
    SELECT n.campaign, n.version, n.customer, n.occurrence, n.event_seq, n.started_at, e.enrolment AS old
    FROM entrant n JOIN enrolment e ON e.customer = n.customer AND e.campaign = n.campaign
    WHERE n.campaign IN (${join(campaigns)}) AND e.status = ${enrolmentStatus.active} AND n.started_at >= e.started_at
      AND NOT EXISTS (
        SELECT 1 FROM enrolment p
        WHERE p.customer = n.customer AND p.campaign = n.campaign AND p.occurrence = n.occurrence)
      ${andNamed(program, sql`n.customer`)}`;
  tick.restarting = (await temporary(db, 'restarting', found)) > 0;
}

/**
 * Begins the journey anew for the customers who are noted and still inside after exits and goals: the enrolment ends, what
 * it has decided is cancelled, and another one begins. The rule of re-entry is not asked. Returns the campaigns of those.
 */
export async function restart(tick: Tick): Promise<Set<string>> {
  const { db, moments } = tick;
  const { now } = moments;
  if (!tick.restarting) return new Set();
  const found = await db.query<{ campaign: string }>(sql`
    SELECT DISTINCT r.campaign FROM restarting r JOIN enrolment e ON e.enrolment = r.old WHERE e.status = ${enrolmentStatus.active}`);
  if (found.length === 0) return new Set();
  await db.run(
    enrolment(
      tick,
      sql`restarting n${moments.join(sql`n.customer`)} JOIN campaign k ON k.campaign = n.campaign AND k.version = n.version
    JOIN enrolment e ON e.enrolment = n.old WHERE e.status = ${enrolmentStatus.active}`,
    ),
  );
  await db.run(sql`
    UPDATE enrolment SET status = ${enrolmentStatus.ended}, reason = ${exitReason.restarted}, ended_at = r.now, step = NULL, due_at = NULL
    FROM (SELECT r.old, ${now} AS now FROM restarting r${moments.join(sql`r.customer`)}) r
    WHERE enrolment.status = ${enrolmentStatus.active} AND enrolment.enrolment = r.old`);
  const campaigns = new Set(found.map(({ campaign }) => campaign));
  if (tick.outboxIsEmpty) return campaigns;
  await db.run(sql`
    UPDATE message SET status = ${messageStatus.suppressed}, reason = ${messageReason.restarted}, finished_at = r.ended_at
    FROM (SELECT e.enrolment, e.ended_at FROM restarting r JOIN enrolment e ON e.enrolment = r.old
      WHERE e.reason = ${exitReason.restarted}) r
    WHERE message.status = ${messageStatus.decided} AND message.enrolment = r.enrolment`);
  return campaigns;
}
