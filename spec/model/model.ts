import type { Range } from '../diagnostics/diagnostic.ts';
import type { Campaign, CascadeOrder, Reaction } from './campaign.ts';
import type { ChannelKind } from './channel-kinds.ts';
import type { DataModel, Rfm, Source } from './data.ts';
import type { Expression } from './expression.ts';
import type { Template, TemplatePartial } from './template.ts';
import type { CampaignTest } from './test.ts';
import type { Transport } from './transports.ts';

export interface Project {
  name: string;
  /** IANA zone, for customers without one and for schedules. */
  timezone: string;
  /** BCP 47; the variant of a template for customers whose own is missing. */
  locale: string;
  /** The currency of all money, ISO 4217. */
  currency: string;
  /** The grid of the ticks, in milliseconds; divides an hour evenly or is whole hours. */
  tick: number;
  /** The interval at which customers are ranked and segments are evaluated, in milliseconds, aligned to the project's midnight. */
  refresh: number;
  /** The path of the embedded store, relative to the project's root. */
  store: string;
  /** The window and the engagement that `crm simulate` and a plan's forecast use by default. */
  simulation: Simulation;
}

export interface Simulation {
  /** Epoch milliseconds; absent: now. */
  from?: number;
  seed: string;
  /** Per channel: the chance (0 to 1) that a sent message is opened, and that it is clicked (a click implies an open). */
  engagement: Record<string, { open: number; click: number }>;
}

export type Segment = DynamicSegment | StaticSegment;

export interface DynamicSegment {
  name: string;
  title?: string;
  where: Expression;
}

/** A list: files of customers' ids, and whom journeys add and remove. */
export interface StaticSegment {
  name: string;
  title?: string;
  sources: Source[];
}

/** A part of all customers that gets no marketing, so that what marketing does can be measured. */
export interface Holdout {
  name: string;
  /** The share in hundredths of a percent. */
  share: number;
  /** Another salt draws other customers; default: the name. */
  salt: string;
  /** Absent: all marketing campaigns. */
  campaigns?: string[];
}

/** Channels in order, to be used with a template by the cascades of journeys. */
export interface NamedCascade {
  name: string;
  title?: string;
  /** Absent: as written. */
  order?: CascadeOrder;
  stages: { channel: string; until?: Reaction; within?: number }[];
}

export interface Channel {
  name: string;
  kind: ChannelKind;
  /** The customer attribute that holds the address; absent where no customer is addressed. */
  address?: string;
  transport: Transport;
  /** The price of one message, in the project's currency. */
  price: number;
  /** Messages per second; absent: as fast as the transport takes them. */
  rate?: number;
  /** Gets all messages instead of the customers; absent: each customer gets their own. */
  to?: string;
  /** `Name <address>` for e-mail, a sender's name elsewhere. */
  from?: string;
  /** The address to which a one-click unsubscribe is POSTed; the message's id is appended as `?m=`. */
  unsubscribe?: string;
  /**
   * True if a message whose fate a crash or Ctrl-C hid is sent again. Default: marketing no, transactional yes; webhooks and tasks
   * yes, because their receivers know them by their id.
   */
  resendUnknown?: boolean;
}

/** Local minutes of the day, half-open, may cross midnight. */
export interface QuietHours {
  from: number;
  to: number;
  /** `hold`: send at the first allowed instant; `cancel`: drop. */
  otherwise: 'hold' | 'cancel';
  /** Transactional messages ignore quiet hours unless this is true. */
  transactional: boolean;
}

/** At most `max` messages to one customer within `per`: a rolling window in milliseconds, or the customer's calendar day. */
export interface FrequencyCap {
  name: string;
  max: number;
  per: number | 'calendar day';
  /** Absent: all channels together. */
  channel?: string;
  /** Absent: all campaigns together. */
  campaign?: string;
}

/** The limits beyond which an apply is refused unless somebody allows it; absent: no limit. */
export interface Guards {
  /** Customers who may get a message within 7 days. */
  maxRecipients?: number;
  /** The largest cost of the messages of 7 days, in the project's currency. */
  maxBudget?: number;
  /** The share by which the audience of a changed campaign may grow between plan and apply: hundredths of a percent, 0 to 10,000. */
  maxAudienceGrowth?: number;
  noApply?: NoApply;
}

/** Minutes of the day in the project's zone, half-open, may cross midnight; `from` = `to`: the whole day. */
export interface NoApply {
  from: number;
  to: number;
  /** On which the hours begin: 1 (Monday) to 7, ascending; absent: every day. */
  days?: number[];
}

/** The kinds of plans that can need approvals. */
export type ApprovedPlans = 'breaking' | 'guards' | 'always';

export interface Approvals {
  /** The number of people who must approve, from 1. */
  required: number;
  for: ApprovedPlans[];
  /** Lines of allowed_signers: names, the word ssh-ed25519, the key in base64. */
  approvers: string[];
}

export interface Policies {
  quietHours?: QuietHours;
  /** Transactional messages neither obey caps nor count towards them. */
  caps: FrequencyCap[];
  guards?: Guards;
  approvals?: Approvals;
}

/** The checked, linked meaning of a project's files. Plain data: two surfaces that mean the same give equal Models. */
export interface Model {
  project: Project;
  data: DataModel;
  /** The events that the expressions' RFM scores count, where they are declared. */
  rfm?: Rfm;
  /** The values that templates read as `var.<name>`; in the project's files they have replaced `$name` already. */
  variables: Record<string, string | number | boolean>;
  segments: Segment[];
  campaigns: Campaign[];
  /** The named cascades, kept for readers of the files: in the journeys they are written out. */
  cascades: NamedCascade[];
  channels: Channel[];
  policies: Policies;
  holdouts: Holdout[];
  tests: CampaignTest[];
  templates: Template[];
  partials: TemplatePartial[];
  /** The severity of each lint rule that the project sets. It has no effect on what runs. */
  lint?: Record<string, LintSeverity>;
}

export type LintSeverity = 'off' | 'info' | 'warning' | 'error';

/** The place of each resource in the files, by address (`campaign.abandoned-cart`); beside the Model, not in it. */
export type Origins = Record<string, Range>;
