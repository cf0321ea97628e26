import { createHash } from 'node:crypto';
import type { Step } from '../../spec/model/campaign.ts';
import type { Model } from '../../spec/model/model.ts';
import { rowsOf } from '../random-world/rows.ts';
import type { Person, World } from '../random-world.ts';

/** The texts of the data files, by name. */
export type Files = Record<string, string>;

/** A refusal that names its customer otherwise, or lacks its date. */
export interface Refusal {
  population: number;
  customer: number;
  as: 'id' | 'capitals' | 'address';
  channel: string;
  at: number;
  dated: boolean;
  file: 'consent' | 'suppressions';
}

export interface Feedback {
  population: number;
  cart: number;
  campaign: number;
  send: number;
  kind: string;
  after: number;
}

/** The files of each kind of event. */
export const paths: Record<string, string[]> = {
  cart_updated: ['carts-1.csv', 'carts-2.csv'],
  order_paid: ['orders-1.csv', 'orders-2.csv'],
};

type Cell = string | number | null | undefined;

function csv(head: string[], rows: Cell[][]): string {
  const cell = (value: Cell) =>
    value === null || value === undefined ? '' : `"${String(value).replaceAll('"', '""')}"`;
  return [head, ...rows.map((row) => row.map(cell))].map((row) => `${row.join(',')}\n`).join('');
}

const instant = (at: number) => new Date(at).toISOString();

/** The files that change. `late`: with the rows that are read late. */
export function filesOf(world: World, late: boolean): Files {
  const rows = [...rowsOf(world, false), ...(late ? rowsOf(world, true) : [])];
  const files: Files = {};
  for (const [kind, names] of Object.entries(paths))
    for (const [i, name] of names.entries())
      files[name] = csv(
        ['id', 'customer', 'at', 'total'],
        rows
          .filter((row) => row.kind === kind && row.source === i + 1)
          .map(({ id, who, at, total }) => [id, who, instant(at), total]),
      );
  return files;
}

/** Leaves out the rows that move an event to another instant: a forecast knows of them before the tick does that takes the first one in. */
export function unmoved(files: Files): Files {
  const kept: Files = { ...files };
  for (const names of Object.values(paths)) {
    const instants = new Map<string, string>();
    for (const name of names)
      kept[name] = (files[name] ?? '')
        .split('\n')
        .filter((line) => {
          const [id = '', , at = ''] = line.split(',');
          if (!instants.has(id)) instants.set(id, at);
          return instants.get(id) === at;
        })
        .join('\n');
  }
  return kept;
}

const attributes = ['name', 'email', 'phone', 'city', 'zone', 'points', 'born'] as const;

export function earlier(world: World): Files {
  const people = world.populations.flatMap((one) => one.people);
  // Everybody has what the next one will have.
  const others = people.map((one, i) => ({ ...one, ...people[i + 1], id: one.id, email: one.email, phone: one.phone }));
  return { ...filesOf(world, false), 'customers.csv': customersOf(others) };
}

const customersOf = (people: Person[]) =>
  csv(
    ['id', ...attributes],
    people.map((person) => [person.id, ...attributes.map((name) => person[name])]),
  );

/** The files of which history and simulation have the same, but for the customers. */
export function further(
  { populations, start }: World,
  model: Model,
  { refusals, feedback }: { refusals: Refusal[]; feedback: Feedback[] },
): Files {
  const people = populations.flatMap((one) => one.people);
  const refused = refusals.map(({ population, customer, as, channel, at, dated, file }) => {
    const person = populations[population]?.people[customer];
    const id = person?.id ?? 'c7';
    const name = as === 'id' ? id : as === 'capitals' ? id.toUpperCase() : (person?.email ?? id);
    return { file, name, channel, at: dated ? instant(start + at) : '' };
  });
  const of = (kind: Refusal['file']) => refused.filter(({ file }) => file === kind);
  return {
    'customers.csv': customersOf(people),
    'consent.csv': csv(
      ['customer', 'channel', 'status', 'at'],
      [
        ...people.flatMap(({ id, consent = [] }) => consent.map((channel) => [id, channel, 'granted', instant(0)])),
        ...populations.flatMap(({ consents }) =>
          consents.map(([id, channel, granted, at]) => [id, channel, granted ? 'granted' : 'withdrawn', instant(at)]),
        ),
        ...of('consent').map(({ name, channel, at }) => [name, channel, 'withdrawn', at]),
      ],
    ),
    'suppressions.csv': csv(
      ['customer', 'channel', 'reason', 'at'],
      [
        ...populations.flatMap(({ suppressions }) =>
          suppressions.map(([id, channel, at]) => [id, channel, 'listed', instant(at)]),
        ),
        ...of('suppressions').map(({ name, channel, at }) => [name, channel, 'asked', at]),
      ],
    ),
    'list.csv': csv(
      ['customer'],
      populations.flatMap(({ listed }) => listed.map((id) => [id])),
    ),
    'feedback.csv': csv(
      ['message', 'kind', 'at'],
      feedback.flatMap((one) => answered(model, populations, one)),
    ),
  };
}

/** About the message that a campaign on carts sends for that cart, if it does. */
function answered(model: Model, populations: World['populations'], one: Feedback): Cell[][] {
  const population = populations[one.population];
  const cart = population?.carts[one.cart % (population.carts.length || 1)];
  const onCarts = model.campaigns.filter(({ on }) => on.kind === 'event');
  const campaign = onCarts[one.campaign % (onCarts.length || 1)];
  const sends = sendsOf(campaign?.steps ?? []);
  const send = sends[one.send % (sends.length || 1)];
  if (!population || !cart || !campaign || !send) return [];
  const occurrence = `cart-${population.name}${population.carts.indexOf(cart)}`;
  const text = [campaign.name, cart.customer, occurrence, send.id, send.channel].join('/');
  return [[createHash('md5').update(text).digest('hex'), one.kind, instant(cart.at + one.after)]];
}

function sendsOf(steps: Step[]): { id: string; channel: string }[] {
  return steps.flatMap((step) => {
    if (step.kind === 'send') return [step];
    if (step.kind === 'cascade') return step.stages;
    if (step.kind === 'if' || step.kind === 'await') return [...sendsOf(step.then), ...sendsOf(step.else)];
    return step.kind === 'split' ? step.arms.flatMap((arm) => sendsOf(arm.steps)) : [];
  });
}
