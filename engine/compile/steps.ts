import type { Cascade, Split, Step } from '../../spec/model/campaign.ts';
import type { ArmRow, Next, SendRow, StepRow } from './program.ts';
import { compileQuery, type Segments } from './query.ts';

interface Context {
  campaign: string;
  segments: Segments;
  rows: StepRow[];
}

/** Flattens nested steps into rows linked by id. `after`: where the last of them leads. Returns the first one's id. */
export function flatten(steps: Step[], after: Next, context: Context): Next {
  let next = after;
  for (const step of steps.toReversed()) next = row(step, next, context);
  return next;
}

function row(step: Step, next: Next, context: Context): Next {
  const { rows, segments } = context;
  switch (step.kind) {
    case 'wait':
      rows.unshift({ id: step.id, kind: 'wait', ms: step.ms, next });
      return step.id;
    case 'until':
      rows.unshift({ id: step.id, kind: 'until', minuteOfDay: step.minuteOfDay, next });
      return step.id;
    case 'send':
      rows.unshift({
        id: step.id,
        kind: 'send',
        channel: step.channel,
        template: step.template,
        next,
        otherwise: next,
      });
      return step.id;
    case 'cascade':
      return cascade(step, next, rows);
    case 'split':
      return split(step, next, context);
    case 'if': {
      const otherwise = flatten(step.else, next, context);
      const then = flatten(step.then, next, context);
      rows.unshift({
        id: step.id,
        kind: 'if',
        condition: compileQuery(step.condition, segments),
        next: then,
        otherwise,
      });
      return step.id;
    }
    case 'exit':
      rows.unshift({ id: step.id, kind: 'exit', reason: step.reason });
      return step.id;
  }
}

function cascade(step: Cascade, after: Next, rows: StepRow[]): Next {
  let otherwise = after;
  for (const stage of step.stages.toReversed()) {
    const { id, channel, template, until, within } = stage;
    const send: SendRow = { id, kind: 'send', channel, template, next: after, otherwise };
    rows.unshift(until && within ? { ...send, until, within } : send);
    otherwise = id;
  }
  return otherwise;
}

/** The salt names campaign and step, so that experiments are independent of each other. */
function split(step: Split, after: Next, context: Context): Next {
  let reached = 0;
  const arms = step.arms.map((arm): ArmRow => {
    const from = reached / 10_000;
    reached += arm.share;
    return { name: arm.name, control: arm.control, from, to: reached / 10_000, next: null };
  });
  for (const [i, arm] of [...step.arms.entries()].toReversed()) {
    const compiled = arms[i];
    if (compiled && !arm.control) compiled.next = flatten(arm.steps, after, context);
  }
  context.rows.unshift({ id: step.id, kind: 'split', salt: `${context.campaign}/${step.id}`, arms });
  return step.id;
}
