import type { AggregateExpression, Expression } from '../../spec/expression/expression.ts';
import type { Category, Reaction, Reentry } from '../../spec/model/campaign.ts';
import type { DataModel } from '../../spec/model/data.ts';
import type { Channel, Policies, Project } from '../../spec/model/model.ts';
import type { Template, TemplatePartial } from '../../spec/model/template.ts';

/**
 * The executable form of a Model: plain, immutable, content-hashed. A store turns it into SQL.
 * Hashes are the first 12 hex digits of SHA-256 over canonical JSON.
 */
export interface Program {
  format: 1;
  /** Over everything below; equal programs do equal things. */
  hash: string;
  project: Project;
  data: DataModel;
  channels: Hashed<Channel>[];
  policies: Hashed<Policies>;
  segments: CompiledSegment[];
  campaigns: CompiledCampaign[];
  templates: Hashed<Template>[];
  partials: Hashed<TemplatePartial>[];
}

export type Hashed<T> = T & { hash: string };

/**
 * A question about customers: for each event kind used, one pass over its table computes `aggregates`;
 * `predicate` is then asked of each customer. Aggregates are named by their index.
 */
export interface Query {
  predicate: Scalar;
  aggregates: Aggregate[];
}

/** An Expression in which aggregates are references into `Query.aggregates` and segments are written out. */
export type Scalar =
  | Exclude<
      Expression,
      { kind: 'aggregate' | 'segment' | 'arithmetic' | 'compare' | 'and' | 'or' | 'not' | 'missing' | 'in' }
    >
  | { kind: 'aggregated'; type: Expression['type']; index: number }
  | { kind: 'arithmetic'; type: Expression['type']; op: '+' | '-' | '*' | '/'; left: Scalar; right: Scalar }
  | { kind: 'compare'; type: 'boolean'; op: '==' | '!=' | '<' | '<=' | '>' | '>='; left: Scalar; right: Scalar }
  | { kind: 'and' | 'or'; type: 'boolean'; operands: Scalar[] }
  | { kind: 'not'; type: 'boolean'; operand: Scalar }
  | { kind: 'missing'; type: 'boolean'; operand: Scalar }
  | { kind: 'in'; type: 'boolean'; operand: Scalar; values: Scalar[] };

export type Aggregate = Omit<AggregateExpression, 'where'> & { where?: Scalar };

export interface CompiledSegment {
  name: string;
  title?: string;
  hash: string;
  query: Query;
}

export type CompiledTrigger =
  | { kind: 'event'; event: string; when?: Query }
  | { kind: 'segment'; segment: string; existing: boolean }
  | { kind: 'schedule'; cron: string; zone: 'project' | 'customer' };

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
  /** The version that enrolments carry. Message texts are not part of it. */
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

/** Where an enrolment goes next: a step's id; null: it has completed. */
export type Next = string | null;

/** A journey as rows; nested steps are flattened and linked by id. */
export type StepRow =
  | { id: string; kind: 'wait'; ms: number; next: Next }
  | { id: string; kind: 'until'; minuteOfDay: number; next: Next }
  | SendRow
  | { id: string; kind: 'split'; salt: string; arms: ArmRow[] }
  | { id: string; kind: 'if'; condition: Query; next: Next; otherwise: Next }
  | { id: string; kind: 'exit'; reason: string };

/** A plain send, or one stage of a cascade (then `until` and `within`, or the last stage). */
export interface SendRow {
  id: string;
  kind: 'send';
  channel: string;
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
