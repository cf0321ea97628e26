import { printDuration } from '../expression/durations.ts';
import { printExpression } from '../expression/print.ts';
import type { Arm, CascadeStage, Step } from '../model/campaign.ts';
import type * as written from '../source/document.generated.ts';
import { percent, timeOfDay } from './written-values.ts';

/** Steps as written; `prefix`: of ids that are derived, which are not written. */
export function writtenSteps(steps: Step[], prefix = ''): written.Step[] {
  return steps.map((step, index) => writtenStep(step, `${prefix}${kindOf(step)}-${index + 1}`));
}

/** The word of a step is not always its kind. */
function kindOf({ kind }: Step): string {
  return kind === 'until' ? 'wait' : kind;
}

function writtenStep(step: Step, derived: string): written.Step {
  const id = step.id === derived ? {} : { id: step.id };
  switch (step.kind) {
    case 'wait':
      return { ...id, wait: printDuration(step.ms) };
    case 'until':
      return { ...id, wait: { until: timeOfDay(step.minuteOfDay) } };
    case 'send':
      return { ...id, send: { [step.channel]: step.template } };
    case 'cascade':
      return { ...id, cascade: step.stages.map(writtenStage) };
    case 'split':
      return {
        split: { ...id, arms: Object.fromEntries(step.arms.map((arm) => [arm.name, writtenArm(arm, step.id)])) },
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
    case 'exit':
      return { ...id, exit: step.reason === 'exit' ? null : step.reason };
  }
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
