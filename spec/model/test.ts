/** A test of a campaign with its own customers and events; instants are milliseconds after `start`. */
export interface CampaignTest {
  name: string;
  title?: string;
  campaign: string;
  /** Epoch milliseconds. */
  start: number;
  /** The time that it lasts; absent: until nothing more is due, at most 400 days. */
  lasts?: number;
  /** The arm that these customers get, by the split's id; absent: any. */
  arms: Record<string, string>;
  customers: TestCustomer[];
  events: TestEvent[];
  reactions: TestReaction[];
  /** The instant at which the campaign is launched by hand. */
  launches: number[];
  expect: Expectation;
}

/** A value as a data file would hold it; an instant is ISO 8601 in UTC (`2026-03-02T07:00:00.000Z`), money a number. */
export type TestValue = string | number | boolean | null | { [key: string]: TestValue }[];

export interface TestCustomer {
  id: string;
  /** Channels granted at the start. */
  consent: string[];
  /** Static segments that the customer is in at the start. */
  segments: string[];
  attributes: Record<string, TestValue>;
}

export interface TestEvent {
  at: number;
  customer: string;
  event: string;
  fields: Record<string, TestValue>;
}

/** The answer to the customer's latest message through the channel. */
export interface TestReaction {
  at: number;
  customer: string;
  channel: string;
  kind: 'delivered' | 'opened' | 'clicked' | 'bounced' | 'complained' | 'unsubscribed';
}

/** An absent key is not asked; a given one is complete and in order. */
export interface Expectation {
  messages?: ExpectedMessage[];
  exits?: ExpectedExit[];
  /** Attributes at the end, by customer. */
  customers?: { id: string; attributes: Record<string, TestValue> }[];
}

export interface ExpectedMessage {
  customer?: string;
  channel: string;
  template?: string;
  at?: number;
  /** Refused for this reason; absent: it leaves. */
  refused?: string;
  /** Parts of the rendered text, subject included. */
  contains: string[];
}

export interface ExpectedExit {
  customer: string;
  reason: string;
  at?: number;
}
