import fc from 'fast-check';
import type { Engagement } from '../../engine/dry-run/simulate/deliver.ts';
import type { Target } from '../../engine/store/pauses.ts';
import type { Campaign } from '../../spec/model/campaign.ts';
import type { Source } from '../../spec/model/data.ts';
import type { Model } from '../../spec/model/model.ts';
import { createWorld, lasts, type World } from '../random-world.ts';
import { day, hour, minute } from '../world.ts';
import { earlier, type Feedback, type Files, filesOf, further, paths, type Refusal } from './files.ts';
import { pairsOf } from './pairs.ts';
import { createWider, declared, segmentsOf } from './wider.ts';

/** Several small shops with the same campaigns in one simulation. */
export interface SimulatedWorld {
  model: Model;
  start: number;
  end: number;
  engagement: Engagement;
  /** The instants at which campaign `a` is launched again by hand, where `history` says so. */
  launches: number[];
  files: Files;
  /** The store has ticked until then, with these files and perhaps with campaign `b` alone, before the simulation begins. */
  history?: {
    until: number;
    files: Files;
    alone: boolean;
    launches: boolean;
    paused?: Target | undefined;
    /** The campaigns that were applied then, if they were others. */
    campaigns?: Campaign[];
  };
}

const names = [...'cdefghijkl'];
/** So many small shops have their campaigns and their simulation in common. */
export const together = names.length;

const refusal: fc.Arbitrary<Refusal> = fc.record({
  population: fc.nat(names.length - 1),
  customer: fc.nat(6),
  as: fc.constantFrom('id', 'capitals', 'address'),
  channel: fc.constantFrom('email', 'sms', 'promo', '*', 'post'),
  at: fc.integer({ min: 0, max: 60 }).map((hours) => hours * hour + 7),
  dated: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  file: fc.constantFrom('consent', 'suppressions'),
});
const feedback: fc.Arbitrary<Feedback> = fc.record({
  population: fc.nat(names.length - 1),
  cart: fc.nat(14),
  campaign: fc.nat(2),
  send: fc.nat(3),
  kind: fc.constantFrom('delivered', 'opened', 'clicked', 'bounced', 'complained', 'unsubscribed'),
  after: fc.constantFrom(minute, hour, hour, 5 * hour, day),
});

interface Kind {
  /** Conditions compare customers. */
  ranked: boolean;
  /** What makes customers depend on one another, or cannot be foreseen, may occur; then simulations walk. */
  walks: boolean;
}
const kind: fc.Arbitrary<Kind> = fc.record({
  ranked: fc.constantFrom(false, false, true),
  walks: fc.constantFrom(false, false, false, false, false, true),
});

const parts = ({ ranked, walks }: Kind) =>
  fc.record({
    ranked: fc.constant(ranked),
    world: createWorld(names, createWider({ ranked, moves: walks })),
    tick: fc.constantFrom(minute, minute, 5 * minute, 7 * minute, hour, hour),
    refresh: fc.constantFrom(hour, 12 * hour, 12 * hour, day, day),
    /** False: the beginning may lie between two ticks. */
    aligned: fc.constantFrom(true, true, true, false),
    lasts: fc.constantFrom(day, day, day, 2 * day, 2 * day, 2 * day, 3 * day, 3 * day, 8 * day),
    /** Most events happen together at few instants, so that a walk has few to visit. */
    together: fc.constantFrom(0, 2 * hour, 6 * hour, 6 * hour, 12 * hour),
    /** In place of the campaigns `b` and `c`. */
    pair: fc.option(fc.constantFrom(...pairsOf(ranked)), { freq: 3 }),
    /** The campaigns whose messages expire within an hour, and so within quiet hours. */
    brief: fc.subarray(['a', 'b', 'c']),
    refusals: fc.array(refusal, { maxLength: 8 }),
    feedback: fc.array(feedback, { minLength: 30, maxLength: 60 }),
    engagement: fc.constantFrom<Engagement>(
      {},
      { email: { open: 0.6, click: 0.3 }, sms: { open: 0.5, click: 0.5 } },
      { email: { open: 1, click: 1 }, sms: { open: 1, click: 0 }, promo: { open: 0.5, click: 0.5 } },
    ),
    history: fc.option(
      fc.record(
        {
          until: fc.integer({ min: 1, max: 40 }).map((hours) => hours * hour),
          alone: fc.boolean(),
          paused: fc.constantFrom<(Target | undefined)[]>(
            undefined,
            ...(walks
              ? ([
                  { kind: 'campaign', name: 'a' },
                  { kind: 'channel', name: 'email' },
                ] as const)
              : []),
          ),
          launches: walks ? fc.boolean() : fc.constant(false),
          corrected: walks ? fc.boolean() : fc.constant(false),
        },
        { requiredKeys: ['until', 'alone', 'launches', 'corrected'] },
      ),
      { freq: 2 },
    ),
  });

type Parts = ReturnType<typeof parts> extends fc.Arbitrary<infer Each> ? Each : never;

export const simulatedWorld: fc.Arbitrary<SimulatedWorld> = kind.chain(parts).map((all) => {
  const world = bringTogether(all.history?.corrected === false ? uncorrected(all.world) : all.world, all.together);
  const onGrid = (at: number) => (all.aligned ? Math.ceil(at / all.tick) * all.tick : at);
  const start = onGrid(world.start);
  const model = modelOf(world, all);
  const more = { refusals: all.refusals, feedback: all.feedback };
  const files = { ...filesOf(world, true), ...further(world, model, more) };
  const until = onGrid(start + (all.history?.until ?? 0));
  return {
    model,
    start,
    end: until + all.lasts,
    engagement: all.engagement,
    launches: world.launches,
    files,
    ...(all.history && { history: { ...all.history, until, files: { ...files, ...earlier(world) } } }),
  };
});

/** Leaves out the rows that change what an earlier reading had. */
function uncorrected(world: World): World {
  const populations = world.populations.map((one) => ({
    ...one,
    corrections: [],
    copies: one.copies.filter(({ late }) => !late),
  }));
  return { ...world, populations };
}

/** Moves events to the instant before of a coarse grid from the start on, or just beside it. Some order as soon as they have filled a cart, some six hours later. */
function bringTogether(world: World, grid: number): World {
  const beside = [0, 0, 0, 0, 1, minute - 1, 30 * minute];
  const move = <T extends { at: number }>(one: T): T => {
    if (grid === 0 || one.at < world.start) return one;
    return { ...one, at: one.at - ((one.at - world.start) % grid) + (beside[one.at % beside.length] ?? 0) };
  };
  // Without that, few shops have as many instants as these many.
  const populations = world.populations.slice(0, grid === 0 ? 4 : undefined).map((one) => {
    const carts = one.carts.map(move);
    const orders = one.orders.map((order, i) => {
      const [cart, after] = [carts[i], [1, 6 * hour][i % 4]];
      return cart && after ? { ...order, customer: cart.customer, at: cart.at + after } : move(order);
    });
    // Two customers of each shop become known by an event.
    return { ...one, people: one.people.slice(0, 5), carts, orders };
  });
  return { ...world, launches: world.launches.filter((at) => at < world.start + lasts), populations };
}

const source = (...paths: string[]): Source[] => paths.map((path) => ({ path, rename: {} }));
function modelOf(
  { model }: World,
  { tick, refresh, ranked, brief, pair }: Pick<Parts, 'tick' | 'refresh' | 'ranked' | 'brief' | 'pair'>,
): Model {
  const [one] = model.campaigns;
  const campaigns = one && pair ? [one, ...pair] : model.campaigns;
  const transport = { kind: 'console' } as const;
  return {
    ...model,
    project: { ...model.project, tick, refresh },
    rfm: { event: 'order_paid', value: 'total', window: 9 * day },
    data: {
      ...declared,
      customers: { ...declared.customers, sources: source('customers.csv') },
      events: declared.events.map((event) => ({ ...event, sources: source(...(paths[event.name] ?? [])) })),
      consent: source('consent.csv'),
      feedback: source('feedback.csv'),
      suppressions: source('suppressions.csv'),
    },
    holdouts: [...model.holdouts, { name: 'few', share: 1_500, salt: 'few', campaigns: ['c'] }],
    segments: [
      ...model.segments.map((one) => (one.name === 'list' ? { name: 'list', sources: source('list.csv') } : one)),
      ...segmentsOf(ranked),
    ],
    campaigns: campaigns.map((campaign) => ({
      ...campaign,
      ...(brief.includes(campaign.name) && { expires: hour }),
    })),
    channels: [...model.channels, { name: 'staff', kind: 'task', transport, price: 0 }],
  };
}
