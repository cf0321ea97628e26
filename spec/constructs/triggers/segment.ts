import type * as written from '../../document/document.generated.ts';
import { clause } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import { t } from '../../words/t.ts';
import { checkSegment } from '../context.ts';
import { type TriggerKind, type TriggerOf, triggerForm } from './trigger.ts';

export const segment: TriggerKind<TriggerOf<'segment'>, { by: 'segment'; segment: string }> = {
  form: triggerForm('enters', 'name', clause('existing', 'flag')),
  build(on: Loose<written.OnSegment>, place, context) {
    checkSegment(context, on.enters, place.at('enters'));
    if (on.enters === undefined) return { event: 'none' };
    return { trigger: { kind: 'segment', segment: on.enters, existing: on.existing ?? false }, event: 'none' };
  },
  write: (on) => ({ enters: on.segment, ...(on.existing && { existing: true }) }),
  lines: (on) => [t`on entering ${on.segment}`, ...(on.existing ? [t`members of today too`] : [])],
  entry: (on) => ({ by: 'segment', segment: on.segment }),
  cause: (entry) => t`came into segment ${entry.segment}`,
  mayEnter: (customers, on) =>
    on.existing
      ? t`${customers} in segment ${on.segment} may enter: with the first tick of the campaign, and after it when they come into the segment again`
      : t`${customers} in segment ${on.segment} may enter when they come into the segment again`,
  idle: (on) =>
    on.existing
      ? t`no customer whom it may take in is in segment ${on.segment}, or newly in it`
      : t`only customers who are newly in the segment count: ${on.segment}`,
  segment: (on) => on.segment,
};
