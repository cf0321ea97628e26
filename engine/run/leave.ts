import sql, { empty, raw, type Sql } from 'sql-template-tag';
import type { CompiledMatch } from '../compile/program.ts';
import { name } from '../store/dialect.ts';
import { ask, value } from '../store/query-sql.ts';
import { runAll } from '../store/statements.ts';
import { eventTable } from '../store/tables.ts';
import type { Tick, Version } from './tick.ts';

/**
 * Phase 4, before anything advances, so that a buyer never gets the reminder of the same tick: exit events and goals
 * end enrolments and cancel what was decided and has not left. Late data counts by the event's own time.
 */
export async function leave(tick: Tick, entered: Set<string>): Promise<void> {
  for (const version of tick.versions) {
    for (const exit of version.definition.exit) {
      if (!(await happened(tick, version, exit, entered))) continue;
      await end(tick, version, 'exit-event');
    }
    const { goal } = version.definition;
    if (goal && (await happened(tick, version, goal, entered, goal.within))) await reach(tick, version);
  }
}

/**
 * Fills `departure` (enrolment, at, value) with the first matching event of each enrolment of this version. Those who
 * came in with this tick are held against all events since they started, the others against the fresh ones.
 */
async function happened(
  tick: Tick,
  version: Version,
  match: CompiledMatch & { value?: CompiledMatch['when'] },
  entered: Set<string>,
  within?: number,
): Promise<boolean> {
  const { db, program, now } = tick;
  const { definition } = version;
  const from = tick.fresh.get(match.event);
  const news = version.current && entered.has(definition.name);
  if (from === undefined && !news) return false;

  const table = name(eventTable(match.event));
  const recent = from === undefined ? sql`FALSE` : sql`t.seq >= ${from}::bigint`;
  const time = news ? sql`(${recent} OR e.entered_at = ${now}::bigint)` : recent;
  const self = definition.trigger.kind === 'event' && definition.trigger.event === match.event;
  const among = sql`(SELECT customer FROM enrolment WHERE campaign = ${definition.name}) inside`;
  const asking = { dialect: db.dialect, program, now, among };
  const when = match.when ? ask(match.when, asking) : undefined;
  const worth = match.value ? value(match.value, asking) : undefined;
  // The goal's two questions share the aliases of their passes, so each stands in a statement of its own.
  const select = (joins: Sql, where: Sql, worthOf: Sql) => sql`
    SELECT enrolment, "at", seq, worth FROM (
      SELECT e.enrolment, t.at, t.seq, ${worthOf} AS worth,
        row_number() OVER (PARTITION BY e.enrolment ORDER BY t.at, t.seq) AS nth
      FROM enrolment e JOIN ${table} t ON t.customer = e.customer JOIN customer c ON c.customer = e.customer ${joins}
      WHERE e.campaign = ${definition.name} AND e.version = ${definition.hash} AND t.at >= e.started_at AND ${time}
        ${self ? sql`AND t.seq <> e.event_seq` : empty}
        ${within === undefined ? empty : sql`AND e.goal_at IS NULL AND t.at <= e.started_at + ${within}::bigint`}
        AND ${where}) firsts
    WHERE nth = 1`;
  const none = sql`NULL::${raw(db.dialect.types.double)}`;
  const found = await runAll(
    db,
    db.dialect.temporary('departure', select(when?.joins ?? empty, when?.where ?? sql`TRUE`, none)),
  );
  if (found === 0) return false;
  if (worth) {
    await db.run(sql`
      UPDATE departure SET worth = w.worth FROM (
        SELECT d.enrolment, ${worth.value} AS worth FROM departure d JOIN enrolment e ON e.enrolment = d.enrolment
        JOIN ${table} t ON t.seq = d.seq JOIN customer c ON c.customer = e.customer ${worth.joins}) w
      WHERE departure.enrolment = w.enrolment`);
  }
  return true;
}

/** `reason`: stored with the enrolments ended and the messages cancelled. */
async function end(tick: Tick, version: Version, reason: string): Promise<void> {
  const { db, now } = tick;
  await db.run(sql`
    UPDATE enrolment SET status = 'ended', reason = ${reason}, ended_at = ${now}::bigint, step = NULL
    WHERE status = 'active' AND enrolment IN (SELECT enrolment FROM departure)`);
  await db.run(sql`
    UPDATE message SET status = 'suppressed', reason = ${reason}, finished_at = ${now}::bigint
    WHERE status = 'decided' AND campaign = ${version.definition.name}
      AND enrolment IN (SELECT enrolment FROM departure)`);
}

async function reach(tick: Tick, version: Version): Promise<void> {
  await tick.db.run(sql`
    UPDATE enrolment SET goal_at = d.at, goal_value = d.worth FROM departure d
    WHERE d.enrolment = enrolment.enrolment`);
  await end(tick, version, 'goal');
}
