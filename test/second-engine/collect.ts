import type { World } from '../random-world.ts';
import type { Happening, Person } from '../world.ts';
import { consents } from './addresses.ts';
import type { Shopper, State } from './state.ts';
import { order } from './triggers.ts';

/** Takes in what has happened since the tick before, and at the first tick what is known of customers. */
export function collect(state: State, { people, carts, orders, consents: given, listed }: World): void {
  const { model, now, before } = state;
  const first = before === undefined;
  const due = ({ at }: { at: number }) => at <= now && (first || at > before);
  const news = [...happenings(carts, 'cart_updated', 'cart'), ...happenings(orders, 'order_paid', 'order')]
    .filter(due)
    .toSorted((a, b) => a.at - b.at || order(a.id, b.id));
  const words = given.map(([id, channel, granted, at]) => ({ id, channel, granted, at })).filter(due);
  const named = first ? [...people.map(({ id }) => id), ...listed] : [];
  meet(state, [...named, ...news.map(({ who }) => who), ...words.map(({ id }) => id)]);
  if (first) {
    for (const person of people) introduce(state, person);
    for (const id of listed) customerOf(state, id).lists.push('list');
  }
  const collected = Object.values(state.events).flat().length;
  state.news = news.map(({ who, ...event }, i) => ({
    ...event,
    seq: collected + i,
    customer: customerOf(state, who).customer,
  }));
  for (const event of state.news) state.events[event.kind] = [...(state.events[event.kind] ?? []), event];
  for (const { id, ...word } of words) state.words.push({ ...word, customer: customerOf(state, id) });
  for (const customer of state.customers)
    customer.consents = model.channels.filter((channel) => consents(state, customer, channel)).map(({ name }) => name);
}

/** Those who are not known yet become so, by id. */
function meet({ customers }: State, ids: string[]): void {
  const strangers = [...new Set(ids)].filter((id) => !customers.some((each) => each.id === id));
  for (const id of strangers.toSorted(order))
    customers.push({ id, customer: customers.length, fields: {}, consents: [], suppressions: [], lists: [] });
}

function customerOf({ customers }: State, id: string): Shopper {
  const found = customers.find((each) => each.id === id);
  if (!found) throw new Error(`nobody is called ${id}`);
  return found;
}

/** Consents given with the customers are from the beginning of time. */
function introduce(state: State, { consent = [], ...attributes }: Person): void {
  const customer = customerOf(state, attributes.id);
  for (const [name, value] of Object.entries(attributes)) customer.fields[name] = value ?? undefined;
  for (const channel of consent) state.words.push({ customer, channel, granted: true, at: 0 });
}

function happenings(list: Happening[], kind: string, prefix: string) {
  return list.map(({ customer, at, total }, i) => ({
    id: `${prefix}-${i}`,
    kind,
    who: customer,
    at,
    fields: { total },
  }));
}
