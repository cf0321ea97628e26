import type { Person, World } from '../random-world.ts';
import type { Happening } from '../world.ts';
import { consents, suppressed } from './addresses.ts';
import type { Shopper, State } from './state.ts';
import { order } from './triggers.ts';

/** Takes in what has happened since the tick before, and at the first tick what is known of customers. */
export function collect(state: State, world: World): void {
  const { now, before } = state;
  const { people, listed, trouble } = world;
  const first = before === undefined;
  const due = ({ at, read = at }: { at: number; read?: number }) => {
    const since = Math.max(at, read);
    return since <= now && (first || since > before);
  };
  const carts = happenings(world.carts, 'cart_updated', 'cart', trouble.at, trouble.carts);
  const orders = happenings(world.orders, 'order_paid', 'order', trouble.at, trouble.orders);
  const news = [...carts, ...orders].filter(due).toSorted((a, b) => a.at - b.at || order(a.id, b.id));
  const named = first ? [...people.map(({ id }) => id), ...listed] : [];
  meet(state, [...named, ...news.map(({ who }) => who)]);
  if (first) {
    for (const person of people) introduce(state, person);
    for (const id of listed) customerOf(state, id).lists.push('list');
  }
  const collected = Object.values(state.events).flat().length;
  state.news = news.map(({ who, read: _, ...event }, i) => ({
    ...event,
    seq: collected + i,
    customer: customerOf(state, who).customer,
  }));
  for (const event of state.news) state.events[event.kind] = [...(state.events[event.kind] ?? []), event];
  const given = world.consents.map(([id, channel, granted, at]) => ({ id, channel, granted, at }));
  const refused = world.suppressions.map(([id, channel, at]) => ({ id, channel, granted: false, at }));
  state.consents.push(...given.filter(due));
  state.suppressions.push(...refused.filter(due));
  for (const customer of state.customers) {
    const names = (asks: typeof consents) =>
      state.model.channels.filter((channel) => asks(state, customer, channel)).map(({ name }) => name);
    customer.consents = names(consents);
    customer.suppressions = names(suppressed);
  }
}

/** Those who are not known yet become so, by id. */
function meet({ customers }: State, ids: string[]): void {
  const strangers = [...new Set(ids)].filter((id) => !customers.some((each) => each.id === id));
  for (const id of strangers.toSorted(order))
    customers.push({
      id,
      customer: customers.length,
      fields: {},
      consents: [],
      suppressions: [],
      lists: [],
    });
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
  for (const channel of consent) state.consents.push({ id: customer.id, channel, granted: true, at: 0 });
}

/** The first `late` of them are read no sooner than `read`. */
function happenings(list: Happening[], kind: string, prefix: string, read: number, late: number) {
  return list.map(({ customer, at, total }, i) => ({
    id: `${prefix}-${i}`,
    kind,
    who: customer,
    at,
    read: i < late ? read : at,
    fields: { total },
  }));
}
