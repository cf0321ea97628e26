import { canonical } from '../program/hash.ts';
import type { StepRow } from '../program/program.ts';
import { relinked } from '../tick/steps/index.ts';

/** The worth of a pair of steps: pairs that do the same are preferred to those that are only of one kind. */
const same = 1_000;
const alike = 1;

/** Pairs the steps that correspond to each other, in the order of both lists, as many as possible. */
export function aligned(steps: StepRow[], old: StepRow[]): [StepRow, StepRow][] {
  const ours = steps.map(doing);
  const theirs = old.map(doing);
  const [stages, oldStages] = [steps.map(stageOf), old.map(stageOf)];
  const [kinds, oldKinds] = [steps.map(kindOf), old.map(kindOf)];
  const exchanged = (i: number, j: number) => {
    const [own, other] = [stages[i], oldStages[j]];
    return own !== other && ((own && oldStages.includes(own)) || (other && stages.includes(other)));
  };
  const worth = (i: number, j: number) => {
    if (ours[i] === theirs[j]) return same;
    return kinds[i] === oldKinds[j] && !exchanged(i, j) ? alike : 0;
  };
  // best[i][j]: of the steps from i and the old ones from j on.
  const best = Array.from({ length: steps.length + 1 }, () => new Array<number>(old.length + 1).fill(0));
  const at = (i: number, j: number) => best[i]?.[j] ?? 0;
  for (let i = steps.length - 1; i >= 0; i--) {
    for (let j = old.length - 1; j >= 0; j--) {
      const row = best[i];
      if (row) row[j] = Math.max(at(i + 1, j), at(i, j + 1), worth(i, j) > 0 ? worth(i, j) + at(i + 1, j + 1) : 0);
    }
  }
  const pairs: [StepRow, StepRow][] = [];
  for (let i = 0, j = 0; i < steps.length && j < old.length; ) {
    const [step, earlier] = [steps[i], old[j]];
    if (step && earlier && worth(i, j) > 0 && at(i, j) === worth(i, j) + at(i + 1, j + 1)) {
      pairs.push([step, earlier]);
      i++;
      j++;
    } else if (at(i, j) === at(i + 1, j)) i++;
    else j++;
  }
  return pairs;
}

/** Returns what a step must have in common with the one that it continues: of a send with variants, its parts are nothing else. */
function kindOf(step: StepRow): string {
  const variant = step.kind === 'send' ? step.among : step.kind === 'split' ? step.template : undefined;
  return variant === undefined ? step.kind : `${step.kind} of variants`;
}

/** Returns the name of a stage in its cascade, which is that of its channel: one that has changed places is not the other. */
function stageOf(step: StepRow): string | undefined {
  if (step.kind !== 'send') return undefined;
  const name = step.id.slice(step.id.lastIndexOf('.') + 1);
  return name === step.channel || name.startsWith(`${step.channel}-`) ? name : undefined;
}

/** Returns the work of a step without its name, its draw and the steps that it leads to. */
function doing(step: StepRow): string {
  return canonical({ ...relinked(step, () => ''), salt: '', key: '' });
}
