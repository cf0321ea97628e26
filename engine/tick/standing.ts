import sql, { empty, join, type Sql } from 'sql-template-tag';
import { type CompiledTrigger, type StepRow, triggerEvent } from '../program/program.ts';
import { ident } from '../store/dialect.ts';
import { eventTable } from '../store/tables.ts';
import { isDue } from './moves.ts';
import type { StepFacts, Tick } from './tick.ts';

interface Standing<Kind extends StepRow['kind']> {
  /** Its number in the store. */
  step: number;
  row: Extract<StepRow, { kind: Kind }>;
  trigger: CompiledTrigger;
}

/** Steps at which somebody is due, by their number in the store. */
export type Due = ReadonlyMap<number, StepFacts>;

/** The steps of a kind with their definitions, by the name of the campaign, then in the order of the file. */
export function standing<Kind extends StepRow['kind']>({ versions }: Tick, due: Due, kind: Kind): Standing<Kind>[] {
  const mine = [...due]
    .filter(([, facts]) => facts.kind === kind)
    .sort(([a, one], [b, other]) => (one.campaign === other.campaign ? a - b : one.campaign < other.campaign ? -1 : 1));
  return mine.map(([step, { campaign, version, id }]) => {
    const found = versions.find(({ definition }) => definition.name === campaign && definition.hash === version);
    const row = found?.definition.steps.find((one) => one.id === id);
    if (!found || row?.kind !== kind) throw new Error(`step ${campaign}/${id} is not of its version`);
    return { step, row: row as Standing<Kind>['row'], trigger: found.definition.trigger };
  });
}

/** The condition that the step `s` is one of these. A customer who has come to another one in the same round is not meant. */
export function isOneOf(steps: Iterable<number>): Sql {
  return sql`s.step IN (${join([...steps].map((step) => sql`${step}::integer`))})`;
}

/** The enrolments that are at a step: `e`, customers `c`, and where an event started the campaign, that event as `t`. */
export function atStep(step: number, trigger: CompiledTrigger, tick: Tick): { from: Sql; where: Sql } {
  const event = triggerEvent(trigger);
  const own = event === undefined ? empty : sql`JOIN ${ident(eventTable(event))} t ON t.seq = e.event_seq`;
  return {
    from: sql`enrolment e ${own} JOIN customer c ON c.customer = e.customer`,
    where: sql`e.step = ${step}::integer AND ${isDue(tick)}`,
  };
}
