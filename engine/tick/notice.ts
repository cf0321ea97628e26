import sql, { empty, join, type Sql } from 'sql-template-tag';
import type { StepRow } from '../program/program.ts';
import { ident } from '../store/dialect.ts';
import { ask } from '../store/query-sql.ts';
import { runAll } from '../store/statements.ts';
import { eventTable } from '../store/tables.ts';
import { asking, type Tick } from './tick.ts';

/**
 * Reactions that have come let the cascade stages that wait for them go on: a click counts as an open, both as delivered. By
 * their own time they must be within the stage's.
 */
export async function react({ db, now, reactionsFrom, returned }: Tick): Promise<void> {
  if (reactionsFrom === undefined && returned.size === 0) return;
  const recent = reactionsFrom === undefined ? sql`FALSE` : sql`r.seq >= ${reactionsFrom}::bigint`;
  await db.run(sql`
    UPDATE enrolment SET phase = 2, due_at = ${now}::bigint FROM step s, message m, message_event r
    WHERE enrolment.status = 'active' AND enrolment.phase = 1 AND s.step = enrolment.step AND s.kind = 'send'
      AND m.enrolment = enrolment.enrolment AND m.step = enrolment.step AND r.message = m.message
      AND r.at <= enrolment.due_at AND ${returned.size === 0 ? recent : sql`(${recent} OR enrolment.resumed_at = ${now}::bigint)`}
      AND (r.kind = s.until OR (s.until = 'opened' AND r.kind = 'clicked')
        OR (s.until = 'delivered' AND r.kind IN ('opened', 'clicked')))`);
}

type Await = Extract<StepRow, { kind: 'await' }>;

/** Events that have come let those go on who wait for them. What happened before they came to the step, or after its time, does not. */
export async function notice(tick: Tick): Promise<void> {
  const { db, now, fresh, returned, versions } = tick;
  const kinds = new Set(
    versions.flatMap(({ definition }) =>
      definition.steps.flatMap((step) => (step.kind === 'await' ? [step.match.event] : [])),
    ),
  );
  if (returned.size === 0 && ![...kinds].some((kind) => fresh.has(kind))) return;
  const waiting = await db.query<{ step: number; campaign: string; version: string; id: string }>(sql`
    SELECT DISTINCT s.step, s.campaign, s.version, s.id FROM enrolment e JOIN step s ON s.step = e.step
    WHERE e.status = 'active' AND e.phase = 1 AND s.kind = 'await' ORDER BY s.step`);
  const parts = waiting.flatMap(({ step, campaign, version, id }) => {
    const rows = versions.find(({ definition }) => definition.name === campaign && definition.hash === version);
    const row = rows?.definition.steps.find((one) => one.id === id);
    if (row?.kind !== 'await') throw new Error(`step ${campaign}/${id} is not of its version`);
    return come(tick, step, row, returned.has(campaign)) ?? [];
  });
  if (parts.length === 0) return;
  await runAll(db, db.dialect.temporary('come', join(parts, ' UNION ALL ')));
  await db.run(sql`
    UPDATE enrolment SET phase = 2, due_at = ${now}::bigint WHERE enrolment IN (SELECT enrolment FROM come)`);
}

/** Enrolments at a step for which the event that they wait for has come in this tick. */
function come(tick: Tick, step: number, { match, within }: Await, returned: boolean): Sql | undefined {
  const from = tick.fresh.get(match.event);
  if (from === undefined && !returned) return undefined;
  const recent = from === undefined ? sql`FALSE` : sql`t.seq >= ${from}::bigint`;
  const here = sql`e.step = ${step}::integer AND e.status = 'active' AND e.phase = 1`;
  const among = sql`(SELECT e.customer FROM enrolment e WHERE ${here}) inside`;
  const question = match.when && ask(match.when, asking(tick, among));
  return sql`
    SELECT e.enrolment FROM enrolment e
    JOIN ${ident(eventTable(match.event))} t ON t.customer = e.customer AND ${returned ? sql`(${recent} OR e.resumed_at = ${tick.now}::bigint)` : recent}
      AND t.at > e.due_at - ${within}::bigint AND t.at <= e.due_at
    ${question ? sql`JOIN customer c ON c.customer = e.customer ${question.joins}` : empty}
    WHERE ${here} ${question ? sql`AND ${question.where}` : empty}`;
}
