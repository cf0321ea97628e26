import type * as written from '../../document/document.generated.ts';
import { printExpression } from '../../expression/print.ts';
import type { Arm, Await, Cascade, CascadeStage, Step } from '../../model/campaign.ts';
import type { Expression } from '../../model/expression.ts';
import { printDuration } from '../../words/durations.ts';
import { clockTime, percent } from '../../words/printing.ts';

/** Steps as written; `prefix`: of ids that are derived, which are not written. */
export function writtenSteps(steps: Step[], prefix = ''): written.Step[] {
  return steps.map((step, index) => writtenStep(step, `${prefix}${kindOf(step)}-${index + 1}`));
}

/** The word of a step is not always its kind. */
function kindOf({ kind }: Step): string {
  return kind === 'until' || kind === 'await' ? 'wait' : kind;
}

function writtenStep(step: Step, derived: string): written.Step {
  const id = step.id === derived ? {} : { id: step.id };
  switch (step.kind) {
    case 'wait':
      return { ...id, wait: printDuration(step.ms) };
    case 'until':
      return { ...id, wait: { until: clockTime(step) } };
    case 'await':
      return { ...id, ...writtenAwait(step) };
    case 'send':
      return { ...id, send: { [step.channel]: step.template } };
    case 'cascade':
      return { ...id, cascade: writtenCascade(step) };
    case 'split':
      return {
        split: {
          ...id,
          ...(step.sticky === false && { sticky: false }),
          arms: Object.fromEntries(step.arms.map((arm) => [arm.name, writtenArm(arm, step.id)])),
        },
      };
    case 'if': {
      const then = writtenSteps(step.then, `${step.id}.then.`);
      const otherwise = writtenSteps(step.else, `${step.id}.else.`);
      return {
        ...id,
        if: printExpression(step.condition),
        then,
        ...(otherwise.length > 0 && { else: otherwise }),
      };
    }
    case 'set':
      return {
        ...id,
        set: Object.fromEntries(step.values.map(({ attribute, value }) => [attribute, newValue(value)])),
      };
    case 'add':
      return { ...id, add_to: step.segment };
    case 'remove':
      return { ...id, remove_from: step.segment };
    case 'webhook':
      return { ...id, webhook: { [step.channel]: step.fields } };
    case 'task':
      return { ...id, task: { [step.channel]: step.template } };
    case 'exit':
      return { ...id, exit: step.reason === 'exit' ? null : step.reason };
  }
}

function writtenAwait({ id, event, when, within, then, else: otherwise }: Await): written.WaitStep {
  return {
    wait: { event, ...(when && { when: printExpression(when) }), within: printDuration(within) },
    ...(then.length > 0 && { then: writtenSteps(then, `${id}.then.`) }),
    ...(otherwise.length > 0 && { else: writtenSteps(otherwise, `${id}.else.`) }),
  };
}

/** A text is written as it is; what looks like a number is one, unless it is a text. */
function newValue(value: Expression): string | number | boolean {
  if (value.kind !== 'literal') return printExpression(value);
  if (value.type === 'string' || typeof value.value === 'boolean') return value.value;
  const text = printExpression(value);
  return String(Number(text)) === text ? Number(text) : text;
}

function writtenCascade({ order, stages }: Cascade): written.Cascade {
  const list = stages.map(writtenStage);
  return order ? { order, stages: list } : list;
}

function writtenStage({ channel, template, until, within }: CascadeStage): written.Stage {
  return {
    [channel]: template,
    ...(until !== undefined && { until }),
    ...(within !== undefined && { within: printDuration(within) }),
  } as written.Stage;
}

function writtenArm({ name, share, control, steps }: Arm, split: string): written.Arm {
  return {
    share: percent(share),
    ...(control !== (name === 'control') && { control }),
    ...(steps.length > 0 && { steps: writtenSteps(steps, `${split}.${name}.`) }),
  };
}
