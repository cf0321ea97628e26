import type { Arm, Cascade, CascadeStage, DrawnVariant, Send, Step } from '../../spec/model/campaign.ts';
import type { Model } from '../../spec/model/model.ts';

/** A place in a journey: a step, or a stage of a cascade, and what follows. */
export interface Spot {
  id: string;
  step: Step;
  /** The id of the send, if it is one of its variants. */
  whole?: string;
  /** The stage, if it is one, with its cascade. */
  stage?: CascadeStage;
  cascade?: Spot;
  /** The stages of a cascade. */
  stages?: Spot[];
  /** Absent: the journey is completed. */
  next?: Spot;
  /** The spot to which a refused or unanswered message leads. */
  otherwise?: Spot;
  /** By `then` and `else`, by arm, or by variant. */
  ways: Map<string, Spot | undefined>;
}

type Prices = (channel: string) => number;

/** Links a campaign's steps; returns the first one's place. */
export function journey(model: Model, steps: Step[]): Spot | undefined {
  return link(steps, undefined, (channel) => model.channels.find(({ name }) => name === channel)?.price ?? 0);
}

function link(steps: Step[], after: Spot | undefined, prices: Prices): Spot | undefined {
  return steps.reduceRight<Spot | undefined>((next, step) => place(step, next, prices), after);
}

function place(step: Step, next: Spot | undefined, prices: Prices): Spot | undefined {
  const spot: Spot = { id: step.id, step, ways: new Map(), ...(next && { next, otherwise: next }) };
  if (step.kind === 'if' || step.kind === 'await') {
    spot.ways.set('then', link(step.then, next, prices));
    spot.ways.set('else', link(step.else, next, prices));
  }
  if (step.kind === 'split') for (const arm of step.arms) spot.ways.set(arm.name, link(arm.steps, next, prices));
  if (step.kind === 'send' && step.variants) return drawn(spot, step, step.variants);
  return step.kind === 'cascade' ? cascade(spot, step, prices) : spot;
}

/** A customer is drawn a variant as an arm of a split, but whichever it is, it is the one message of the send. */
function drawn(spot: Spot, { id, channel, template, winner }: Send, variants: DrawnVariant[]): Spot {
  const open = variants.filter(({ share }) => share === undefined);
  const left = variants.reduce((rest, { share = 0 }) => rest - share, 10_000);
  const arms = variants.map(({ name, share }): Arm => {
    const more = open.findIndex((one) => one.name === name) < left % open.length ? 1 : 0;
    return { name, share: share ?? Math.floor(left / open.length) + more, control: false, steps: [] };
  });
  for (const { name } of variants)
    spot.ways.set(name, { ...spot, id: `${id}.${name}`, whole: id, step: { kind: 'send', id, channel, template } });
  return { ...spot, step: { kind: 'split', id, arms, ...(winner !== undefined && { winner }) } };
}

/** In preferred order the stages are chosen at the cascade itself, otherwise one leads to the other. */
function cascade(spot: Spot, { order, stages }: Cascade, prices: Prices): Spot | undefined {
  const make = (stage: CascadeStage): Spot => ({ ...spot, id: stage.id, stage, cascade: spot });
  if (order === 'preferred') {
    spot.stages = stages.map((stage) => ({ ...make(stage), otherwise: spot }));
    return spot;
  }
  const line = order === 'cheapest' ? stages.toSorted((a, b) => prices(a.channel) - prices(b.channel)) : stages;
  return line.reduceRight<Spot | undefined>(
    (after, stage) => ({ ...make(stage), ...(after && { otherwise: after }) }),
    spot.next,
  );
}
