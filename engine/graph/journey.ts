import { whenLines } from '../../spec/constructs/event-match.ts';
import { printExpression } from '../../spec/expression/print.ts';
import type { Await, Campaign, If, Split, Step } from '../../spec/model/campaign.ts';
import type { Channel } from '../../spec/model/model.ts';
import { duration } from '../../spec/words/many.ts';
import { percent } from '../../spec/words/printing.ts';
import { t } from '../../spec/words/t.ts';
import { drawCascade } from './cascade.ts';
import type { Graph } from './graph.ts';
import { type Loose, Pen } from './pen.ts';
import { entryLines, untilText } from './words.ts';

/** `prefix`: of the nodes' ids, so that several graphs can stand in one picture. */
export function journeyGraph(campaign: Campaign, channels: Channel[], prefix = 'n'): Graph {
  const pen = new Pen(prefix);
  const { name, title = name, goal, exit } = campaign;
  const entry = pen.node('entry', title, entryLines(campaign));
  const last = drawSteps(campaign.steps, [{ from: entry }], { campaign, pen, channels });
  if (last.length > 0) pen.lead(last, pen.node('end', t`completed`));
  if (goal) {
    const value = goal.value ? [t`worth ${printExpression(goal.value)}`] : [];
    const within = t`within ${duration(goal.within)}`;
    const node = pen.node('goal', t`leaves: goal ${goal.event}`, [...whenLines(goal), within, ...value]);
    pen.lead([{ from: entry, anytime: true }], node);
  }
  if (exit.length > 0) {
    const matches = exit.flatMap((match) => [t`on ${match.event}`, ...whenLines(match)]);
    pen.lead([{ from: entry, anytime: true }], pen.node('end', t`leaves at any time`, matches));
  }
  return { campaign: name, title, nodes: pen.nodes, edges: pen.edges };
}

interface Drawing {
  campaign: Campaign;
  pen: Pen;
  channels: Channel[];
}

/** Draws steps one after the other; returns the ends that lead to whatever follows. */
function drawSteps(steps: Step[], before: Loose[], drawing: Drawing): Loose[] {
  return steps.reduce((ends, step) => drawStep(step, ends, drawing), before);
}

function drawStep(step: Step, before: Loose[], drawing: Drawing): Loose[] {
  const { pen, channels } = drawing;
  const { id } = step;
  switch (step.kind) {
    case 'wait':
      return pen.pass(before, pen.node('wait', t`wait ${duration(step.ms)}`, [], id));
    case 'until':
      return pen.pass(before, pen.node('wait', untilText(step), [t`customer’s time`], id));
    case 'send':
      return pen.pass(before, pen.node('message', step.channel, [step.template], id));
    case 'task':
      return pen.pass(before, pen.node('notice', t`task for ${step.channel}`, [step.template], id));
    case 'webhook':
      return pen.pass(before, pen.node('notice', t`webhook ${step.channel}`, some(step.fields.join(', ')), id));
    case 'set': {
      const values = step.values.map(({ attribute, value }) => `${attribute} = ${printExpression(value)}`);
      return pen.pass(before, pen.node('change', t`set`, values, id));
    }
    case 'add':
      return pen.pass(before, pen.node('change', t`add to ${step.segment}`, [], id));
    case 'remove':
      return pen.pass(before, pen.node('change', t`remove from ${step.segment}`, [], id));
    case 'exit':
      pen.lead(before, pen.node('end', t`leaves: ${step.reason}`, [], id));
      return [];
    case 'cascade':
      return drawCascade(step, before, pen, channels);
    case 'split':
      return drawSplit(step, before, drawing);
    case 'if': {
      const node = pen.node('choice', t`if`, [printExpression(step.condition)], id);
      return fork(step, node, [t`yes`, t`no`], before, drawing);
    }
    case 'await': {
      const details = [...whenLines(step), within(step), ...endLines(step, drawing.campaign)];
      const node = pen.node('choice', t`wait for ${step.event}`, details, id);
      return fork(step, node, [t`it came`, t`not within ${duration(step.within)}`], before, drawing);
    }
  }
}

function fork(step: If | Await, node: string, labels: [string, string], before: Loose[], drawing: Drawing): Loose[] {
  drawing.pen.lead(before, node);
  return [
    ...drawSteps(step.then, [{ from: node, label: labels[0] }], drawing),
    ...drawSteps(step.else, [{ from: node, label: labels[1] }], drawing),
  ];
}

function drawSplit({ id, arms, sticky }: Split, before: Loose[], drawing: Drawing): Loose[] {
  const { pen } = drawing;
  const node = pen.node('choice', t`split ${id}`, sticky === false ? [t`drawn anew each time`] : [], id);
  pen.lead(before, node);
  return arms.flatMap((arm) => {
    const way = [{ from: node, label: `${arm.name} ${percent(arm.share)}` }];
    if (!arm.control) return drawSteps(arm.steps, way, drawing);
    pen.lead(way, pen.node('end', t`leaves: ${'control'}`, [t`gets nothing`]));
    return [];
  });
}

/** Returns a line where the event that is waited for may end the journey before. */
function endLines({ event }: Await, { goal, exit }: Campaign): string[] {
  if (exit.some((match) => match.event === event)) return [t`${event} is an exit too, which counts first`];
  return goal?.event === event ? [t`${event} is the goal too, which counts first`] : [];
}

function within(step: Await): string {
  return t`within ${duration(step.within)}`;
}

function some(text: string): string[] {
  return text === '' ? [] : [text];
}
