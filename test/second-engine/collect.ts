import type { Person, World } from '../random-world.ts';
import { consents, suppressed } from './addresses.ts';
import type { Waiting } from './read.ts';
import type { Event, Shopper, State } from './state.ts';
import { order } from './triggers.ts';

/** Collects the events since the tick before, and at the first tick the customers. */
export function collect(state: State, world: World): void {
  const { now, before } = state;
  const { populations } = world;
  const people = populations.flatMap((population) => population.people);
  const listed = populations.flatMap((population) => population.listed);
  const first = before === undefined;
  const rows = state.waiting
    .filter(({ at }) => at <= now)
    .toSorted((a, b) => a.at - b.at || order(a.id, b.id) || order(a.who, b.who) || a.source - b.source);
  state.waiting = state.waiting.filter(({ at }) => at > now);
  const named = first ? [...people.map(({ id }) => id), ...listed] : [];
  meet(state, [...named, ...rows.map(({ who }) => who)]);
  if (first) {
    for (const person of people) introduce(state, person);
    for (const id of listed) customerOf(state, id).lists.push('list');
  }
  state.news = rows.map((row) => store(state, row));
  const due = ({ at }: { at: number }) => at <= now && (first || at > before);
  const given = populations.flatMap(({ consents }) =>
    consents.map(([id, channel, granted, at]) => ({ id, channel, granted, at })),
  );
  const refused = populations.flatMap(({ suppressions }) =>
    suppressions.map(([id, channel, at]) => ({ id, channel, granted: false, at })),
  );
  state.consents.push(...given.filter(due));
  for (const { message, at } of state.unsubscriptions.filter(due))
    state.consents.push({ id: message.customer.id, channel: message.channel, granted: false, at });
  state.suppressions.push(...refused.filter(due));
  for (const customer of state.customers) {
    const names = (asks: typeof consents) =>
      state.model.channels.filter((channel) => asks(state, customer, channel)).map(({ name }) => name);
    customer.consents = names(consents);
    customer.suppressions = names(suppressed);
  }
}

/** Adds the customers who are not known yet, by id. */
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

/** Stores an event. A correction takes the place of the old event, also in the enrolments that it began. */
function store(state: State, { kind, id, who, at, total, source, corrects }: Waiting): Event {
  const { customer } = customerOf(state, who);
  const event = { kind, id, customer, at, total, source, seq: state.collected++, fields: { total } };
  const all = state.events[kind] ?? [];
  const old = corrects && all.find((each) => each.id === id && each.customer === customer && each.source === source);
  state.events[kind] = [...all.filter((each) => each !== old), event];
  for (const enrolment of state.enrolments) if (old && enrolment.event === old) enrolment.event = event;
  return event;
}
