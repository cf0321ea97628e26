import { corrected } from '../live.ts';
import type { Person, World } from '../random-world.ts';
import type { Happening } from '../world.ts';
import { consents, suppressed } from './addresses.ts';
import type { Event, Shopper, State } from './state.ts';
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
  const carts = happenings(world, 'cart', world.carts, trouble.carts);
  const orders = happenings(world, 'order', world.orders, trouble.orders);
  const rows = [...carts, ...orders];
  // A row that waited when its correction was read does not come any more.
  const replaced = new Set(now < trouble.at ? [] : rows.filter(({ corrects }) => corrects).map(({ id }) => id));
  const news = rows
    .filter((row) => due(row) && (row.corrects || !replaced.has(row.id)))
    .toSorted((a, b) => a.at - b.at || order(a.id, b.id));
  const named = first ? [...people.map(({ id }) => id), ...listed] : [];
  meet(state, [...named, ...news.map(({ who }) => who)]);
  if (first) {
    for (const person of people) introduce(state, person);
    for (const id of listed) customerOf(state, id).lists.push('list');
  }
  const collected = Object.values(state.events).flat().length;
  state.news = news.map(({ who, read: _, corrects: __, ...event }, i) => ({
    ...event,
    seq: collected + state.replaced + i,
    customer: customerOf(state, who).customer,
  }));
  for (const event of state.news) takeIn(state, event);
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

/** The first `late` of them, and the corrections of others, are read no sooner than the trouble ends. */
function happenings(world: World, prefix: 'cart' | 'order', list: Happening[], late: number) {
  const row = ({ customer, at, total }: Happening, id: string, read: number, corrects: boolean) => {
    const kind = prefix === 'cart' ? 'cart_updated' : 'order_paid';
    return { id, kind, who: customer, at, read, fields: { total }, corrects };
  };
  const { at: read } = world.trouble;
  const corrections = new Map(corrected(world, prefix, list, late).map((one) => [one.id, one]));
  return [
    ...list.map((event, i) => row(event, `${prefix}-${i}`, i < late ? read : event.at, false)),
    ...[...corrections].flatMap(([id, one]) => (says(one, list) ? [row(one, id, read, true)] : [])),
  ];
}

/** Whether it says anything else than what is known. */
function says({ id, total, at }: Happening, list: Happening[]): boolean {
  const known = list[Number(id?.split('-')[1])];
  return known?.total !== total || known?.at !== at;
}

/** A correction takes the place of what it corrects, also where a journey began with it. */
function takeIn(state: State, event: Event): void {
  const all = state.events[event.kind] ?? [];
  const old = all.find(({ id }) => id === event.id);
  if (old) state.replaced++;
  state.events[event.kind] = [...all.filter((each) => each !== old), event];
  for (const enrolment of state.enrolments) if (old && enrolment.event === old) enrolment.event = event;
}
