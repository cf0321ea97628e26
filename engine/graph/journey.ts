import { printDuration } from '../../spec/expression/durations.ts';
import { printExpression } from '../../spec/expression/print.ts';
import type { Await, Campaign, If, Split, Step } from '../../spec/model/campaign.ts';
import type { Channel } from '../../spec/model/model.ts';
import { drawCascade } from './cascade.ts';
import type { Graph } from './graph.ts';
import { type Loose, Pen } from './pen.ts';
import { entryLines, matchLines, percent, untilText } from './words.ts';

/** `prefix`: of the nodes' ids, so that several graphs can stand in one picture. */
export function journeyGraph(campaign: Campaign, channels: Channel[], prefix = 'n'): Graph {
  const pen = new Pen(prefix);
  const { name, title = name, goal, exit } = campaign;
  const entry = pen.node('entry', title, entryLines(campaign));
  const last = drawSteps(campaign.steps, [{ from: entry }], { campaign, pen, channels });
  if (last.length > 0) pen.lead(last, pen.node('end', 'completed'));
  if (goal) {
    const value = goal.value ? [`worth ${printExpression(goal.value)}`] : [];
    const within = `within ${printDuration(goal.within)}`;
    const node = pen.node('goal', `leaves: goal ${goal.event}`, [...whenLines(goal), within, ...value]);
    pen.lead([{ from: entry, anytime: true }], node);
  }
  if (exit.length > 0) {
    const matches = exit.flatMap((match) => matchLines('on', match));
    pen.lead([{ from: entry, anytime: true }], pen.node('end', 'leaves at any time', matches));
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
      return pen.pass(before, pen.node('wait', `wait ${printDuration(step.ms)}`, [], id));
    case 'until':
      return pen.pass(before, pen.node('wait', untilText(step), ['customer’s time'], id));
    case 'send':
      return pen.pass(before, pen.node('message', step.channel, [step.template], id));
    case 'task':
      return pen.pass(before, pen.node('notice', `task for ${step.channel}`, [step.template], id));
    case 'webhook':
      return pen.pass(before, pen.node('notice', `webhook ${step.channel}`, some(step.fields.join(', ')), id));
    case 'set': {
      const values = step.values.map(({ attribute, value }) => `${attribute} = ${printExpression(value)}`);
      return pen.pass(before, pen.node('change', 'set', values, id));
    }
    case 'add':
      return pen.pass(before, pen.node('change', `add to ${step.segment}`, [], id));
    case 'remove':
      return pen.pass(before, pen.node('change', `remove from ${step.segment}`, [], id));
    case 'exit':
      pen.lead(before, pen.node('end', `leaves: ${step.reason}`, [], id));
      return [];
    case 'cascade':
      return drawCascade(step, before, pen, channels);
    case 'split':
      return drawSplit(step, before, drawing);
    case 'if': {
      const node = pen.node('choice', 'if', [printExpression(step.condition)], id);
      return fork(step, node, ['yes', 'no'], before, drawing);
    }
    case 'await': {
      const details = [...whenLines(step), within(step), ...endLines(step, drawing.campaign)];
      const node = pen.node('choice', `wait for ${step.event}`, details, id);
      return fork(step, node, ['it came', `not ${within(step)}`], before, drawing);
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
  const node = pen.node('choice', `split ${id}`, sticky === false ? ['drawn anew each time'] : [], id);
  pen.lead(before, node);
  return arms.flatMap((arm) => {
    const way = [{ from: node, label: `${arm.name} ${percent(arm.share)}` }];
    if (!arm.control) return drawSteps(arm.steps, way, drawing);
    pen.lead(way, pen.node('end', 'leaves: control', ['gets nothing']));
    return [];
  });
}

function whenLines(match: Parameters<typeof matchLines>[1]): string[] {
  return matchLines('', match).slice(1);
}

/** Returns a line where the event that is waited for may end the journey before. */
function endLines({ event }: Await, { goal, exit }: Campaign): string[] {
  if (exit.some((match) => match.event === event)) return [`${event} is an exit too, which counts first`];
  return goal?.event === event ? [`${event} is the goal too, which counts first`] : [];
}

function within(step: Await): string {
  return `within ${printDuration(step.within)}`;
}

function some(text: string): string[] {
  return text === '' ? [] : [text];
}
