import type { Campaign } from '../../spec/model/campaign.ts';
import type { Model } from '../../spec/model/model.ts';
import type { Customer, Ground, Occurrence } from '../interpreter/world.ts';
import type { Spot } from './journey.ts';
import type { Waiting } from './read.ts';
import type { Rollout } from './rollouts.ts';
import type { Call } from './triggers.ts';

/** `consents` and `suppressions` are the names of the channels that follow from the rows about the customer and about those who share an address. */
export interface Shopper extends Customer {
  /** The shop's. */
  id: string;
}

export interface Event extends Occurrence {
  id: string;
  kind: string;
  /** The number of its file. */
  source: number;
  total: number | undefined;
}

/** A row of consent or of suppressions; it holds for the customer who has the id, now or later. */
export interface Word {
  id: string;
  channel: string;
  at: number;
  granted: boolean;
}

export interface Enrolment {
  /** The version that the customer has entered. */
  campaign: Campaign;
  customer: Shopper;
  occurrence: string;
  /** The event that the campaign's expressions see. */
  event?: Event;
  started: number;
  entered: number;
  /** Absent once ended. */
  spot?: Spot;
  /** Since when the customer is at the spot. */
  arrived: number;
  /** Waits at the spot until then; absent: the enrolment has just arrived. */
  due?: number;
  /** Since when quiet hours hold the message of the spot. */
  held?: number;
  /** The message of the spot, whose answer is waited for. */
  message?: Message;
  /** The event that the customer waits for has come. */
  noticed?: boolean;
  /** The customer's spot when the campaign was removed. */
  removed?: Pick<Enrolment, 'spot' | 'due' | 'held' | 'message'>;
  /** The instant at which the customer was taken up again. */
  resumed?: number;
  arm?: string;
  ended?: { at: number; reason: string };
  goal?: { at: number; value: number | undefined };
}

export interface Message {
  id: string;
  enrolment: Enrolment;
  customer: Shopper;
  campaign: Campaign;
  step: string;
  /** The id of the send, also of one of its variants. */
  send: string;
  channel: string;
  /** The canonical address. */
  address?: string;
  status: 'decided' | 'sent' | 'suppressed' | 'expired';
  reason?: string;
  decided: number;
  /** It must leave before. */
  expires: number;
  sent?: number;
}

/** The members of a segment at its last refresh. */
export interface Members {
  refreshed: number;
  /** By member, the refresh that found them. */
  since: Map<Shopper, number>;
  /** The customers whom that refresh missed. */
  left: Shopper[];
}

export interface Reaction {
  message: Message;
  kind: 'opened' | 'clicked';
  at: number;
}

/** All that the second engine knows at an instant. */
export interface State {
  model: Model;
  /** The first spot of the journey of each version of a campaign; absent where it has no steps. */
  first: Map<Campaign, Spot | undefined>;
  /** The versions that are still entered while another one is rolled out, by name. */
  earlier: Map<string, Campaign>;
  /** The number of changes. */
  changes: number;
  /** Since when campaigns have been applied, by name; absent: it is removed. */
  active: Map<string, number>;
  /** Campaigns that have been put back since the tick before. */
  returned: Set<Campaign>;
  /** The last change of each rollout's stage; absent: the first stage began when the campaign was applied. */
  rollouts: Map<string, Rollout>;
  /** Campaigns that their guardrails have paused. */
  guarded: Set<string>;
  /** The last resumption of campaigns that guardrails had paused. */
  resumed: Map<string, number>;
  /** The customers who unsubscribe, with the instants. */
  unsubscriptions: { message: Message; at: number }[];
  pause?: { kind: 'all' | 'campaign' | 'channel'; name: string; since: number };
  now: number;
  /** The tick before; absent at the first. */
  before?: number;
  customers: Shopper[];
  events: Record<string, Event[]>;
  /** Rows of events that have been read and whose time is later than the tick. */
  waiting: Waiting[];
  /** The number of events that have been collected. */
  collected: number;
  /** The events that this tick brought. */
  news: Event[];
  consents: Word[];
  suppressions: Word[];
  reactions: Reaction[];
  enrolments: Enrolment[];
  /** Events that may begin a journey anew in this tick. */
  restarts: [Campaign, Call][];
  messages: Message[];
  /** The latest refresh instant; none before the first tick. */
  refresh: number;
  /** Segments that a campaign watches or has watched. */
  segments: Map<string, Members>;
  /** The values by which each scale compared customers when it was scored last. */
  scored: Map<string, Ground>;
}

export const ground = ({ model, now, customers, events, scored }: State): Ground => ({
  model,
  now,
  customers,
  events,
  scored,
});
