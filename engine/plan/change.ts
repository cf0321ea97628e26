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

/** One field, in the words of the project's files (`2 hours`, `in segment sleeping`). An absent side: it is not there. */
export interface FieldChange {
  /** `audience`, `steps.wait-1`, `attributes.city` */
  path: string;
  before?: string;
  after?: string;
}

/** The change of one resource. A `change` always has fields or a `because`: nothing changes invisibly. */
export interface Change {
  /** `campaign.abandoned-cart`; the key into Origins. */
  address: string;
  kind: ResourceKind;
  name: string;
  title?: string;
  action: Action;
  /** Content hashes; of a campaign, the versions that enrolments carry. */
  before?: string;
  after?: string;
  fields: FieldChange[];
  /** Addresses of the changed segments through which this resource changes its meaning. */
  because: string[];
  /** Names of the campaigns that use this segment, channel, template or piece. */
  usedBy: string[];
}
