import type { Category, Step } from '../model/campaign.ts';
import type * as written from '../source/document.generated.ts';
import type { Loose } from '../source/loose.ts';
import type { Place } from '../source/place.ts';
import { positiveDuration, readTimeOfDay } from '../source/readings.ts';
import { buildStages } from './cascade.ts';
import { type Context, type EventScope, expressionAt } from './context.ts';
import { StepIds } from './ids.ts';
import { checkMessage } from './message.ts';
import { buildArms } from './split.ts';

/** What all steps of a campaign share. */
export interface Journey {
  context: Context;
  campaign: string;
  category: Category;
  event: EventScope;
}

export interface Walk extends Journey {
  ids: StepIds;
}

type Written = Loose<written.Step>;

export function buildSteps(steps: (Written | undefined)[], place: Place, journey: Journey): Step[] {
  return buildList(steps, place, { ...journey, ids: new StepIds(journey.context.report) }, '');
}

/** `prefix`: of derived ids, with its point. Ids given in the list are claimed first, so that a clash is theirs. */
export function buildList(steps: (Written | undefined)[], place: Place, walk: Walk, prefix: string): Step[] {
  const built: Step[] = [];
  let ended = false;
  steps.forEach((step, index) => {
    const at = place.at(index);
    if (ended) {
      const help = 'The step before it ends the journey on every way: remove one of the two.';
      walk.context.report.error('CRM4012', at.key, 'This step can never be reached', help);
      ended = false;
    }
    const result = step && buildStep(step, at, walk, `${prefix}`, index + 1);
    if (!result) return;
    walk.context.origins[`campaign.${walk.campaign}.${result.id}`] = at.key;
    built.push(result);
    if (ends(result) && index < steps.length - 1) ended = true;
  });
  return built;
}

/** Whether nobody goes on after the step. */
function ends(step: Step): boolean {
  const last = (steps: Step[]) => steps.some(ends);
  if (step.kind === 'exit') return true;
  if (step.kind === 'if') return last(step.then) && last(step.else);
  if (step.kind === 'split') return step.arms.length > 0 && step.arms.every((arm) => arm.control || last(arm.steps));
  return false;
}

function buildStep(step: Written, place: Place, walk: Walk, prefix: string, position: number): Step | undefined {
  const id = (kind: string): string => stepId(step, kind, place, walk, `${prefix}${kind}-${position}`);
  if ('wait' in step) return buildWait(step.wait, id('wait'));
  if ('send' in step) {
    const own = id('send');
    const [channel, template] = Object.entries(step.send ?? {})[0] ?? [];
    if (channel === undefined) return undefined;
    checkMessage(channel, template, place.at('send', channel), walk);
    return template === undefined ? undefined : { kind: 'send', id: own, channel, template };
  }
  if ('cascade' in step) {
    const own = id('cascade');
    return { kind: 'cascade', id: own, stages: buildStages(step.cascade ?? [], place.at('cascade'), walk, own) };
  }
  if ('split' in step) {
    const own = id('split');
    return { kind: 'split', id: own, arms: buildArms(step.split?.arms ?? {}, place.at('split', 'arms'), walk, own) };
  }
  if ('if' in step) {
    const own = id('if');
    const condition = expressionAt(walk.context, step.if, place.at('if'), walk.event);
    const then = buildList(step.then ?? [], place.at('then'), walk, `${own}.then.`);
    const otherwise = buildList(step.else ?? [], place.at('else'), walk, `${own}.else.`);
    return condition && { kind: 'if', id: own, condition, then, else: otherwise };
  }
  if ('exit' in step) return { kind: 'exit', id: id('exit'), reason: step.exit || 'exit' };
  return undefined;
}

function stepId(step: Written, kind: string, place: Place, walk: Walk, derived: string): string {
  const inner = 'split' in step ? step.split?.id : undefined;
  if (step.id !== undefined && inner !== undefined) {
    const message = `The ${kind} step has two ids`;
    walk.context.report.error('CRM4013', place.at('split', 'id').value, message, 'Keep one of the two.');
  }
  if (step.id !== undefined) return walk.ids.given(step.id, place.at('id'));
  if (inner !== undefined) return walk.ids.given(inner, place.at('split', 'id'));
  return walk.ids.derived(derived, place);
}

function buildWait(wait: Loose<written.Wait> | undefined, id: string): Step | undefined {
  if (typeof wait === 'object') {
    const minuteOfDay = readTimeOfDay(wait.until ?? '');
    return minuteOfDay === undefined ? undefined : { kind: 'until', id, minuteOfDay };
  }
  const ms = positiveDuration(wait ?? '');
  return ms === undefined ? undefined : { kind: 'wait', id, ms };
}
