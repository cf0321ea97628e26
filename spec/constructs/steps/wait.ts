import type * as written from '../../document/document.generated.ts';
import { clause, form, optional, slot } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import type { Step } from '../../model/campaign.ts';
import { positiveDuration, readClockTime } from '../../words/readings.ts';
import { t } from '../../words/t.ts';
import { matchAt } from '../event-match.ts';
import { id, type StepLists, stepForm } from './form.ts';
import { buildList, type Walk } from './steps.ts';

const awaited = form('awaited', 'a wait', () => [
  clause('until', 'phrase'),
  clause('event', 'name'),
  clause('when', 'expression'),
  clause('within', 'phrase'),
]);

export const waitForm = ({ steps, otherwise }: StepLists) =>
  stepForm('wait', () => [
    { ...slot('wait', 'phrase'), or: awaited },
    id,
    optional('then', steps),
    clause('else', otherwise),
  ]);

/** Time passes: a duration, until a time of day, or until an event comes. */
export function buildWait(step: Loose<written.WaitStep>, place: Place, walk: Walk, id: string): Step | undefined {
  const { wait } = step;
  if (typeof wait === 'object' && 'event' in wait) return buildAwait(wait, step, place, walk, id);
  for (const key of ['then', 'else']) {
    if (!(key in step) || wait === undefined) continue;
    const help = t`Only \`wait: { event: …, within: … }\` can end in two ways: put the steps behind the wait.`;
    walk.context.report.error('CRM4013', place.at(key).key, t`\`${key}\` has no effect beside this wait`, help);
  }
  if (typeof wait === 'object') {
    const time = 'until' in wait && wait.until !== undefined ? readClockTime(wait.until) : undefined;
    return !time || 'problem' in time ? undefined : { kind: 'until', id, ...time };
  }
  const ms = positiveDuration(wait ?? '');
  return ms === undefined ? undefined : { kind: 'wait', id, ms };
}

function buildAwait(
  wait: Loose<written.WaitEvent>,
  step: Loose<written.WaitStep>,
  place: Place,
  walk: Walk,
  id: string,
): Step | undefined {
  const { match } = matchAt(wait, place.at('wait'), walk.context);
  const within = positiveDuration(wait.within ?? '');
  const then = buildList(step.then ?? [], place.at('then'), walk, `${id}.then.`);
  const otherwise = buildList(step.else ?? [], place.at('else'), walk, `${id}.else.`);
  return match && within !== undefined ? { kind: 'await', id, ...match, within, then, else: otherwise } : undefined;
}
