import type * as written from '../../document/document.generated.ts';
import { clause } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import { t } from '../../words/t.ts';
import { matchAt, whenLines, writtenMatch } from '../event-match.ts';
import { type TriggerKind, type TriggerOf, triggerForm } from './trigger.ts';

/** `title`: of the event; `id`: of its row. */
type Cause = { by: 'event'; event: string; title?: string; id: string };

export const event: TriggerKind<TriggerOf<'event'>, Cause, { kind: 'event'; event: string; when?: unknown }> = {
  form: triggerForm('event', 'name', clause('when', 'expression'), clause('restart', 'flag')),
  build(on: Loose<written.OnEvent>, place, context) {
    const { match, event } = matchAt(on, place, context);
    return { trigger: match && { kind: 'event', ...match, ...(on.restart && { restart: true }) }, event };
  },
  write: (on) => ({ ...writtenMatch(on), ...(on.restart && { restart: true }) }),
  lines: (on) => [t`on ${on.event}`, ...whenLines(on), ...(on.restart ? [t`each begins anew`] : [])],
  entry: ({ event }, id, title) => ({ by: 'event', event, id, ...(title !== undefined && { title }) }),
  cause: (entry) => entry.title ?? entry.event,
  mayEnter: (customers, on) =>
    on.when
      ? t`${customers} may enter when ${on.event} happens to them as the campaign asks for`
      : t`${customers} may enter when ${on.event} happens to them`,
  idle: (on) => t`only new events count, and none in the forecast brings anybody in: ${on.event}`,
  match: (on) => on,
};
