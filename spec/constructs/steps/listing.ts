import type * as written from '../../document/document.generated.ts';
import { slot } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import type { Listing } from '../../model/campaign.ts';
import { t } from '../../words/t.ts';
import { type Context, checkSegment } from '../context.ts';
import { id, type StepKind, type StepOf, stepForm, type Walk } from './step.ts';

/** `add_to: vip`: into a list. */
export const add: StepKind<StepOf<'add'>> = {
  word: 'add_to',
  form: () => stepForm('add_to', () => [slot('add_to', 'name'), id]),
  build: (step: Loose<written.AddStep>, place, walk, id) => listing('add', step.add_to, place.at('add_to'), walk, id),
  write: (step, id) => ({ ...id, add_to: step.segment }),
  picture: (step) => ({ shape: 'change', title: t`add to ${step.segment}` }),
  segment: (step) => step.segment,
};

/** `remove_from: vip`: out of a list. */
export const remove: StepKind<StepOf<'remove'>> = {
  word: 'remove_from',
  form: () => stepForm('remove_from', () => [slot('remove_from', 'name'), id]),
  build: (step: Loose<written.RemoveStep>, place, walk, id) =>
    listing('remove', step.remove_from, place.at('remove_from'), walk, id),
  write: (step, id) => ({ ...id, remove_from: step.segment }),
  picture: (step) => ({ shape: 'change', title: t`remove from ${step.segment}` }),
  segment: (step) => step.segment,
};

function listing<Kind extends Listing['kind']>(
  kind: Kind,
  segment: string | undefined,
  place: Place,
  { context }: Walk,
  id: string,
): StepOf<Kind> | undefined {
  checkList(context, segment, place, t`Name a segment that is a list: with \`static\` in place of \`where\`.`);
  return segment === undefined ? undefined : { kind, id, segment };
}

/** Reports a name that no segment has, or one that is no list. `help`: what to do where it is a condition. */
export function checkList(context: Context, segment: string | undefined, place: Place, help: string): void {
  checkSegment(context, segment, place);
  if (segment === undefined || !context.segments.includes(segment)) return;
  if (context.lists.has(segment) || context.doubt.about(segment)) return;
  const message = t`\`${segment}\` has a condition: the customers who meet it are its members, and no others`;
  context.report.error('CRM4033', place.value, message, help);
}
