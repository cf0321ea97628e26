import { slot } from '../../document/forms.ts';
import type { Place } from '../../document/place.ts';
import type { Listing } from '../../model/campaign.ts';
import { t } from '../../words/t.ts';
import { type Context, checkSegment } from '../context.ts';
import { id, stepForm } from './form.ts';
import type { Walk } from './steps.ts';

export const addForm = () => stepForm('add_to', () => [slot('add_to', 'name'), id]);
export const removeForm = () => stepForm('remove_from', () => [slot('remove_from', 'name'), id]);

/** Into a list, or out of it. */
export function buildListing(
  kind: Listing['kind'],
  segment: string | undefined,
  place: Place,
  { context }: Walk,
  id: string,
): Listing | undefined {
  checkList(context, segment, place, t`Name a segment that is a list: with \`static\` in place of \`where\`.`);
  return segment === undefined ? undefined : { kind, id, segment };
}

/** Reports a name that no segment has, or one that is no list. `help`: what to do where it is a condition. */
export function checkList(context: Context, segment: string | undefined, place: Place, help: string): void {
  checkSegment(context, segment, place);
  if (segment === undefined || !context.segments.includes(segment)) return;
  if (context.lists.has(segment) || context.doubt.about(segment)) return;
  const message = t`\`${segment}\` is a condition: whoever meets it is in the segment, and nobody else`;
  context.report.error('CRM4033', place.value, message, help);
}
