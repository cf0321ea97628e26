import type * as written from '../document/document.generated.ts';
import type { Loose } from '../document/loose.ts';
import type { Place } from '../document/place.ts';
import { printExpression } from '../expression/print.ts';
import type { EventMatch } from '../model/campaign.ts';
import { t } from '../words/t.ts';
import { type Context, type EventScope, eventAt, expressionAt } from './context.ts';

type Match = Loose<{ event: string; when?: string | undefined }>;

/** Reads an event and a condition on it. `key`: of the event; undefined: it is the value at `place` itself. */
export function matchAt(
  { event: name, when }: Match,
  place: Place,
  context: Context,
  key: string | undefined = 'event',
): { match?: EventMatch; event: EventScope } {
  const event = eventAt(context, name, key === undefined ? place : place.at(key));
  const condition = expressionAt(context, when, place.at('when'), event);
  return name === undefined ? { event } : { match: { event: name, ...(condition && { when: condition }) }, event };
}

export function writtenMatch({ event, when }: EventMatch): written.EventMatch {
  return { event, ...(when && { when: printExpression(when) }) };
}

/** `when event.total > 5`, for people. */
export function whenLines({ when }: EventMatch): string[] {
  return when ? [t`when ${printExpression(when)}`] : [];
}
