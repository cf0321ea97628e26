import type { Expression } from '../expression/expression.ts';

export type Category = 'marketing' | 'transactional';

/** Durations everywhere in the model are milliseconds. */
export type Trigger =
  | { kind: 'event'; event: string; when?: Expression }
  /** `existing`: also those who are members when the campaign is first applied. */
  | { kind: 'segment'; segment: string; existing: boolean }
  /** `cron`: five fields, resolved in the project's or in each customer's own time zone. */
  | { kind: 'schedule'; cron: string; zone: 'project' | 'customer' };

export interface EventMatch {
  event: string;
  when?: Expression;
}

export interface Goal extends EventMatch {
  /** Counted from the entry. */
  within: number;
  /** Numeric expression over the goal's event (`event.total`): what a conversion is worth. */
  value?: Expression;
}

export type Reentry = { kind: 'never' } | { kind: 'always' } | { kind: 'after'; ms: number };

export type Step = Wait | WaitUntil | Send | Cascade | Split | If | Exit;

export interface Wait {
  kind: 'wait';
  id: string;
  ms: number;
}

/** Until the next time `minuteOfDay` (0 to 1439) comes round in the customer's zone; at once if it is that minute now. */
export interface WaitUntil {
  kind: 'until';
  id: string;
  minuteOfDay: number;
}

export interface Send {
  kind: 'send';
  id: string;
  channel: string;
  template: string;
}

export type Reaction = 'delivered' | 'opened' | 'clicked';

export interface CascadeStage {
  id: string;
  channel: string;
  template: string;
  /** Absent on the last stage, which waits for nothing. */
  until?: Reaction;
  /** How long to wait for `until`. */
  within?: number;
}

export interface Cascade {
  kind: 'cascade';
  id: string;
  stages: CascadeStage[];
}

export interface Arm {
  name: string;
  /** In hundredths of a percent; a split's arms sum to 10,000. */
  share: number;
  /** Gets nothing and leaves with reason `control`: the arm that measures the effect. */
  control: boolean;
  steps: Step[];
}

export interface Split {
  kind: 'split';
  id: string;
  arms: Arm[];
}

export interface If {
  kind: 'if';
  id: string;
  condition: Expression;
  then: Step[];
  else: Step[];
}

export interface Exit {
  kind: 'exit';
  id: string;
  reason: string;
}

export interface Campaign {
  name: string;
  title?: string;
  category: Category;
  /** Higher goes first where a frequency cap admits only some; default 0. */
  priority: number;
  on: Trigger;
  /** Who may enter, asked at entry. */
  audience?: Expression;
  /** Any of these ends the enrolment and cancels what is not sent yet. */
  exit: EventMatch[];
  goal?: Goal;
  reenter: Reentry;
  /** A message not sent this long after its decision is dropped as expired. */
  expires: number;
  steps: Step[];
}
