import type { Step } from '../model/campaign.ts';
import { listsIn } from './journey.ts';

/** Returns the least time after the start with which somebody may come to each step, in milliseconds, by its id. */
export function arrivals(steps: Step[]): Map<string, number> {
  const found = new Map<string, number>();
  walk(steps, 0, found);
  return found;
}

/** Returns the least time with which somebody comes to the end of the steps; infinite where nobody does. */
function walk(steps: Step[], start: number, found: Map<string, number>): number {
  let now = start;
  for (const step of steps) {
    found.set(step.id, now);
    now = after(step, now, found);
  }
  return now;
}

function after(step: Step, now: number, found: Map<string, number>): number {
  if (step.kind === 'wait') return now + step.ms;
  if (step.kind === 'exit') return Number.POSITIVE_INFINITY;
  if (step.kind === 'await') return Math.min(walk(step.then, now, found), walk(step.else, now + step.within, found));
  const ways =
    step.kind === 'split' ? step.arms.filter(({ control }) => !control).map((arm) => arm.steps) : listsIn(step);
  return ways.length === 0 ? now : Math.min(...ways.map((way) => walk(way, now, found)));
}
