import type { Expression } from './expression.ts';

/**
 * What an apply does with the customers inside earlier versions: moves them to the same step of the new one (`migrate`, with `recompute` by
 * its times), moves them as far as that goes (`follow`), or ends their journeys (`exit`).
 */
export type InFlightRule = 'migrate' | 'migrate recompute' | 'follow' | 'exit';

/** A stage of a rollout: only so many of those who would enter do, or of the rollout of a change: enter the new version. */
export interface RolloutStage {
  /** The share of the customers, in hundredths of a percent. */
  share: number;
  /** The duration of the stage, milliseconds; absent: until it is promoted, and the last one for good. */
  lasts?: number;
}

/** The feedback that guardrails count, in the order of files and reports. */
export const guardedFeedback = ['unsubscribed', 'complained', 'bounced'] as const;
export type GuardedFeedback = (typeof guardedFeedback)[number];

/** The shares above which a tick pauses the campaign. */
export interface Guardrails {
  /** Shares of the messages that have left, in hundredths of a percent. */
  limits: Partial<Record<GuardedFeedback, number>>;
  /** The number of messages below which guardrails are not judged. */
  minMessages: number;
  /** The time before a tick in which messages count, milliseconds. */
  within: number;
}

export type Category = 'marketing' | 'transactional';

/** Durations everywhere in the model are milliseconds. */
export type Trigger =
  /** `restart`: for a customer who is inside, the newest such event restarts the journey. */
  | { kind: 'event'; event: string; when?: Expression; restart?: true }
  /** `existing`: also those who are members when the campaign is first applied. */
  | { kind: 'segment'; segment: string; existing: boolean }
  | { kind: 'leaving'; segment: string }
  | DateTrigger
  | AbsenceTrigger
  /** `cron`: five fields, resolved in the project's or in each customer's own time zone. */
  | { kind: 'schedule'; cron: string; zone: 'project' | 'customer' }
  /** Nobody enters until `crm launch`; then the whole audience does. */
  | { kind: 'manual' };

/** Enters customers at `minuteOfDay` on their clocks, `days` after (negative: before) a date that is an attribute. */
export interface DateTrigger {
  kind: 'date';
  attribute: string;
  days: number;
  minuteOfDay: number;
  /** Every year on the day; absent: once, in its own year. */
  yearly?: {
    /** The day on which 29 February is kept in years that have none. */
    leapDay: 'february 28' | 'march 1';
  };
}

/** Enters customers `ms` after the latest `after` (by default: the latest `absent`) without any `absent` since. */
export interface AbsenceTrigger {
  kind: 'absence';
  absent: EventMatch;
  after?: EventMatch;
  ms: number;
}

export interface EventMatch {
  event: string;
  when?: Expression;
}

export interface Goal extends EventMatch {
  /** The time in which the goal counts, from the entry, milliseconds. */
  within: number;
  /** Numeric expression over the goal's event (`event.total`): what a conversion is worth. */
  value?: Expression;
}

export type Reentry = { kind: 'never' } | { kind: 'always' } | { kind: 'after'; ms: number };

export type Step =
  | Wait
  | WaitUntil
  | Await
  | Send
  | Cascade
  | Split
  | If
  | SetAttributes
  | Listing
  | Webhook
  | Task
  | Exit;

export interface Wait {
  kind: 'wait';
  id: string;
  ms: number;
}

/** Waits until the next time `minuteOfDay` (0 to 1439) in the customer's zone; not at all if it is that minute now. */
export interface WaitUntil {
  kind: 'until';
  id: string;
  minuteOfDay: number;
  /** The days of the week: 1 (Monday) to 7, ascending, each once; absent: any day. */
  weekdays?: number[];
}

/** Waits until the event happens after the customer has reached the step (`then`), or `within` is over (`else`). */
export interface Await extends EventMatch {
  kind: 'await';
  id: string;
  within: number;
  then: Step[];
  else: Step[];
}

export interface Send extends Drawn {
  kind: 'send';
  id: string;
  channel: string;
  template: string;
  /** The variants of the template of which each customer is drawn one; absent: the template as it is. */
  variants?: DrawnVariant[];
}

/** When an arm is so much better than the one it is compared with that it takes all customers. */
export interface Decision {
  by: 'conversion' | 'revenue';
  /** The time from the first customer on, milliseconds, and the arm that takes all then if nothing is certain; absent: the shares stay. */
  otherwise?: { arm: string; within: number };
}

/** The remarks about all arms of a split together. */
export interface Drawn {
  decide?: Decision;
  /** The arm that all get who come from now on. */
  winner?: string;
}

export interface DrawnVariant {
  name: string;
  /** The share in hundredths of a percent; absent: an equal part of what the others leave. */
  share?: number;
}

export type Reaction = 'delivered' | 'opened' | 'clicked';

/** `preferred`: first the channel that this customer has answered most. */
export type CascadeOrder = 'cheapest' | 'preferred';

export interface CascadeStage {
  id: string;
  channel: string;
  template: string;
  /** The reaction that ends the cascade. In the written order it is absent on the last stage; in another order every stage has one. */
  until?: Reaction;
  /** The time to wait for `until`. */
  within?: number;
}

export interface Cascade {
  kind: 'cascade';
  id: string;
  /** The order of the stages; absent: as written. */
  order?: CascadeOrder;
  stages: CascadeStage[];
}

export interface Arm {
  name: string;
  /** The share in hundredths of a percent; a split's arms sum to 10,000. */
  share: number;
  /** True for the arm that gets nothing and leaves with reason `control`, by which the effect is measured. */
  control: boolean;
  steps: Step[];
}

export interface Split extends Drawn {
  kind: 'split';
  id: string;
  /** Absent: a customer who enters again gets the same arm; false: a new draw each time. */
  sticky?: false;
  arms: Arm[];
}

export interface If {
  kind: 'if';
  id: string;
  condition: Expression;
  then: Step[];
  else: Step[];
}

/** Writes to the customer; a value has its attribute's type. */
export interface SetAttributes {
  kind: 'set';
  id: string;
  values: { attribute: string; value: Expression }[];
}

/** Puts the customer into a static segment, or takes them out. */
export interface Listing {
  kind: 'add' | 'remove';
  id: string;
  segment: string;
}

/** Notifies another system: the customer, and these attributes (`tier`) and fields of the trigger's event (`event.total`). */
export interface Webhook {
  kind: 'webhook';
  id: string;
  channel: string;
  fields: string[];
}

/** Gives the staff something to do. */
export interface Task {
  kind: 'task';
  id: string;
  channel: string;
  template: string;
}

export interface Exit {
  kind: 'exit';
  id: string;
  reason: string;
}

export interface Campaign {
  name: string;
  title?: string;
  category: Category;
  /** The priority where a frequency cap admits only some messages, the higher first; default 0. */
  priority: number;
  on: Trigger;
  /** The condition on those who may enter, evaluated at entry. */
  audience?: Expression;
  /** Any of these ends the enrolment and cancels what is not sent yet. */
  exit: EventMatch[];
  goal?: Goal;
  reenter: Reentry;
  /** The time after its removal in which the campaign takes its customers up again when it is put back; 0: not at all. */
  resumeWithin: number;
  /** The rule for customers inside when another version is applied; absent: they finish on theirs. */
  inFlight?: InFlightRule;
  /** Stages with growing shares; absent: everybody may enter. */
  rollout?: RolloutStage[];
  /** Stages with growing shares of those who enter another version than until now, in place of `rollout`; absent: all do at once. */
  changeRollout?: RolloutStage[];
  /** Absent: feedback pauses nothing. */
  guardrails?: Guardrails;
  /** A message not sent this long after its decision is dropped as expired. */
  expires: number;
  /** Steps that have another id than before: they keep what was drawn for them. */
  moved?: { from: string; to: string }[];
  steps: Step[];
}
