import type * as written from '../../document/document.generated.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import type { Category, Step } from '../../model/campaign.ts';
import type { Carried } from '../../model/channel-kinds.ts';
import { t } from '../../words/t.ts';
import { type Context, type EventScope, expressionAt } from '../context.ts';
import { buildCascade } from './cascade.ts';
import type { StepIds } from './ids.ts';
import { buildListing } from './listing.ts';
import { checkMessage } from './message.ts';
import { buildSet } from './set.ts';
import { buildSplit } from './split.ts';
import { buildWait } from './wait.ts';
import { buildWebhook } from './webhook.ts';

/** The facts that all steps of a campaign share. */
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

/** `prefix`: of derived ids, with its point. Ids given in the list are claimed first, so that a clash is theirs. */
export function buildList(steps: (Written | undefined)[], place: Place, walk: Walk, prefix: string): Step[] {
  const built: Step[] = [];
  let ended = false;
  steps.forEach((step, index) => {
    const at = place.at(index);
    if (ended) {
      const help = t`The step before it ends the journey on every way: remove one of the two.`;
      walk.context.report.error('CRM4012', at.key, t`This step can never be reached`, help);
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

/** Returns true if nobody goes on after the step. */
function ends(step: Step): boolean {
  const last = (steps: Step[]) => steps.some(ends);
  if (step.kind === 'exit') return true;
  if (step.kind === 'if' || step.kind === 'await') return last(step.then) && last(step.else);
  if (step.kind === 'split') return step.arms.length > 0 && step.arms.every((arm) => arm.control || last(arm.steps));
  return false;
}

function buildStep(step: Written, place: Place, walk: Walk, prefix: string, position: number): Step | undefined {
  const id = (kind: string): string => stepId(step, kind, place, walk, `${prefix}${kind}-${position}`);
  if ('wait' in step) return buildWait(step, place, walk, id('wait'));
  if ('send' in step) {
    const sent = messageOf(step.send, place.at('send'), walk, 'message');
    const own = id('send');
    return sent && { kind: 'send', id: own, ...sent };
  }
  if ('task' in step) {
    const given = messageOf(step.task, place.at('task'), walk, 'task');
    const own = id('task');
    return given && { kind: 'task', id: own, ...given };
  }
  if ('cascade' in step) return buildCascade(step.cascade, place.at('cascade'), walk, id('cascade'));
  if ('split' in step) return buildSplit(step.split, place.at('split'), walk, id('split'));
  if ('if' in step) {
    const own = id('if');
    const condition = expressionAt(walk.context, step.if, place.at('if'), walk.event);
    const then = buildList(step.then ?? [], place.at('then'), walk, `${own}.then.`);
    const otherwise = buildList(step.else ?? [], place.at('else'), walk, `${own}.else.`);
    return condition && { kind: 'if', id: own, condition, then, else: otherwise };
  }
  if ('set' in step) return buildSet(step.set, place.at('set'), walk, id('set'));
  if ('add_to' in step) return buildListing('add', step.add_to, place.at('add_to'), walk, id('add'));
  if ('remove_from' in step) {
    return buildListing('remove', step.remove_from, place.at('remove_from'), walk, id('remove'));
  }
  if ('webhook' in step) return buildWebhook(step.webhook, place.at('webhook'), walk, id('webhook'));
  if ('exit' in step) return { kind: 'exit', id: id('exit'), reason: step.exit || 'exit' };
  return undefined;
}

function messageOf(message: Loose<written.Message> | undefined, place: Place, walk: Walk, carried: Carried) {
  const [channel, template] = Object.entries(message ?? {})[0] ?? [];
  if (channel === undefined) return undefined;
  checkMessage(channel, template, place.at(channel), walk, { carried });
  return template === undefined ? undefined : { channel, template };
}

function stepId(step: Written, kind: string, place: Place, walk: Walk, derived: string): string {
  const inner = 'split' in step ? step.split?.id : undefined;
  if (step.id !== undefined && inner !== undefined) {
    const message = t`The ${kind} step has two ids`;
    walk.context.report.error('CRM4013', place.at('split', 'id').value, message, t`Keep one of the two.`);
  }
  if (step.id !== undefined) return walk.ids.given(step.id, place.at('id'));
  if (inner !== undefined) return walk.ids.given(inner, place.at('split', 'id'));
  return walk.ids.derived(derived, place);
}
