/**
 * A checked expression: names are resolved, every node has a type, no source positions.
 * Two-valued: a comparison with a missing operand is false, and its `not` is true.
 */
export type ValueType = 'string' | 'integer' | 'number' | 'money' | 'boolean' | 'date' | 'instant' | 'duration';

export type CompareOp = '==' | '!=' | '<' | '<=' | '>' | '>=';
export type ArithmeticOp = '+' | '-' | '*' | '/';
export type AggregateFunction = 'count' | 'sum' | 'avg' | 'min' | 'max' | 'first' | 'last' | 'distinct';

export type Expression =
  /** date: `YYYY-MM-DD`; instant: epoch milliseconds (UTC); duration: milliseconds. */
  | { kind: 'literal'; type: ValueType; value: string | number | boolean }
  /** An attribute of the customer. */
  | { kind: 'attribute'; type: ValueType; name: string }
  /** A field of the event that entered the customer, or (inside an aggregate's `where`) of the event aggregated. */
  | { kind: 'field'; type: ValueType; of: 'trigger' | 'aggregated'; name: string }
  /** `ms` milliseconds before now. */
  | { kind: 'ago'; type: 'instant'; ms: number }
  | { kind: 'arithmetic'; type: ValueType; op: ArithmeticOp; left: Expression; right: Expression }
  | { kind: 'compare'; type: 'boolean'; op: CompareOp; left: Expression; right: Expression }
  | { kind: 'and' | 'or'; type: 'boolean'; operands: Expression[] }
  | { kind: 'not'; type: 'boolean'; operand: Expression }
  | { kind: 'missing'; type: 'boolean'; operand: Expression }
  | { kind: 'in'; type: 'boolean'; operand: Expression; values: Expression[] }
  | AggregateExpression
  | { kind: 'segment'; type: 'boolean'; name: string }
  /** The customer has a valid, unsuppressed address for the channel and has consented to it. */
  | { kind: 'reachable'; type: 'boolean'; channel: string };

export interface AggregateExpression {
  kind: 'aggregate';
  type: ValueType;
  fn: AggregateFunction;
  event: string;
  /** Absent: the event's own instant (`first`, `last`) or the event itself (`count`). */
  field?: string;
  where?: Expression;
  /** `in last <duration>`: only events with `at > now - within`, in milliseconds. */
  within?: number;
}
