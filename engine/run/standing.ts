import sql, { empty, type Sql } from 'sql-template-tag';
import { type CompiledTrigger, type StepRow, triggerEvent } from '../compile/program.ts';
import { name } from '../store/dialect.ts';
import { eventTable } from '../store/tables.ts';
import type { Tick } from './tick.ts';

interface Standing<Kind extends StepRow['kind']> {
  /** Its number in the store. */
  step: number;
  row: Extract<StepRow, { kind: Kind }>;
  trigger: CompiledTrigger;
}

/** The steps of a kind at which somebody stands and is due, with their definitions. */
export async function standing<Kind extends StepRow['kind']>(tick: Tick, kind: Kind): Promise<Standing<Kind>[]> {
  const { db, now, versions } = tick;
  const at = await db.query<{ step: number; campaign: string; version: string; id: string }>(sql`
    SELECT DISTINCT s.step, s.campaign, s.version, s.id FROM enrolment e JOIN step s ON s.step = e.step
    WHERE e.status = 'active' AND e.due_at <= ${now}::bigint AND s.kind = ${kind} ORDER BY s.step`);
  return at.map(({ step, campaign, version, id }) => {
    const found = versions.find(({ definition }) => definition.name === campaign && definition.hash === version);
    const row = found?.definition.steps.find((one) => one.id === id);
    if (!found || row?.kind !== kind) throw new Error(`step ${campaign}/${id} is not of its version`);
    return { step, row: row as Standing<Kind>['row'], trigger: found.definition.trigger };
  });
}

/** Those who stand at a step: enrolments `e`, customers `c`, and where an event started the campaign, that event as `t`. */
export function atStep(step: number, trigger: CompiledTrigger, now: number): { from: Sql; where: Sql } {
  const event = triggerEvent(trigger);
  const own = event === undefined ? empty : sql`JOIN ${name(eventTable(event))} t ON t.seq = e.event_seq`;
  return {
    from: sql`enrolment e ${own} JOIN customer c ON c.customer = e.customer`,
    where: sql`e.step = ${step}::integer AND e.status = 'active' AND e.due_at <= ${now}::bigint`,
  };
}
