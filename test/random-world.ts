import fc from 'fast-check';
import type { Engagement } from '../engine/simulate/deliver.ts';
import type { Field } from '../spec/model/data.ts';
import type { FrequencyCap, Model } from '../spec/model/model.ts';
import { campaign } from './random-world/campaign.ts';
import { condition } from './random-world/conditions.ts';
import { ids, type Person, person } from './random-world/people.ts';
import { day, type Happening, hour, minute, model } from './world.ts';

export type { Person } from './random-world/people.ts';

export interface World {
  model: Model;
  /** The instant at which the campaigns are applied and the first tick runs. */
  start: number;
  people: Person[];
  carts: Happening[];
  orders: Happening[];
  consents: [string, string, boolean, number][];
  /** Customer, word for the channel, when. */
  suppressions: [string, string, number][];
  /** Who is on the list at the beginning. */
  listed: string[];
  /** When campaign `a` is launched by hand. */
  launches: number[];
  engagement: Engagement;
  /** The first so many carts and orders are read no sooner than `at`; for so long before it nothing leaves. */
  trouble: { at: number; carts: number; orders: number; silence: number };
  /** The cart or the order of that number says this from `trouble.at` on; the last of several counts. */
  corrections: { kind: 'cart' | 'order'; index: number; total: number; later: number }[];
  /** Further rows by the id of that cart or order, in a file of this number; what is absent is the same. */
  copies: {
    kind: 'cart' | 'order';
    index: number;
    source: number;
    late: boolean;
    customer?: string;
    total?: number;
    later: number;
  }[];
  /** From the first of these instants to the second campaign `b` is not applied, and `a` is paused. */
  removed?: [number, number];
  paused?: [number, number];
  /** Nothing ticks from the first of these instants until before the second. */
  outage?: [number, number];
  /** The instants of the ticks after the first; absent: all of the grid. */
  ticks?: number[];
}

/** Something that is changed from outside. */
export interface Turn {
  at: number;
  what: 'read' | 'remove' | 'put back' | 'pause' | 'resume';
  campaign?: 'a' | 'b';
}

/** How long a world lasts. */
export const lasts = 3 * day;

/** Before the clocks go forward and back in Europe, and in America; with hours on both sides of the midnight before. */
const beginnings = [
  { start: Date.UTC(2026, 2, 27, 10), pair: [36, 48] },
  { start: Date.UTC(2026, 9, 23, 10), pair: [36, 48] },
  { start: Date.UTC(2026, 2, 6, 10), pair: [42, 54] },
  { start: Date.UTC(2026, 9, 30, 10), pair: [42, 54] },
];

/** Returns the first instant at or after `at` at which the world may tick. */
export function awake({ outage }: Pick<World, 'outage'>, at: number): number {
  return outage && outage[0] <= at && at < outage[1] ? outage[1] : at;
}

/** What happens in the middle, in order of time. */
export function turnsOf({ trouble, removed, paused }: World): Turn[] {
  const turns: Turn[] = [{ at: trouble.at, what: 'read' }];
  if (removed)
    turns.push({ at: removed[0], what: 'remove', campaign: 'b' }, { at: removed[1], what: 'put back', campaign: 'b' });
  if (paused)
    turns.push({ at: paused[0], what: 'pause', campaign: 'a' }, { at: paused[1], what: 'resume', campaign: 'a' });
  return turns.toSorted((one, other) => one.at - other.at);
}

/** All instants at which the world ticks. */
export function instants(world: World): number[] {
  const { start, ticks } = world;
  const { tick } = world.model.project;
  const grid = Array.from({ length: lasts / tick }, (_, i) => (Math.floor(start / tick) + 1 + i) * tick);
  return [start, ...(ticks ?? grid)].filter((at) => at < start + lasts && awake(world, at) === at);
}

// Instants count from the start until `world` adds it.
const when = fc.integer({ min: -20 * day, max: lasts });
/** Soon after the beginning, where the campaigns listen. */
const soon = fc.oneof(
  fc.integer({ min: -hour, max: 60 * hour }),
  // Often together with what waits, or with others.
  fc.integer({ min: 0, max: 8 }).map((n) => n * 2 * hour),
  // Around midnight of the day on which the clocks change, in Europe and in America, and at its noon.
  fc.constantFrom(36, 42, 48, 54).map((n) => n * hour),
);
/** Ends on the grid of six hours. */
const span = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 30 }))
  .map(([n, hours]): [number, number] => [Math.max(1, n * 6 + 2 - hours) * hour, (n * 6 + 2) * hour]);
/** While nothing leaves, and until it does. */
const around = fc.record({
  before: fc.integer({ min: 1, max: 18 }).map((n) => n * hour),
  after: fc.constantFrom(0, 6, 18).map((n) => n * hour),
});
type Around = { before: number; after: number };
const sometimes = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

/** Few, and some in a row. */
const sparse = fc
  .tuple(fc.uniqueArray(fc.integer({ min: 1, max: 72 * 60 - 1 }), { minLength: 8, maxLength: 14 }), fc.nat(35))
  .map(([some, n]) => {
    const row = Array.from({ length: 7 }, (_, i) => n * 120 - 2 + i);
    return [...new Set([...some, ...row])]
      .filter((n) => n > 0)
      .toSorted((a, b) => a - b)
      .map((n) => n * minute);
  });

const caps: fc.Arbitrary<FrequencyCap[]> = fc.subarray([
  { name: 'daily', max: 1, per: 'calendar day' },
  { name: 'rolling', max: 2, per: 2 * day },
  { name: 'sms', max: 1, per: 3 * day, channel: 'sms' },
  { name: 'b', max: 1, per: 2 * day, campaign: 'b' },
  { name: 'c-email', max: 1, per: 'calendar day', channel: 'email', campaign: 'c' },
  { name: 'email', max: 1, per: day, channel: 'email' },
]);

const born: Field = { name: 'born', type: 'date', pii: false };

const relative = fc.record({
  beginning: fc.constantFrom(...beginnings),
  model: fc
    .record({
      some: condition(false),
      campaigns: fc.tuple(campaign('a'), campaign('b'), campaign('c')),
      caps,
      // Some begin or end within the hour that clocks skip or repeat.
      quiet: fc.option(fc.constantFrom([21 * 60, 9 * 60], [13 * 60, 15 * 60], [22 * 60, 2 * 60 + 30], [75, 105]), {
        freq: 3,
      }),
      hold: fc.boolean(),
      holdout: fc.integer({ min: 1, max: 2_000 }),
      tick: fc.constantFrom(hour, hour, 6 * hour),
    })
    .map(({ some, campaigns, caps: list, quiet, hold, holdout, tick }): Model => {
      const base = model();
      return {
        ...base,
        project: { ...base.project, timezone: 'Europe/Berlin', tick, refresh: 12 * hour },
        data: {
          ...base.data,
          customers: { sources: [], attributes: [...base.data.customers.attributes, born] },
        },
        segments: [
          { name: 'list', sources: [] },
          { name: 'some', where: some },
        ],
        channels: [
          ...base.channels,
          { name: 'promo', kind: 'email', address: 'email', transport: { kind: 'console' }, price: 0.2 },
          { name: 'crm', kind: 'webhook', transport: { kind: 'console' }, price: 0 },
        ],
        holdouts: [{ name: 'global', share: holdout, salt: `world-${holdout}` }],
        campaigns,
        policies: {
          caps: list,
          ...(quiet && {
            quietHours: {
              from: quiet[0] ?? 0,
              to: quiet[1] ?? 0,
              otherwise: hold ? 'hold' : 'cancel',
              transactional: false,
            },
          }),
        },
      };
    }),
  people: fc.tuple(...ids.slice(0, 6).map(person)),
  // c7 is in no customer file: an event alone makes it known.
  carts: fc.array(fc.record({ customer: fc.constantFrom(...ids), at: soon, total: fc.integer({ min: 0, max: 40 }) }), {
    minLength: 6,
    maxLength: 12,
  }),
  orders: fc.array(
    fc.record({ customer: fc.constantFrom(...ids), at: fc.oneof(when, soon), total: fc.integer({ min: 0, max: 40 }) }),
    {
      maxLength: 15,
    },
  ),
  consents: fc.array(
    fc.tuple(fc.constantFrom(...ids), fc.constantFrom('email', 'sms', 'promo', '*'), fc.boolean(), when),
    { maxLength: 6 },
  ),
  suppressions: fc.array(
    fc.tuple(fc.constantFrom(...ids), fc.constantFrom('email', 'sms', 'promo', 'crm', '*'), soon),
    { maxLength: 2 },
  ),
  listed: fc.subarray(ids),
  launches: fc.array(soon, { maxLength: 2 }),
  engagement: fc.constantFrom<Engagement>({}, { email: { open: 0.6, click: 0.3 }, sms: { open: 0, click: 0.5 } }),
  trouble: fc.record({
    at: fc.integer({ min: 2, max: 11 }).map((n) => (n * 6 + 2) * hour),
    carts: fc.integer({ min: 0, max: 3 }),
    orders: fc.integer({ min: 0, max: 4 }),
    silence: fc.constantFrom(0, 4 * hour, 20 * hour, 40 * hour),
  }),
  copies: fc.array(
    fc.record(
      {
        kind: fc.constantFrom('cart', 'order'),
        index: fc.nat(12),
        source: fc.constantFrom(1, 2, 2),
        late: fc.boolean(),
        customer: fc.constantFrom(...ids),
        total: fc.integer({ min: 0, max: 40 }),
        later: fc.constantFrom(0, 0, 0, -3 * hour, 5 * hour),
      },
      { requiredKeys: ['kind', 'index', 'source', 'late', 'later'] },
    ),
    { maxLength: 3 },
  ),
  /** Who has a cart within the hour before or after the midnight from which a day with a change of clocks is, and another on that day. */
  pairs: fc.array(fc.constantFrom(...ids), { maxLength: 3 }),
  corrections: fc.array(
    fc.record({
      kind: fc.constantFrom('cart', 'order'),
      index: fc.nat(15),
      total: fc.integer({ min: 0, max: 40 }),
      later: fc.constantFrom(0, 0, -3 * hour, 5 * hour),
    }),
    { maxLength: 4 },
  ),
  outage: sometimes(span),
  removed: sometimes(fc.oneof(span, around)),
  paused: sometimes(fc.oneof(span, around)),
  ticks: sometimes(sparse),
});

export const world: fc.Arbitrary<World> = relative.map(({ beginning, pairs, ticks, ...one }) => {
  const { trouble } = one;
  const { start, pair } = beginning;
  const { project } = one.model;
  const since = (list: Happening[]) => list.map((happening) => ({ ...happening, at: start + happening.at }));
  const paired = pairs.flatMap((customer) => pair.map((n) => ({ customer, at: n * hour, total: 20 })));
  return {
    ...one,
    start,
    model: { ...one.model, project: { ...project, tick: ticks ? minute : project.tick } },
    carts: since([...one.carts, ...paired]),
    orders: since(one.orders),
    consents: one.consents.map(([customer, channel, granted, at]) => [customer, channel, granted, start + at]),
    suppressions: one.suppressions.map(([customer, channel, at]) => [customer, channel, start + at]),
    launches: one.launches.map((at) => start + at),
    trouble: { ...trouble, at: start + awake(one, trouble.at) },
    outage: shifted(one.outage, start),
    removed: placed(one.removed, start, trouble),
    paused: placed(one.paused, start, trouble),
    ticks: ticks?.map((at) => start + at),
  };
});

function placed(span: [number, number] | Around | undefined, start: number, { at }: World['trouble']) {
  if (span === undefined || Array.isArray(span)) return shifted(span, start);
  const middle = start + at;
  return [Math.max(start + hour, middle - span.before), middle + span.after] satisfies [number, number];
}

function shifted(span: [number, number] | undefined, by: number): [number, number] | undefined {
  return span && [span[0] + by, span[1] + by];
}
