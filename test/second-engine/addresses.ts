import type { Channel } from '../../spec/model/model.ts';
import { read } from '../interpreter/world.ts';
import type { Shopper, State, Word } from './state.ts';

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

/** Of the words about the channel the latest is a consent; of two at one instant the withdrawal counts. */
function agreed({ model, words }: State, customers: Shopper[], { name, kind }: Channel): boolean {
  const isName = (word: string) => model.channels.some((channel) => channel.name === word);
  const concerns = ({ channel, granted }: Word) =>
    channel === name || (granted ? channel === kind && !isName(kind) : channel === kind || channel === '*');
  const [latest] = words
    .filter((word) => customers.includes(word.customer) && concerns(word))
    .toSorted((a, b) => b.at - a.at || Number(a.granted) - Number(b.granted));
  return latest?.granted ?? false;
}

/** Returns true if a suppression of the customer, or of one who shares the address, covers the channel: by its name, its kind, or all. */
export function suppressed(state: State, customer: Shopper, channel: Channel): boolean {
  const covers = (word: string) => word === channel.name || word === channel.kind || word === '*';
  return [customer, ...sharers(state, customer, channel)].some((each) => each.suppressed.some(covers));
}
