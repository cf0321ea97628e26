import { type CompiledCampaign, type StepRow, triggerEvent } from '../program/program.ts';
import { mapSteps } from './map-steps.ts';

/** The destination of the customers at a step of an earlier version when another version is applied. */
export interface Passage {
  /** The id of their step in the new version; null: their journeys end. */
  to: string | null;
  /** True: they arrive there at once, as if they came from the step before; otherwise they stand there as they stood. */
  anew: boolean;
  /** The time by which the end of their waiting moves, milliseconds. */
  shift: number;
  /** The time for which they wait for an event, milliseconds, where the new version has another one: by it is known since when. */
  waits?: number;
}

/** A step whose customers the new version cannot take over, so that the apply is refused. */
export type Stuck = { stuck: 'gone' | 'other-kind' | 'other-event' };

/**
 * Returns for each step of an earlier version where its customers go by the rule of the new one; undefined where they finish on theirs. A new
 * version whose steps ask about another kind of event than the one that brought them in cannot take them over. Pure.
 */
export function passagesOf(
  campaign: CompiledCampaign,
  old: CompiledCampaign,
): ReadonlyMap<string, Passage | Stuck> | undefined {
  const { inFlight } = campaign;
  if (!inFlight) return undefined;
  const event = triggerEvent(campaign.trigger);
  const isTold = event === undefined || event === triggerEvent(old.trigger);
  const mapped = mapSteps(campaign, old);
  const passage = (step: StepRow): Passage | Stuck => {
    if (inFlight === 'exit') return end;
    if (!isTold) return inFlight === 'follow' ? end : { stuck: 'other-event' };
    const found = mapped.get(step.id);
    if (found && 'to' in found) return moved(step, found.to, inFlight === 'migrate recompute');
    if (inFlight !== 'follow') return { stuck: found?.lost ?? 'gone' };
    return found?.lost === 'other-kind' ? arrival(campaign, step.id) : nearest(step, old, mapped);
  };
  return new Map(old.steps.map((step) => [step.id, passage(step)]));
}

const end: Passage = { to: null, anew: false, shift: 0 };

function moved(step: StepRow, to: StepRow, recompute: boolean): Passage {
  const [before, after] = [timeOf(step), timeOf(to)];
  const otherClock = step.kind === 'until' && to.kind === 'until' && !sameClock(step, to);
  return {
    to: to.id,
    anew: recompute && otherClock,
    shift: recompute ? after - before : 0,
    ...(!recompute && step.kind === 'await' && before !== after && { waits: before }),
  };
}

type Until = Extract<StepRow, { kind: 'until' }>;

function sameClock(one: Until, other: Until): boolean {
  return one.minuteOfDay === other.minuteOfDay && one.weekdays === other.weekdays;
}

/** The time for which customers wait at a step, milliseconds; 0 where the clock decides. */
function timeOf(step: StepRow): number {
  if (step.kind === 'wait') return step.ms;
  return 'within' in step ? (step.within ?? 0) : 0;
}

/** A step of the new version has the id, but is of another kind; `moved` may name it. */
function arrival({ moved = {} }: CompiledCampaign, id: string): Passage {
  const to = Object.keys(moved).find((now) => moved[now] === id) ?? id;
  return { to, anew: true, shift: 0 };
}

/** Goes the way that customers take for whom nothing happens, up to a step that the new version has too. */
function nearest(step: StepRow, old: CompiledCampaign, mapped: ReturnType<typeof mapSteps>): Passage {
  const steps = new Map(old.steps.map((one) => [one.id, one]));
  let next = onwards(step);
  while (next !== null) {
    const found = mapped.get(next);
    if (found && 'to' in found) return { to: found.to.id, anew: true, shift: 0 };
    const row = steps.get(next);
    next = row ? onwards(row) : null;
  }
  return end;
}

/** A split leads nowhere without a draw, and ends here. */
function onwards(step: StepRow): string | null {
  if ('otherwise' in step) return step.otherwise;
  return 'next' in step ? step.next : null;
}
