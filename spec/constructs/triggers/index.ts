import type * as written from '../../document/document.generated.ts';
import type { Choice } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import type { Reentry, Trigger } from '../../model/campaign.ts';
import type { Context } from '../context.ts';
import { absence } from './absence.ts';
import { date } from './date.ts';
import { event } from './event.ts';
import { leaving } from './leaving.ts';
import { manual } from './manual.ts';
import { schedule } from './schedule.ts';
import { segment } from './segment.ts';
import type { BuiltTrigger, KindOfTrigger, TriggerKind, TriggerOf } from './trigger.ts';

/** Every kind of trigger, in the order of the DSL's grammar. */
const triggers = { event, segment, leaving, date, absence, schedule, manual } satisfies {
  [Kind in KindOfTrigger]: TriggerKind<TriggerOf<Kind>, { by: Kind }, { kind: Kind }>;
};

/** The facts of an entry by a trigger of any kind. */
export type Cause = { [Kind in KindOfTrigger]: Parameters<(typeof triggers)[Kind]['cause']>[0] }[KindOfTrigger];

/** The facts of a trigger that the engine keeps as well. */
export type Watched = { [Kind in KindOfTrigger]: Parameters<(typeof triggers)[Kind]['mayEnter']>[1] }[KindOfTrigger];

type AnyKind = TriggerKind<Trigger, Cause, Watched>;

export function triggerKind({ kind }: Pick<Trigger, 'kind'>): AnyKind {
  return triggers[kind];
}

/** The triggers of a campaign in the DSL. */
export const triggersForm: Choice = {
  kind: 'choice',
  name: 'trigger',
  title: 'a trigger',
  of: () => Object.values(triggers).map(({ form }) => form),
};

export function buildTrigger(on: Loose<written.Trigger> | undefined, place: Place, context: Context): BuiltTrigger {
  const kinds: AnyKind[] = Object.values(triggers);
  const kind = on && kinds.find(({ form }) => form.word in on);
  return kind ? kind.build(on, place, context) : { event: on ? 'none' : 'unknown' };
}

/** Returns the re-entry that a campaign has by default. */
export function usualReentry(on: Trigger): Reentry {
  return { kind: triggerKind(on).again?.(on) ? 'always' : 'never' };
}
