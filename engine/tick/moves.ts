import sql, { empty, join, raw, type Sql } from 'sql-template-tag';
import { type CompiledTrigger, type StepRow, triggerEvent } from '../program/program.ts';
import { ident } from '../store/dialect.ts';
import { enrolmentStatus, exitReason } from '../store/outcome-sql.ts';
import { andNotPaused } from '../store/pauses.ts';
import { phase } from '../store/phase.ts';
import { eventTable } from '../store/tables.ts';
import type { StepFacts, Tick } from './tick.ts';

/** Enrolments as `e`, with the instants of their customers. */
export function enrolments({ moments }: Pick<Tick, 'moments'>): Sql {
  return sql`enrolment e${moments.join(sql`e.customer`)}`;
}

/** The condition for an enrolment to move in this tick: inside, due, and of a campaign that is not paused. */
export function isDue({ moments, pauses }: Pick<Tick, 'moments' | 'pauses'>): Sql {
  return sql`e.status = ${enrolmentStatus.active} AND e.due_at <= ${moments.now}${andNotPaused(pauses, sql`e.campaign`)}`;
}

/**
 * The FROM and WHERE of an UPDATE of the enrolments `e` that are due at a step `s` for which the condition is true. Its values may name the
 * columns of the step and `s.now`. All that an UPDATE of enrolments joins is one query, by their numbers: DuckDB then goes through them in their
 * order. It takes ten times as long to change rows in another one.
 */
export function dueAt(tick: Tick, condition: Sql, joins: Sql = empty, also: Sql = empty): Sql {
  return sql`FROM (
      SELECT s.*, e.enrolment, ${tick.moments.now} AS now${also} FROM ${enrolments(tick)} JOIN step s ON s.step = e.step ${joins}
      WHERE ${isDue(tick)} AND ${condition} ORDER BY e.enrolment) s
    WHERE s.enrolment = enrolment.enrolment`;
}

/** Moves the outer enrolment to `step`; without one it ends with `reason`. `now`: the instant of its customer. */
export function goTo(step: Sql, reason: Sql, now: Sql = sql`s.now`): Sql {
  return sql`step = ${step}, phase = ${phase.arrived}, due_at = CASE WHEN ${step} IS NOT NULL THEN ${now} END, deferred_at = NULL,
    status = CASE WHEN ${step} IS NULL THEN ${enrolmentStatus.ended} ELSE ${enrolmentStatus.active} END,
    reason = CASE WHEN ${step} IS NULL THEN ${reason} END,
    ended_at = CASE WHEN ${step} IS NULL THEN ${now} END`;
}

/** Lets customers wait who have just reached a step of a kind. `until`: over the step `s` with `s.now`, epoch milliseconds. */
export async function startWaiting(tick: Tick, kind: string, until: Sql): Promise<void> {
  await tick.db.run(sql`
    UPDATE enrolment SET phase = ${phase.waiting}, due_at = ${until}
    ${dueAt(tick, sql`s.kind = ${raw(`'${kind}'`)} AND e.phase = ${phase.arrived}`)}`);
}

/** A step with its definition. */
export interface Located<Row extends StepRow> {
  /** Its number in the store. */
  step: number;
  row: Row;
  trigger: CompiledTrigger;
}

/** Steps at which enrolments are due, by their number in the store, with the number of these enrolments. */
export type Due = ReadonlyMap<number, StepFacts & { due: number }>;

/** The steps of a kind with their definitions, by the name of the campaign, then in the order of the file. */
export function locate<Kind extends StepRow['kind']>(
  { versions }: Tick,
  due: Iterable<[number, Pick<StepFacts, 'campaign' | 'version' | 'id' | 'kind'>]>,
  kind: Kind,
): Located<Extract<StepRow, { kind: Kind }>>[] {
  const mine = [...due]
    .filter(([, facts]) => facts.kind === kind)
    .sort(([a, one], [b, other]) => (one.campaign === other.campaign ? a - b : one.campaign < other.campaign ? -1 : 1));
  return mine.map(([step, { campaign, version, id }]) => {
    const found = versions.find(({ definition }) => definition.name === campaign && definition.hash === version);
    const row = found?.definition.steps.find((one) => one.id === id);
    if (!found || row?.kind !== kind) throw new Error(`step ${campaign}/${id} is not of its version`);
    return { step, row: row as Extract<StepRow, { kind: Kind }>, trigger: found.definition.trigger };
  });
}

/** The condition that the step `s` is one of these. Customers who have reached another one in the same round are not meant. */
export function isOneOf(steps: Iterable<number>): Sql {
  return sql`s.step IN (${join([...steps].map((step) => sql`${step}::integer`))})`;
}

/** The enrolments that are at a step: `e`, customers `c`, and where an event started the campaign, that event as `t`. */
export function atStep(step: number, trigger: CompiledTrigger, tick: Tick): { from: Sql; where: Sql } {
  const event = triggerEvent(trigger);
  const own = event === undefined ? empty : sql`JOIN ${ident(eventTable(event))} t ON t.seq = e.event_seq`;
  return {
    from: sql`${enrolments(tick)} ${own} JOIN customer c ON c.customer = e.customer`,
    where: sql`e.step = ${step}::integer AND ${isDue(tick)}`,
  };
}

/** Adds the enrolments of entrants `n` of versions `k`: those that `from` finds, with the instants of their customers. */
export function enrolment({ moments: { now } }: Tick, from: Sql): Sql {
  return sql`
    INSERT INTO enrolment (enrolment, customer, campaign, version, occurrence, event_seq, started_at, entered_at,
      step, phase, due_at, status, reason, ended_at)
    SELECT (SELECT coalesce(max(enrolment), 0) FROM enrolment) + row_number() OVER (ORDER BY n.campaign, n.customer),
      n.customer, k.campaign, k.version, n.occurrence, n.event_seq, n.started_at, ${now},
      k.first_step, ${phase.arrived}, CASE WHEN k.first_step IS NOT NULL THEN ${now} END,
      CASE WHEN k.first_step IS NULL THEN ${enrolmentStatus.ended} ELSE ${enrolmentStatus.active} END,
      CASE WHEN k.first_step IS NULL THEN ${exitReason.completed} END,
      CASE WHEN k.first_step IS NULL THEN ${now} END
    FROM ${from}`;
}
