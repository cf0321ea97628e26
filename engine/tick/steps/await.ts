import sql, { empty, join, type Sql } from 'sql-template-tag';
import { compileMatch } from '../../program/query.ts';
import { ident } from '../../store/dialect.ts';
import { enrolmentStatus } from '../../store/outcome-sql.ts';
import { phase } from '../../store/phase.ts';
import { ask } from '../../store/query-sql.ts';
import { temporary } from '../../store/statements.ts';
import { eventInbox, eventTable } from '../../store/tables.ts';
import { enrolments, locate, startWaiting } from '../moves.ts';
import { queryContext, type StepFacts, type Tick } from '../tick.ts';
import { type RowKind, type RowOf, type StepCompiler, thenElse } from './step.ts';

export const awaiting: StepCompiler<'await'> & RowKind<'await'> = {
  compile(step, after, { segments, flatten, add }) {
    const otherwise = flatten(step.else, after);
    const next = flatten(step.then, after);
    add({ id: step.id, kind: 'await', match: compileMatch(step, segments), within: step.within, next, otherwise });
    return step.id;
  },
  turn: 'rests',
  columns: ({ within }) => ({ within }),
  branches: thenElse,
  inboxes: ({ match }) => [eventInbox(match.event)],
  awaits: true,
  brief: 's.within = 0',
  execute: (tick) => startWaiting(tick, 'await', sql`s.now + s.within`),
  notice,
};

/** Events before the customer reached the step, or after its time, do not count. A customer who was moved may wait for another time than the step's. */
async function notice(tick: Tick): Promise<void> {
  const { db, fresh, returned, versions } = tick;
  const awaited = versions.flatMap(({ definition }) =>
    definition.steps.flatMap((step) => (step.kind === 'await' ? [step.match.event] : [])),
  );
  if (returned.size === 0 && !awaited.some((event) => fresh.has(event))) return;
  const rows = await db.query<Omit<StepFacts, 'hasFallback' | 'brief'> & { step: number }>(sql`
    SELECT DISTINCT s.step, s.campaign, s.version, s.id, s.kind FROM ${enrolments(tick)} JOIN step s ON s.step = e.step
    WHERE e.status = ${enrolmentStatus.active} AND e.phase = ${phase.waiting} AND s.kind = 'await'`);
  const waiting = new Map(rows.map(({ step, ...facts }) => [step, facts]));
  const parts = locate(tick, waiting, 'await').flatMap(
    ({ step, row }) => happened(tick, step, row, returned.has(waiting.get(step)?.campaign ?? '')) ?? [],
  );
  if (parts.length === 0) return;
  await temporary(db, 'noticed', join(parts, ' UNION ALL '));
  await db.run(sql`
    UPDATE enrolment SET phase = ${phase.reached}, due_at = n.now
    FROM (SELECT * FROM noticed ORDER BY enrolment) n WHERE n.enrolment = enrolment.enrolment`);
}

/** The enrolments at a step whose awaited event is among this tick's new ones. */
function happened(tick: Tick, step: number, { match, within }: RowOf<'await'>, returned: boolean): Sql | undefined {
  const isNew = tick.fresh.get(match.event);
  if (!isNew && !returned) return undefined;
  const recent = isNew ? isNew(sql`t`) : sql`FALSE`;
  const here = sql`e.step = ${step}::integer AND e.status = ${enrolmentStatus.active} AND e.phase = ${phase.waiting}`;
  const among = sql`(SELECT e.customer FROM enrolment e WHERE ${here}) inside`;
  const question = match.when && ask(match.when, queryContext(tick, among));
  return sql`
    SELECT e.enrolment, ${tick.moments.now} AS now FROM ${enrolments(tick)}
    JOIN ${ident(eventTable(match.event))} t ON t.customer = e.customer AND ${returned ? sql`(${recent} OR e.resumed_at = ${tick.moments.now})` : recent}
      AND t.at > coalesce(e.deferred_at, e.due_at - ${within}::bigint) AND t.at <= e.due_at
    ${question ? sql`JOIN customer c ON c.customer = e.customer ${question.joins}` : empty}
    WHERE ${here} ${question ? sql`AND ${question.where}` : empty}`;
}
