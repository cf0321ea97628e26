import type { Channel } from '../../spec/model/model.ts';
import { read } from '../interpreter/world.ts';
import type { Shopper, State } from './state.ts';

/** The address by which customers are told apart on a channel. */
export function addressOf(customer: Shopper, { kind, address }: Channel): string | undefined {
  const text = address && read(customer.fields, address);
  return typeof text === 'string' && kind === 'email' ? text.toLowerCase() : (text as string | undefined);
}

/** All customers who have the customer's address on the channel, the customer included; none without an address. */
export function sharers({ customers }: State, customer: Shopper, channel: Channel): Shopper[] {
  const address = addressOf(customer, channel);
  return address === undefined ? [] : customers.filter((each) => addressOf(each, channel) === address);
}

/** Returns true if the customer has consented, and the latest word of those who share the address is a consent. */
export function consents(state: State, customer: Shopper, channel: Channel): boolean {
  return agreed(state, [customer], channel) && agreed(state, [customer, ...sharers(state, customer, channel)], channel);
}

function agreed({ words }: State, customers: Shopper[], channel: Channel): boolean {
  const [latest] = words
    .filter((word) => customers.includes(word.customer) && word.channel === channel.name)
    .toSorted((a, b) => b.at - a.at || Number(a.granted) - Number(b.granted));
  return latest?.granted ?? false;
}

/** Returns true if a suppression covers the channel: by its name, its kind, or all. */
export function suppressed(customer: Shopper, { name, kind }: Channel): boolean {
  return customer.suppressions.some((word) => word === name || word === kind || word === '*');
}
