import type * as written from '../../document/document.generated.ts';
import { clause, form, type Items, type Part, type Step as StepForm } from '../../document/forms.ts';
import type { Loose } from '../../document/loose.ts';
import type { Place } from '../../document/place.ts';
import type { Campaign, Category, EventMatch, Goal, Step, WaitUntil } from '../../model/campaign.ts';
import type { Carried } from '../../model/channel-kinds.ts';
import type { Expression } from '../../model/expression.ts';
import type { Context, EventScope } from '../context.ts';
import type { StepIds } from './ids.ts';

export type KindOfStep = Step['kind'];
export type StepOf<Kind extends KindOfStep> = Step & { kind: Kind };

export type Written = Loose<written.Step>;

/** The facts that the steps of a campaign share while they are read. */
export interface Walk {
  context: Context;
  campaign: string;
  category: Category;
  event: EventScope;
  /** Absent: the campaign has none. */
  goal?: Goal;
  ids: StepIds;
  /** Reads a list of steps. `prefix`: of derived ids, with its point. */
  list(steps: (Written | undefined)[], place: Place, prefix: string): Step[];
}

/** Writes the steps of a branch by its name. */
export type WriteBranch = (steps: Step[], branch: string) => written.Step[];

/** A list of steps inside a step. */
export interface Branch {
  /** A part of derived ids. */
  name: string;
  steps: Step[];
  /** True if it gets nothing and leaves. */
  control?: boolean;
  /** It holds for everybody who takes the branch. */
  condition?: Expression;
  /** The milliseconds that pass before the branch is taken. */
  after?: number;
}

/** Milliseconds that pass at a step, and what the customer's clock shows then; no clock: any time. */
export interface Time {
  least: number;
  most: number;
  clock?: Pick<WaitUntil, 'minuteOfDay' | 'weekdays'>;
}

export interface Sent {
  /** The id of the step, or of the stage of a cascade. */
  id: string;
  channel: string;
  /** Absent for a webhook. */
  template?: string;
}

export type Shape = 'wait' | 'message' | 'choice' | 'change' | 'notice' | 'end';

/** A step in a graph, in words for people. */
export interface Picture {
  shape: Shape;
  title: string;
  /** Conditions and the like, one each. */
  details?: string[];
  /** The labels of the branches, in their order. */
  labels?: string[];
}

/** The lists of steps that a statement of the DSL may hold. */
export interface StepLists {
  steps: Items;
  /** The same behind `else`, where `if` may follow without braces. */
  otherwise: Items;
}

/** A kind of step in the language. */
export interface StepKind<S extends Step> {
  /** The first key of the step in files. */
  word: string;
  /** Returns true if a step with the word is of this kind; absent: every one is. */
  is?(step: Written): boolean;
  /** Its statement in the DSL; absent where another kind with the same word has it. */
  form?(lists: StepLists): StepForm;
  /** Begins derived ids; absent: the kind does. */
  idWord?: string;
  /** An id inside the value of the word. */
  innerId?(step: Written): string | undefined;
  /** Reads a step; undefined where it is wrong and reported. `place`: of the whole step. */
  build(step: Written, place: Place, walk: Walk, id: string): S | undefined;
  /** `id`: the key, where it is not derived. */
  write(step: S, id: { id?: string }, list: WriteBranch): written.Step;
  picture(step: S, campaign: Campaign): Picture;
  /** Its lists of steps, in the order in which they are written. */
  branches?(step: S): Branch[];
  /** Names a branch of the step with that id, for reports on tests. */
  branchWords?(step: string, branch: string): string;
  /** The reason with which everybody leaves here. */
  leaves?(step: S): string;
  time?(step: S): Time;
  /** The event that it waits for. */
  match?(step: S): EventMatch;
  /** The segment that it changes. */
  segment?(step: S): string;
  /** The kind of thing that leaves by the channels of the step. */
  carries?: Carried;
  /** Returns the messages of the step; a customer gets one of several. */
  sends?(step: S): Sent[];
}

export const id = clause('as', 'name', 'id');

/** A step in the DSL, begun by its word. */
export const stepForm = (word: string, parts: () => Part[]): StepForm => ({
  word,
  form: form(`${word}_step`, `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word} step`, parts),
});
