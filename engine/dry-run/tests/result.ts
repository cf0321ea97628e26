import type { CampaignTest, ExpectedExit, ExpectedMessage, TestValue } from '../../../spec/model/test.ts';

/** A step of a journey, or one of its branches: an arm of a split, `then` and `else` of an if or an awaited event. */
export interface Place {
  step: string;
  way?: string;
}

/** Instants are epoch milliseconds; `customer` is the test's own id. */
export interface ObservedMessage {
  at: number;
  customer: string;
  step: string;
  channel: string;
  template: string;
  /** The reason for which it did not leave; absent: it left. */
  refused?: string;
  /** The text that left: the subject, if any, and the body. */
  text: string;
  /** The HTML of an e-mail. */
  html?: string;
}

export interface ObservedExit {
  at: number;
  customer: string;
  reason: string;
}

/** Everything that happened in a test until its end, in order of time. */
export interface Observed {
  messages: ObservedMessage[];
  exits: ObservedExit[];
  /** The steps at which customers still were at the end. */
  inside: { customer: string; step: string }[];
  /** The customers whose attributes are asked for, at the end. */
  customers: { id: string; attributes: Record<string, TestValue> }[];
  places: Place[];
}

export type Aspect = 'time' | 'template' | 'refusal' | 'reason' | 'order';

export type Difference = { in: Aspect } | { in: 'text'; lacks: string };

/** An expectation and the event in its place; without one of the two: missing, or unexpected. */
export interface Pairing<E, A> {
  expected?: E;
  actual?: A;
  differences: Difference[];
}

export interface AttributeDifference {
  customer: string;
  attribute: string;
  expected: TestValue;
  actual: TestValue;
}

export interface TestResult {
  test: CampaignTest;
  passed: boolean;
  /** The reasons for which the test could not be run as written; sentences. */
  problems: string[];
  /** Absent where the test asks for none. */
  messages?: Pairing<ExpectedMessage, ObservedMessage>[];
  exits?: Pairing<ExpectedExit, ObservedExit>[];
  attributes: AttributeDifference[];
  observed: Observed;
}
