import type { Rfm } from './data.ts';

/**
 * A checked expression: names are resolved, every node has a type, no source positions.
 * Two-valued: a comparison with a missing operand is false, and its `not` is true.
 */
export type ValueType = 'string' | 'integer' | 'number' | 'money' | 'boolean' | 'date' | 'instant' | 'duration';

export type CompareOp = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type ArithmeticOp = '+' | '-' | '*' | '/';
export type AggregateFunction = 'count' | 'sum' | 'avg' | 'min' | 'max' | 'first' | 'last' | 'distinct';
export type TextOp = 'contains' | 'starts with' | 'ends with' | 'matches';
export type CalendarFunction = 'age' | 'month' | 'day' | 'weekday' | 'days_until_anniversary';

export type Expression =
  | Leaf
  | Arithmetic<Expression>
  | Compare<Expression>
  | Logic<Expression>
  | Not<Expression>
  | Missing<Expression>
  | In<Expression>
  | TextTest<Expression>
  | Calendar<Expression>
  | Items<Expression>
  | AggregateExpression
  | SequenceExpression
  | ShareExpression
  | RfmExpression
  | { kind: 'segment'; type: 'boolean'; name: string };

/** An expression without parts. */
export type Leaf =
  | Literal
  /** An attribute of the customer. */
  | { kind: 'attribute'; type: ValueType; name: string }
  /**
   * A field of the event that entered the customer; inside the `where` of an aggregate or a sequence, of the event asked
   * about; inside the `where` of `any`, `all` and `count`, of the list's item.
   */
  | { kind: 'field'; type: ValueType; of: 'trigger' | 'aggregated' | 'item'; name: string }
  /** `ms` milliseconds before now. */
  | { kind: 'ago'; type: 'instant'; ms: number }
  /** The date on the customer's clock. */
  | { kind: 'today'; type: 'date' }
  /** The customer has a valid, unsuppressed address for the channel and has consented to it. */
  | { kind: 'reachable'; type: 'boolean'; channel: string }
  /** Consent to the channel has been given and not withdrawn. */
  | { kind: 'consent'; type: 'boolean'; channel: string };

/** date: `YYYY-MM-DD`; instant: epoch milliseconds (UTC); duration: milliseconds. */
export interface Literal {
  kind: 'literal';
  type: ValueType;
  value: string | number | boolean;
  /** The currency of an amount of money, if it was written: always the project's. */
  currency?: string;
}

/** Nodes whose parts are `E`: the same in a checked expression and in a compiled query. */
export type Operator<E> =
  | Arithmetic<E>
  | Compare<E>
  | Logic<E>
  | Not<E>
  | Missing<E>
  | In<E>
  | TextTest<E>
  | Calendar<E>
  | Items<E>;

export interface Arithmetic<E> {
  kind: 'arithmetic';
  type: ValueType;
  op: ArithmeticOp;
  left: E;
  right: E;
}

export interface Compare<E> {
  kind: 'compare';
  type: 'boolean';
  op: CompareOp;
  left: E;
  right: E;
}

export interface Logic<E> {
  kind: 'and' | 'or';
  type: 'boolean';
  operands: E[];
}

export interface Not<E> {
  kind: 'not';
  type: 'boolean';
  operand: E;
}

export interface Missing<E> {
  kind: 'missing';
  type: 'boolean';
  operand: E;
}

export interface In<E> {
  kind: 'in';
  type: 'boolean';
  operand: E;
  values: E[];
}

/** A test of a text. With `matches`, `value` is a literal: a pattern that `parsePattern` accepts. */
export interface TextTest<E> {
  kind: 'text';
  type: 'boolean';
  op: TextOp;
  operand: E;
  value: E;
}

/** A question about a date. `age` and `days_until_anniversary` count to the date at the customer's place. */
export interface Calendar<E> {
  kind: 'calendar';
  type: 'integer';
  fn: CalendarFunction;
  operand: E;
}

/** About the items of a list; a missing list has none. */
export interface Items<E> {
  kind: 'items';
  type: 'boolean' | 'integer';
  fn: 'any' | 'all' | 'count';
  of: 'trigger' | 'aggregated' | 'customer';
  list: string;
  /** The name of one item in `where`. */
  item: string;
  where?: E;
}

export interface Aggregate<E> {
  kind: 'aggregate';
  type: ValueType;
  fn: AggregateFunction;
  event: string;
  /** Absent: the event's own instant (`first`, `last`) or the event itself (`count`). */
  field?: string;
  where?: E;
  /** `in last <duration>`: only events with `at > now - within`, in milliseconds. */
  within?: number;
}

export interface EventPattern<E> {
  event: string;
  where?: E;
}

/**
 * A first event with `at > now - since` has a second one with `first.at < second.at <= first.at + within`; `negated`: it
 * has none, and `first.at + within <= now`. Durations in milliseconds.
 */
export interface Sequence<E> {
  kind: 'sequence';
  type: 'boolean';
  first: EventPattern<E>;
  second: EventPattern<E>;
  negated: boolean;
  within: number;
  since?: number;
}

/**
 * The customers who have a value and for whom the number of customers with a strictly better one (greater: `top`,
 * less: `bottom`) is below `share` of the number of all.
 */
export interface Share<E> {
  kind: 'share';
  type: 'boolean';
  which: 'top' | 'bottom';
  /** Hundredths of a percent, 1 to 9,999. */
  share: number;
  by: E;
}

export type AggregateExpression = Aggregate<Expression>;
export type SequenceExpression = Sequence<Expression>;
export type ShareExpression = Share<Expression>;

/**
 * Scores 1 (worst) to 5 among the customers with an event in the window: 1 + floor(5 × strictly worse customers ÷ all of
 * them); missing for the others. `code`: the three digits recency, frequency, monetary as a string.
 */
export interface RfmExpression {
  kind: 'rfm';
  type: 'integer' | 'string';
  part: RfmPart;
  config: Rfm;
}

export type RfmPart = 'recency' | 'frequency' | 'monetary' | 'code';
