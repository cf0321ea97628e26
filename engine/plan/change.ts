export type ResourceKind =
  | 'project'
  | 'data'
  | 'event'
  | 'segment'
  | 'channel'
  | 'policies'
  | 'variables'
  | 'holdout'
  | 'template'
  | 'partial'
  | 'campaign';

export type Action = 'create' | 'change' | 'remove';

/** A place in the files of the project, counted from 1. */
export interface Origin {
  file: string;
  line: number;
  column: number;
}

/**
 * How much a change can do to customers. `text-only`: what they read; `additive`: something new, and nothing else; `behavioural`: who
 * gets what, and when; `breaking`: it takes something away from customers who are inside, so that an apply must be told to do it.
 */
export type ChangeClass = 'text-only' | 'additive' | 'behavioural' | 'breaking';

/** One difference of two documents, in the words of the project's files. A side is absent where there is no value. */
export interface FieldChange {
  /** The keys that lead to it, a step by its id: `audience`, `steps.wait-1.wait`, `attributes.city`. */
  path: string;
  /** The text of the file; several lines where it is more than a value. */
  before?: string;
  after?: string;
  /** The number of the first line in which two long texts differ; `before` and `after` are that line. */
  line?: number;
  /** The place of that line in its file; of texts in templates only. */
  origin?: Origin;
  /** True if the sides are names in their order: those, and the ids of steps, that both versions have. */
  order?: true;
}

/** The change of one resource. A `change` has fields, a `because` or a `note`: nothing changes invisibly. */
export interface Change {
  /** `campaign.abandoned-cart`. */
  address: string;
  kind: ResourceKind;
  name: string;
  title?: string;
  action: Action;
  /** Absent where the files no longer have it. */
  origin?: Origin;

  class: ChangeClass;
  /** Why it is of that class; at least one, as clauses. */
  reasons: string[];
  /** Content hashes; of a campaign, the versions that enrolments carry. */
  before?: string;
  after?: string;
  fields: FieldChange[];
  /** Addresses of the changed resources through which this one changes its meaning. */
  because: string[];
  /** The reason for which there are no fields: nothing but the compiler differs, or what is applied has no document. */
  note?: 'compiled-anew' | 'no-document';
  /** Names of the campaigns that use this segment, channel, template or piece. */
  usedBy: string[];
}
