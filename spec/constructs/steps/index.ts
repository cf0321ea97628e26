import type * as written from '../../document/document.generated.ts';
import type { Items } from '../../document/forms.ts';
import type { Place } from '../../document/place.ts';
import type { Step } from '../../model/campaign.ts';
import { t } from '../../words/t.ts';
import { awaiting } from './await.ts';
import { cascade } from './cascade.ts';
import { exit } from './exit.ts';
import { choice } from './if.ts';
import { add, remove } from './listing.ts';
import { send } from './send.ts';
import { set } from './set.ts';
import { split } from './split.ts';
import type { Branch, KindOfStep, Sent, StepKind, StepOf, Walk, Written } from './step.ts';
import { task } from './task.ts';
import { until } from './until.ts';
import { wait } from './wait.ts';
import { webhook } from './webhook.ts';

/** Every kind of step, in the order of the DSL's grammar. */
const kinds: { readonly [Kind in KindOfStep]: StepKind<StepOf<Kind>> } = {
  wait,
  until,
  await: awaiting,
  send,
  cascade,
  split,
  if: choice,
  set,
  add,
  remove,
  webhook,
  task,
  exit,
};

export function stepKind({ kind }: Pick<Step, 'kind'>): StepKind<Step> {
  return kinds[kind];
}

/** The words with which derived ids begin. */
export const idWords: ReadonlySet<string> = new Set(Object.entries(kinds).map(([kind, { idWord }]) => idWord ?? kind));

/** The steps of a journey in the DSL. */
export const stepsForm: Items = { kind: 'items', name: 'steps', title: 'a list of steps', of: () => forms };
const otherwise: Items = { ...stepsForm, name: 'otherwise' };
const lists = { steps: stepsForm, otherwise };
const forms = Object.values(kinds).flatMap((kind) => kind.form?.(lists) ?? []);
const elseIf = forms.find(({ word }) => word === choice.word);
if (elseIf) otherwise.or = elseIf;

/** Reads the steps of a campaign. */
export function buildSteps(steps: (Written | undefined)[], place: Place, journey: Omit<Walk, 'list'>): Step[] {
  const walk: Walk = { ...journey, list: (inner, at, prefix) => buildList(inner, at, walk, prefix) };
  return walk.list(steps, place, '');
}

/** `prefix`: of derived ids, with its point. Ids given in the list are claimed first, so that a clash is theirs. */
function buildList(steps: (Written | undefined)[], place: Place, walk: Walk, prefix: string): Step[] {
  const built: Step[] = [];
  let ended = false;
  steps.forEach((step, index) => {
    const at = place.at(index);
    if (ended) {
      const help = t`The step before it ends the journey on every way: remove one of the two.`;
      walk.context.report.error('CRM4012', at.key, t`This step can never be reached`, help);
      ended = false;
    }
    const result = step && buildStep(step, at, walk, prefix, index + 1);
    if (!result) return;
    walk.context.origins[`campaign.${walk.campaign}.${result.id}`] = at.key;
    built.push(result);
    if (ends(result) && index < steps.length - 1) ended = true;
  });
  return built;
}

function buildStep(step: Written, place: Place, walk: Walk, prefix: string, position: number): Step | undefined {
  const found = Object.entries(kinds).find(([, { word, is }]) => word in step && (!is || is(step)));
  if (!found) return undefined;
  const [name, kind]: [string, StepKind<Step>] = found;
  const derived = kind.idWord ?? name;
  return kind.build(step, place, walk, stepId(step, kind, place, walk, derived, `${prefix}${derived}-${position}`));
}

function stepId(
  step: Written,
  { word, innerId }: StepKind<Step>,
  place: Place,
  { ids, context }: Walk,
  name: string,
  derived: string,
): string {
  const inner = innerId?.(step);
  const at = place.at(word, 'id');
  if (step.id !== undefined && inner !== undefined)
    context.report.error('CRM4013', at.value, t`The ${name} step has two ids`, t`Keep one of the two.`);
  if (step.id !== undefined) return ids.given(step.id, place.at('id'));
  return inner === undefined ? ids.derived(derived, place) : ids.given(inner, at);
}

/** Steps as written. `prefix`: of ids that are derived, which are not written. */
export function writtenSteps(steps: Step[], prefix = ''): written.Step[] {
  return steps.map((step, index) => {
    const kind = stepKind(step);
    const id = step.id === `${prefix}${kind.idWord ?? step.kind}-${index + 1}` ? {} : { id: step.id };
    return kind.write(step, id, (inner, branch) => writtenSteps(inner, `${step.id}.${branch}.`));
  });
}

/** The lists of steps inside a step. */
export function branchesOf(step: Step): Branch[] {
  return stepKind(step).branches?.(step) ?? [];
}

/** Every step of a list and of the lists inside, in the order in which they are written. */
export function* everyStep(steps: Step[]): Generator<Step> {
  for (const step of steps) {
    yield step;
    for (const branch of branchesOf(step)) yield* everyStep(branch.steps);
  }
}

/** Every step that has a place of its own in files: the variants of a send have none. */
export function* everyWritten(steps: Step[]): Generator<Step> {
  for (const step of steps) {
    yield step;
    if (step.kind !== 'send') for (const branch of branchesOf(step)) yield* everyWritten(branch.steps);
  }
}

/** Returns true if nobody goes on after the step. */
export function ends(step: Step): boolean {
  if (stepKind(step).leaves) return true;
  const branches = branchesOf(step);
  return branches.length > 0 && branches.every(({ control, steps }) => control || steps.some(ends));
}

/** Returns what leaves by the channels of a step. */
export function sentBy(step: Step): Sent[] {
  return stepKind(step).sends?.(step) ?? [];
}

/** Names a branch for reports on tests. `kind`: of the step, as the Program has it. */
export function branchWords(kind: string, step: string, branch: string): string {
  const found = Object.entries(kinds).find(([name]) => name === kind)?.[1];
  return found?.branchWords?.(step, branch) ?? branch;
}
