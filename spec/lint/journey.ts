import type { Campaign, Step } from '../model/campaign.ts';
import type { Channel, Model } from '../model/model.ts';

/** Every step of a list and of the lists inside, in the order in which they are written. */
export function* everyStep(steps: Step[]): Generator<Step> {
  for (const step of steps) {
    yield step;
    for (const inner of listsIn(step)) yield* everyStep(inner);
  }
}

/** The lists of steps that a step leads into. */
export function listsIn(step: Step): Step[][] {
  if (step.kind === 'if' || step.kind === 'await') return [step.then, step.else];
  return step.kind === 'split' ? step.arms.map(({ steps }) => steps) : [];
}

export interface Message {
  id: string;
  channel: string;
  template: string;
}

/** Returns the messages that a step itself may send to the customer: a cascade sends one of several. */
export function messagesOf(step: Step): Message[] {
  if (step.kind === 'send') return [step];
  return step.kind === 'cascade' ? step.stages : [];
}

/** Marketing campaigns that write to anybody. */
export function marketingOf(model: Model): Campaign[] {
  return model.campaigns.filter(
    ({ category, steps }) => category === 'marketing' && everyStep(steps).some((step) => messagesOf(step).length > 0),
  );
}

export function channelsByName(model: Model): ReadonlyMap<string, Channel> {
  return new Map(model.channels.map((channel) => [channel.name, channel]));
}
