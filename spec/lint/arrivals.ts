import { stepKind } from '../constructs/steps/index.ts';
import type { Step } from '../model/campaign.ts';
import { openBranches } from './journey.ts';

/** Returns the least time after the start with which a customer may reach each step, in milliseconds, by its id. */
export function arrivals(steps: Step[]): Map<string, number> {
  const found = new Map<string, number>();
  walk(steps, 0, found);
  return found;
}

/** Returns the least time with which a customer reaches the end of the steps; infinite where nobody does. */
function walk(steps: Step[], start: number, found: Map<string, number>): number {
  let now = start;
  for (const step of steps) {
    found.set(step.id, now);
    now = after(step, now, found);
  }
  return now;
}

function after(step: Step, start: number, found: Map<string, number>): number {
  const kind = stepKind(step);
  if (kind.leaves) return Number.POSITIVE_INFINITY;
  const now = start + (kind.time?.(step).least ?? 0);
  const branches = openBranches(step);
  if (branches.length === 0) return now;
  return Math.min(...branches.map((branch) => walk(branch.steps, now + (branch.after ?? 0), found)));
}
