import type { Step } from '../../../spec/model/campaign.ts';
import type { Next, StepRow } from '../../program/program.ts';
import type { Segments } from '../../program/query.ts';
import type { Value } from '../../store/database.ts';
import type { Due } from '../moves.ts';
import type { Tick } from '../tick.ts';

type Of<Kind, All> = All extends { kind: unknown } ? (Kind extends All['kind'] ? All & { kind: Kind } : never) : never;
export type RowOf<Kind extends StepRow['kind']> = Of<Kind, StepRow>;

/** The campaign in which a step is compiled. */
export interface Compiling {
  campaign: string;
  segments: Segments;
  /** The price of one message, by channel. */
  prices: ReadonlyMap<string, number>;
  /** The id that a step had before it was moved, by the one it has. */
  moved: ReadonlyMap<string, string>;
  /** Compiles the steps of a branch. `after`: where the last of them leads. Returns the first one's id. */
  flatten(steps: Step[], after: Next): Next;
  /** Puts rows before those of the steps that follow. */
  add(...rows: StepRow[]): void;
}

/** The compiler of a step of the Model: it adds the step's rows. `next`: the step that follows. Returns the id of the step to begin with. */
export interface StepCompiler<Kind extends Step['kind']> {
  compile(step: Of<Kind, Step>, next: Next, context: Compiling): Next;
}

/**
 * The order in which a round executes steps: those that only read, those that write, those at which customers rest (they
 * wait or leave), and sends.
 */
export type Turn = 'reads' | 'writes' | 'rests' | 'sends';

/** The execution of one kind of row. Links are `next` and `otherwise`, unless the kind names others. */
export interface RowKind<Kind extends StepRow['kind']> {
  turn: Turn;
  /** Executes one statement for all customers who are due at such steps. Those at steps that write are moved on afterwards. */
  execute(tick: Tick, due: Due): Promise<unknown>;
  /** The row's columns of the table `step`, by name. */
  columns?(row: RowOf<Kind>): Record<string, Value>;
  /** The row's rows of the table `arm`, `next` being the id of a step. */
  arms?(row: RowOf<Kind>): { arm: string; control: boolean; low: number; high: number; next: Next }[];
  /** The ids of the steps that follow at once if the customer cannot go on by `next`, the nearest first. `byId`: the campaign's rows. */
  fallbacks?(row: RowOf<Kind>, byId: ReadonlyMap<string, StepRow>): string[];
  /** The row with its own links led to other ids; `next` and `otherwise` are led there already. */
  relink?(row: RowOf<Kind>, to: (id: Next) => Next): RowOf<Kind>;
  /** The steps to which the row leads, where these are not `next` and `otherwise`. */
  links?(row: RowOf<Kind>): Next[];
  /** The branches between which the step chooses, by the names that coverage gives them. */
  branches?(row: RowOf<Kind>): { way: string; to: Next }[];
  /** The attributes of customers that the step writes. */
  writes?(row: RowOf<Kind>): string[];
  /** The inboxes whose rows let customers go on who wait at the step. */
  inboxes?(row: RowOf<Kind>): string[];
  /** Lets customers go on for whom this tick has brought what they wait for at such steps, before anything advances. */
  notice?(tick: Tick): Promise<void>;
  /** True if a customer whose time of waiting is over goes to `otherwise`. */
  awaits?: true;
  /** True if the end of the waiting is an instant of the clock: it is computed again when the clock is set back. */
  byClock?: true;
  /** The condition on a step `s` that a customer who begins to wait there may go on in the same tick. */
  brief?: string;
}

/** The branches of a step with two sides; none where both are empty. */
export function thenElse({ next, otherwise }: { next: Next; otherwise: Next }): { way: string; to: Next }[] {
  if (next === otherwise) return [];
  return [
    { way: 'then', to: next },
    { way: 'else', to: otherwise },
  ];
}
