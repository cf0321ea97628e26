import type { Campaign } from '../../spec/model/campaign.ts';
import type { Model } from '../../spec/model/model.ts';
import type { Customer, Ground, Occurrence } from '../interpreter/world.ts';
import type { Spot } from './journey.ts';

/** `consents` and `suppressions` are the channels, by name, that the customer's words and those of who shares an address come to. */
export interface Shopper extends Customer {
  /** The shop's. */
  id: string;
}

export interface Event extends Occurrence {
  id: string;
  kind: string;
}

/** A row of consent or of suppressions; it holds for the customer who has the id, now or later. */
export interface Word {
  id: string;
  channel: string;
  at: number;
  granted: boolean;
}

export interface Enrolment {
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
  /** Waits at the spot until then; absent: has just come there. */
  due?: number;
  /** Since when quiet hours hold the message of the spot. */
  held?: number;
  /** The message of the spot, whose answer is waited for. */
  message?: Message;
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
  channel: string;
  /** The canonical address. */
  address?: string;
  status: 'decided' | 'sent' | 'suppressed' | 'expired';
  reason?: string;
  decided: number;
  sent?: number;
}

export interface Reaction {
  message: Message;
  kind: 'opened' | 'clicked';
  at: number;
}

/** All that the second engine knows at an instant. */
export interface State {
  model: Model;
  /** Where each campaign's journey begins; absent where it has no steps. */
  first: Map<string, Spot | undefined>;
  /** When the campaigns were applied. */
  applied: number;
  now: number;
  /** The tick before; absent at the first. */
  before?: number;
  customers: Shopper[];
  events: Record<string, Event[]>;
  /** How many events have been corrected. */
  replaced: number;
  /** Those that this tick brought. */
  news: Event[];
  consents: Word[];
  suppressions: Word[];
  reactions: Reaction[];
  enrolments: Enrolment[];
  messages: Message[];
  /** Members of the segments that a campaign watches, as of the last refresh. */
  members: Map<string, Set<Shopper>>;
  /** What this tick's refresh found, by segment; absent where it was not refreshed. */
  changes: Map<string, { first: boolean; came: Shopper[]; left: Shopper[] }>;
}

export const ground = ({ model, now, customers, events }: State): Ground => ({ model, now, customers, events });
