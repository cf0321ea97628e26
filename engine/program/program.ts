import type { Watched } from '../../spec/constructs/triggers/index.ts';
import type {
  Category,
  Guardrails,
  InFlightRule,
  Reaction,
  Reentry,
  RolloutStage,
  Step,
  Trigger,
} from '../../spec/model/campaign.ts';
import type { DataModel, Rfm, Source } from '../../spec/model/data.ts';
import type {
  Aggregate as AggregateOf,
  Arithmetic,
  Calendar,
  Compare,
  Expression,
  In,
  Items,
  Leaf,
  Logic,
  Missing,
  Not,
  RfmExpression,
  RfmPart,
  Sequence as SequenceOf,
  TextTest,
} from '../../spec/model/expression.ts';
import type { Channel, Holdout, Policies, Project } from '../../spec/model/model.ts';
import type { Template, TemplatePartial } from '../../spec/model/template.ts';

/**
 * The executable form of a Model: plain, immutable, content-hashed. A store turns it into SQL.
 * Hashes are the first 12 hex digits of SHA-256 over canonical JSON.
 */
export interface Program {
  format: 3;
  /** Its customers are of several tests, each named by the text before the first colon of an id: they share nothing. */
  worlds?: boolean;
  /** Over everything below but the store's place and how channels send; equal programs do equal things. See `programHash`. */
  hash: string;
  project: Project;
  data: DataModel;
  /** For templates. */
  variables: Record<string, string | number | boolean>;
  channels: Hashed<Channel>[];
  policies: Hashed<Policies>;
  holdouts: Hashed<Holdout>[];
  segments: CompiledSegment[];
  /** Static segments that have files. */
  lists: Hashed<{ name: string; sources: Source[] }>[];
  campaigns: CompiledCampaign[];
  templates: Hashed<Template>[];
  partials: Hashed<TemplatePartial>[];
}

export type Hashed<T> = T & { hash: string };

/**
 * A question about customers: for each event kind used, one pass over its table computes `aggregates`; sequences,
 * rankings and scores are relations of their own; `predicate` is then asked of each customer. All are named by their index.
 */
export interface Query {
  predicate: Scalar;
  aggregates: Aggregate[];
  sequences?: Sequence[];
  rankings?: Ranking[];
  rfm?: Rfm;
}

/** An Expression whose aggregates and the like are references into the Query, and whose segments are written out. */
export type Scalar =
  | Leaf
  | Arithmetic<Scalar>
  | Compare<Scalar>
  | Logic<Scalar>
  | Not<Scalar>
  | Missing<Scalar>
  | In<Scalar>
  | TextTest<Scalar>
  | Calendar<Scalar>
  | Items<Scalar>
  | { kind: 'aggregated'; type: Expression['type']; index: number }
  | { kind: 'sequenced'; type: 'boolean'; index: number }
  /** Among the best `share` (hundredths of a percent) of a ranking. */
  | { kind: 'ranked'; type: 'boolean'; index: number; share: number }
  /** True for a customer in a static segment. */
  | { kind: 'listed'; type: 'boolean'; segment: string }
  | { kind: 'scored'; type: RfmExpression['type']; part: RfmPart };

export type Aggregate = AggregateOf<Scalar>;
export type Sequence = SequenceOf<Scalar>;

/** All customers who have a value, the greatest (`top`) or the least (`bottom`) first. */
export interface Ranking {
  which: 'top' | 'bottom';
  by: Query;
}

export interface CompiledSegment {
  name: string;
  title?: string;
  hash: string;
  query: Query;
}

/** Unless declared here, a trigger is executed as it is written. */
export type CompiledTrigger =
  | Exclude<Trigger, { kind: 'event' | 'absence' }>
  | { kind: 'event'; event: string; when?: Query; restart?: true }
  /** `since`: the time is counted from it; `absent` where that is another kind of event. */
  | { kind: 'absence'; since: CompiledMatch; absent?: CompiledMatch; ms: number; hash: string };

/** Returns a trigger by the facts that the language describes: an absence by the event that is missing. */
export function watchedBy(trigger: CompiledTrigger): Watched {
  return 'since' in trigger ? { ...trigger, event: (trigger.absent ?? trigger.since).event } : trigger;
}

/** The event that starts a campaign, where one does. */
function startOf(trigger: CompiledTrigger): CompiledMatch | undefined {
  if ('event' in trigger) return trigger;
  return 'since' in trigger ? trigger.since : undefined;
}

/** Returns the kind of event that a campaign's expressions and templates see as `event`; undefined where none starts it. */
export function triggerEvent(trigger: CompiledTrigger): string | undefined {
  return startOf(trigger)?.event;
}

/** Returns the kinds of events that a trigger looks at when they are collected. */
export function eventsOf(trigger: CompiledTrigger): string[] {
  const kinds = [startOf(trigger)?.event, 'absent' in trigger ? trigger.absent?.event : undefined];
  return kinds.flatMap((kind) => kind ?? []);
}

/** Returns the condition on the events that start a campaign, of those of its kind. */
export function triggerWhen(trigger: CompiledTrigger): Query | undefined {
  return startOf(trigger)?.when;
}

export interface CompiledMatch {
  event: string;
  when?: Query;
}

export interface CompiledGoal extends CompiledMatch {
  within: number;
  value?: Query;
}

export interface CompiledCampaign {
  name: string;
  title?: string;
  /** Steps that have another id than before, by the id they have now. */
  moved?: Record<string, string>;
  /** The time after its removal in which the campaign takes its customers up again; 0: not at all. */
  resumeWithin: number;
  /** The rule by which an apply of this version treats customers inside other versions; absent: they finish. */
  inFlight?: InFlightRule;
  /** Stages with growing shares of those who may enter; absent: everybody. */
  rollout?: RolloutStage[];
  /** Stages with growing shares of those who enter this version in place of `before`; absent: everybody does. */
  changeRollout?: RolloutStage[];
  /** The version that the others enter while this one is rolled out; absent: none. No hash has it. */
  before?: CompiledCampaign;
  /** The feedback above which a tick pauses the campaign; absent: none. */
  guardrails?: Guardrails;
  /** The version that enrolments carry. Neither message texts nor the fields above are part of it. */
  hash: string;
  category: Category;
  priority: number;
  expires: number;
  trigger: CompiledTrigger;
  audience?: Query;
  exit: CompiledMatch[];
  goal?: CompiledGoal;
  reenter: Reentry;
  /** The first step's id; null where there is none. */
  first: string | null;
  steps: StepRow[];
}

/** The step to which an enrolment goes next: a step's id; null: it has completed. */
export type Next = string | null;

/** The rows that are not like their steps. */
type OwnRow =
  /** `weekdays`: a bit for each, 1 for Monday to 64 for Sunday. */
  | { id: string; kind: 'until'; minuteOfDay: number; weekdays?: number; next: Next }
  /** `otherwise`: the event did not happen within the time. */
  | { id: string; kind: 'await'; match: CompiledMatch; within: number; next: Next; otherwise: Next }
  | SendRow
  /** A cascade in preferred order: leads to the untried stage whose channel the customer answers most; `next`: none is left. */
  | { id: string; kind: 'prefer'; stages: { id: string; channel: string }[]; next: Next }
  /** `template`: the arms are its variants, within one send. */
  | { id: string; kind: 'split'; salt: string; sticky?: false; template?: string; arms: ArmRow[] }
  | { id: string; kind: 'set'; values: { attribute: string; value: Query }[]; next: Next }
  | { id: string; kind: 'if'; condition: Query; next: Next; otherwise: Next }
  | { id: string; kind: 'exit'; reason: string };

/** The kinds of steps that are compiled to rows of other kinds. */
type Lowered = 'task' | 'webhook' | 'cascade';

type Linked<S> = S extends unknown ? S & { next: Next } : never;

/** A journey as rows; nested steps are flattened and linked by id. Unless declared above, a row is its step with a link. */
export type StepRow = OwnRow | Linked<Exclude<Step, { kind: OwnRow['kind'] | Lowered }>>;

/** A plain send, a task, a webhook, or one stage of a cascade (then `until` and `within`, or the last stage). */
export interface SendRow {
  id: string;
  kind: 'send';
  /** The id that it had first, where that is another: the identities of its messages have it. */
  key?: string;
  /** The id of the split that draws it as one variant of a send: the variants are one message. */
  among?: string;
  channel: string;
  /** The template; of a webhook, the fields that it carries, separated by blanks. */
  template: string;
  until?: Reaction;
  within?: number;
  /** After success: sent, or `until` seen in time. */
  next: Next;
  /** After a refusal, a failure, or `within` without `until`. */
  otherwise: Next;
}

export interface ArmRow {
  name: string;
  control: boolean;
  /** The half-open part [from, to) of the bucket range [0, 1). */
  from: number;
  to: number;
  next: Next;
}
