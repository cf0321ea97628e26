import type * as written from '../../document/document.generated.ts';
import { clause, form, slot } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { AbsenceTrigger } from '../../model/campaign.ts';
import { printDuration } from '../../words/durations.ts';
import { duration } from '../../words/many.ts';
import { positiveDuration } from '../../words/readings.ts';
import { t } from '../../words/t.ts';
import { matchAt, whenLines, writtenMatch } from '../event-match.ts';
import { type TriggerKind, triggerForm } from './trigger.ts';

const since = form(
  'since',
  'an event to count from',
  () => [slot('event', 'name'), clause('when', 'expression')],
  'event',
);

/** `event`: the one that is missing. */
type Cause = { by: 'absence'; event: string; ms: number };

export const absence: TriggerKind<AbsenceTrigger, Cause, { kind: 'absence'; event: string; ms: number }> = {
  form: triggerForm('absence', 'name', clause('when', 'expression'), clause('for', 'phrase'), clause('after', since)),
  build(on: Loose<written.OnAbsence>, place, context) {
    const absent = matchAt({ event: on.absence, when: on.when }, place, context, 'absence');
    const after = typeof on.after === 'string' ? { event: on.after } : on.after;
    const at = place.at('after');
    // An event by itself has the place of the whole.
    const since = after && matchAt(after, at, context, typeof on.after === 'string' ? undefined : 'event');
    const ms = positiveDuration(on.for ?? '');
    const { event } = since ?? absent;
    if (!absent.match || ms === undefined || ('after' in on && !since?.match)) return { event };
    return {
      trigger: { kind: 'absence', absent: absent.match, ...(since?.match && { after: since.match }), ms },
      event,
    };
  },
  write({ absent, after, ms }) {
    const { event, when } = writtenMatch(absent);
    return {
      absence: event,
      ...(when !== undefined && { when }),
      for: printDuration(ms),
      ...(after && { after: after.when ? writtenMatch(after) : after.event }),
    };
  },
  lines: ({ absent, after, ms }) => [
    t`${duration(ms)} without ${absent.event}`,
    ...whenLines(absent),
    ...(after ? [t`after ${after.event}`, ...whenLines(after)] : []),
  ],
  entry: ({ event, ms }) => ({ by: 'absence', event, ms }),
  cause: (entry) => t`no ${entry.event} for ${duration(entry.ms)}`,
  mayEnter: (customers, on) => t`${customers} may enter when ${on.event} has not come for ${duration(on.ms)}`,
  idle: (on) => t`the time without the event ends for no customer whom it may take in: ${on.absent.event}`,
  match: (on) => on.after ?? on.absent,
};
