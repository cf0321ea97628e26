import type * as written from '../../document/document.generated.ts';
import { form, type Part, type Step, slot, type Value } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import type { EventMatch, Trigger } from '../../model/campaign.ts';
import type { Context, EventScope } from '../context.ts';

export type KindOfTrigger = Trigger['kind'];
export type TriggerOf<Kind extends KindOfTrigger> = Extract<Trigger, { kind: Kind }>;

/** A trigger, and the event that its journeys refer to; the trigger is absent where it is wrong and reported. */
export interface BuiltTrigger<T extends Trigger = Trigger> {
  trigger?: T | undefined;
  event: EventScope;
}

/**
 * A kind of trigger in the language. `Cause`: the facts of an entry by it that an explanation shows. `Watched`: the facts of the
 * trigger that the engine keeps as well.
 */
export interface TriggerKind<T extends Trigger, Cause, Watched = T> {
  /** Its statement in the DSL; the word is its first key in files. */
  form: Step;
  build(on: Loose<written.Trigger>, place: Place, context: Context): BuiltTrigger<T>;
  write(on: T): written.Trigger;
  /** Describes it in lines for people. */
  lines(on: T): string[];
  /** Returns the facts of an entry. `title`: of the event that the trigger watches. */
  entry(on: Watched, occurrence: string, title?: string): Cause;
  /** Returns the reason for which an enrolment began, in words. */
  cause(entry: Cause): string;
  /** Returns the sentence on how customers enter; `customers`: `12 customers`. */
  mayEnter(customers: string, on: Watched): string;
  /** Returns the reason for which a forecast has no entries, in words. */
  idle(on: T): string;
  /** True if the cause names its time itself. */
  causeHasTime?: true;
  /** The event that begins journeys, and to which they refer. */
  match?(on: T): EventMatch;
  /** The segment that it watches. */
  segment?(on: T): string;
  /** The attribute that everybody has who enters. */
  attribute?(on: T): string;
  /** The minute of the day that the customer's clock shows at the start; undefined: any. */
  clock?(on: T): number | undefined;
  /** True if a customer may enter again where the campaign has no rule of re-entry. */
  again?(on: T): boolean;
}

/** A trigger in the DSL, begun by its word. */
export const triggerForm = (word: string, value: Value, ...more: Part[]): Step => ({
  word,
  form: form(`${word}_trigger`, 'a trigger', () => [slot(word, value), ...more]),
});
