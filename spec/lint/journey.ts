import { branchesOf, everyStep, sentBy, stepKind } from '../constructs/steps/index.ts';
import type { Branch, Sent } from '../constructs/steps/step.ts';
import type { Campaign, Step } from '../model/campaign.ts';
import type { Channel, Model } from '../model/model.ts';
import type { Definitions } from './truth/read.ts';

/** Returns the messages that a step itself may send to the customer: a cascade sends one of several. */
export function messagesOf(step: Step): Sent[] {
  return stepKind(step).carries === 'message' ? sentBy(step) : [];
}

/** The branches of a step whose customers go on. */
export function openBranches(step: Step): Branch[] {
  return branchesOf(step).filter(({ control }) => !control);
}

/** The changes of a state from step to step. */
export interface Course<State> {
  /** Returns the state behind a step itself, before its branches. */
  after(step: Step, state: State): State;
  /** Returns the state at the beginning of a branch; absent: the same. */
  enter?(branch: Branch, state: State): State;
  /** Returns the state behind the branches. `ends`: of those whose end is reached. */
  join(ends: State[], state: State, step: Step): State;
}

/** Returns the state at the end of the steps; null: nobody gets there. */
export function follow<State>(steps: Step[], start: State, course: Course<State>): State | null {
  let state = start;
  for (const step of steps) {
    state = course.after(step, state);
    if (stepKind(step).leaves) return null;
    const branches = openBranches(step);
    if (branches.length === 0) continue;
    const ends = branches
      .map((branch) => follow(branch.steps, course.enter ? course.enter(branch, state) : state, course))
      .filter((end) => end !== null);
    if (ends.length === 0) return null;
    state = course.join(ends, state, step);
  }
  return state;
}

/** Marketing campaigns that write to anybody. */
export function marketingOf(model: Model): Campaign[] {
  return model.campaigns.filter(
    ({ category, steps }) => category === 'marketing' && everyStep(steps).some((step) => messagesOf(step).length > 0),
  );
}

export function channelsByName(model: Model): ReadonlyMap<string, Channel> {
  return new Map(model.channels.map((channel) => [channel.name, channel]));
}

/** The conditions of the segments that have one. */
export function conditionsOf(model: Model): Definitions {
  return new Map(model.segments.flatMap((segment) => ('where' in segment ? [[segment.name, segment.where]] : [])));
}
