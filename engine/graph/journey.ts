import { whenLines } from '../../spec/constructs/event-match.ts';
import { branchesOf, stepKind } from '../../spec/constructs/steps/index.ts';
import { triggerKind, usualReentry } from '../../spec/constructs/triggers/index.ts';
import { printExpression } from '../../spec/expression/print.ts';
import type { Campaign, Step } from '../../spec/model/campaign.ts';
import type { Channel } from '../../spec/model/model.ts';
import { duration } from '../../spec/words/many.ts';
import { t } from '../../spec/words/t.ts';
import { drawCascade } from './cascade.ts';
import type { Graph } from './graph.ts';
import { type Loose, Pen } from './graph.ts';

/** `prefix`: of the nodes' ids, so that one picture can hold several graphs. */
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
  const { pen, channels, campaign } = drawing;
  // A cascade is drawn as what it does: its stages are nodes of their own.
  if (step.kind === 'cascade') return drawCascade(step, before, pen, channels);
  const kind = stepKind(step);
  const { shape, title, details, labels } = kind.picture(step, campaign);
  const node = pen.node(shape, title, details, step.id);
  pen.lead(before, node);
  if (kind.leaves) return [];
  const branches = branchesOf(step);
  if (branches.length === 0) return [{ from: node }];
  return branches.flatMap(({ steps, control }, i) => {
    const label = labels?.[i];
    const from = [{ from: node, ...(label !== undefined && { label }) }];
    if (!control) return drawSteps(steps, from, drawing);
    pen.lead(from, pen.node('end', t`leaves: ${'control'}`, [t`gets nothing`]));
    return [];
  });
}

/** Returns the trigger of a campaign and its conditions: a line each. */
function entryLines(campaign: Campaign): string[] {
  const { on, audience, reenter } = campaign;
  return [
    ...triggerKind(on).lines(on),
    ...(audience ? [t`for ${printExpression(audience)}`] : []),
    ...(reenter.kind === 'always' && usualReentry(on).kind === 'never' ? [t`again each time`] : []),
    ...(reenter.kind === 'never' && usualReentry(on).kind === 'always' ? [t`once only`] : []),
    ...(reenter.kind === 'after' ? [t`again after ${duration(reenter.ms)}`] : []),
  ];
}
