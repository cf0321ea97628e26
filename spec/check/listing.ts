import type { Listing } from '../model/campaign.ts';
import type { Place } from '../source/place.ts';
import { checkSegment } from './context.ts';
import type { Walk } from './steps.ts';

/** Into a list, or out of it. */
export function buildListing(
  kind: Listing['kind'],
  segment: string | undefined,
  place: Place,
  { context }: Walk,
  id: string,
): Listing | undefined {
  checkSegment(context, segment, place);
  if (segment === undefined) return undefined;
  if (context.segments.includes(segment) && !context.lists.has(segment) && !context.doubt.about(segment)) {
    const message = `\`${segment}\` is a condition: whoever meets it is in the segment, and nobody else`;
    const help = 'Name a segment that is a list: with `static` in place of `where`.';
    context.report.error('CRM4033', place.value, message, help);
  }
  return { kind, id, segment };
}
