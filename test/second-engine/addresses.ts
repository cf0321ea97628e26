import type { Channel } from '../../spec/model/model.ts';
import { read } from '../interpreter/world.ts';
import type { Shopper, State, Word } from './state.ts';

/** The address in the one spelling by which customers who share it are recognised. */
export function addressOf({ model }: State, customer: Shopper, { address }: Channel): string | undefined {
  const text = address && read(customer.fields, address);
  const type = model.data.customers.attributes.find(({ name }) => name === address)?.type;
  return typeof text === 'string' && type === 'email' ? text.toLowerCase() : (text as string | undefined);
}

/** On whichever channel. */
export function addressesOf(state: State, customer: Shopper): string[] {
  return state.model.channels.flatMap((channel) => addressOf(state, customer, channel) ?? []);
}

/** All customers who have the customer's address on the channel, the customer included; none without an address. */
export function sharers(state: State, customer: Shopper, channel: Channel): Shopper[] {
  const address = addressOf(state, customer, channel);
  return address === undefined ? [] : state.customers.filter((each) => addressOf(state, each, channel) === address);
}

/** Returns true if the customer has consented, and the latest word of those who share the address is a consent. */
export function consents(state: State, customer: Shopper, channel: Channel): boolean {
  return agreed(state, [customer], channel) && agreed(state, [customer, ...sharers(state, customer, channel)], channel);
}

/** Returns true if the latest word about the channel is a consent; of two at one instant the withdrawal counts. */
function agreed({ model, consents }: State, customers: Shopper[], { name, kind }: Channel): boolean {
  const isName = (word: string) => model.channels.some((channel) => channel.name === word);
  const concerns = ({ channel, granted }: Word) =>
    channel === name || (granted ? channel === kind && !isName(kind) : channel === kind || channel === '*');
  const [latest] = consents
    .filter((word) => customers.some(({ id }) => id === word.id) && concerns(word))
    .toSorted((a, b) => b.at - a.at || Number(a.granted) - Number(b.granted));
  return latest?.granted ?? false;
}

/**
 * Returns true if the customer is suppressed on the channel: by name, or, on channels to customers, by having an address
 * that a suppressed customer has on a channel that the word means.
 */
export function suppressed(state: State, customer: Shopper, channel: Channel): boolean {
  const means = (word: string, { name, kind }: Channel) => [name, kind, '*'].includes(word);
  const own = channel.address ? addressesOf(state, customer) : [];
  const reaches = ({ id, channel: word }: Word) => {
    if (id === customer.id) return true;
    const named = state.customers.find((each) => each.id === id);
    const addresses = state.model.channels.map((each) => means(word, each) && named && addressOf(state, named, each));
    return addresses.some((address) => address && own.includes(address));
  };
  return state.suppressions.some((word) => means(word.channel, channel) && reaches(word));
}
