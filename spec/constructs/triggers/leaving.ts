import type * as written from '../../document/document.generated.ts';
import type { Loose } from '../../document/loose.ts';
import { t } from '../../words/t.ts';
import { checkSegment } from '../context.ts';
import { type TriggerKind, type TriggerOf, triggerForm } from './trigger.ts';

export const leaving: TriggerKind<TriggerOf<'leaving'>, { by: 'leaving'; segment: string }> = {
  form: triggerForm('leaves', 'name'),
  build(on: Loose<written.OnLeaving>, place, context) {
    checkSegment(context, on.leaves, place.at('leaves'));
    return { trigger: on.leaves === undefined ? undefined : { kind: 'leaving', segment: on.leaves }, event: 'none' };
  },
  write: (on) => ({ leaves: on.segment }),
  lines: (on) => [t`on leaving ${on.segment}`],
  entry: (on) => ({ by: 'leaving', segment: on.segment }),
  cause: (entry) => t`left segment ${entry.segment}`,
  mayEnter: (customers, on) => t`${customers} may enter when they leave segment ${on.segment}: they are in it now`,
  idle: (on) => t`no customer whom it may take in leaves segment ${on.segment}`,
  segment: (on) => on.segment,
};
