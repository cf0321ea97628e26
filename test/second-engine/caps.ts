import type { FrequencyCap } from '../../spec/model/model.ts';
import { addressesOf } from './addresses.ts';
import { local, midnight, zoneOf } from './clock.ts';
import type { Enrolment, Message, Shopper, State } from './state.ts';

/** Names the cap that is full: the narrower first, then in the order of the file. */
export function fullCap(state: State, enrolment: Enrolment, channel: string): string | undefined {
  const narrow = ({ channel, campaign }: FrequencyCap) =>
    Number(channel !== undefined) + Number(campaign !== undefined);
  const caps = state.model.policies.caps.filter(
    (cap) =>
      (cap.channel ?? channel) === channel && (cap.campaign ?? enrolment.campaign.name) === enrolment.campaign.name,
  );
  const full = caps.filter((cap) => counted(state, enrolment.customer, cap).length >= cap.max);
  return full.toSorted((a, b) => narrow(b) - narrow(a))[0]?.name;
}

/** Counts what has been decided for the customer, or for one of the customer's addresses. */
function counted(state: State, customer: Shopper, cap: FrequencyCap): Message[] {
  const addresses = addressesOf(state, customer);
  const date = (instant: number) => midnight(local(zoneOf(state, customer), instant));
  return state.messages.filter(
    (message) =>
      message.address !== undefined &&
      (message.customer === customer || addresses.includes(message.address)) &&
      message.campaign.category === 'marketing' &&
      (message.status === 'sent' || message.status === 'decided') &&
      (cap.channel ?? message.channel) === message.channel &&
      (cap.campaign ?? message.campaign.name) === message.campaign.name &&
      (cap.per === 'calendar day' ? date(message.decided) === date(state.now) : message.decided > state.now - cap.per),
  );
}
