import { branchesOf, everyStep, sentBy, stepKind } from '../constructs/steps/index.ts';
import type { Branch, Sent } from '../constructs/steps/step.ts';
import type { Campaign, Step } from '../model/campaign.ts';
import type { Channel, Model } from '../model/model.ts';

/** Returns the messages that a step itself may send to the customer: a cascade sends one of several. */
export function messagesOf(step: Step): Sent[] {
  return stepKind(step).carries === 'message' ? sentBy(step) : [];
}

/** The branches of a step whose customers go on. */
export function openBranches(step: Step): Branch[] {
  return branchesOf(step).filter(({ control }) => !control);
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
