import fc from 'fast-check';
import type { Engagement } from '../engine/dry-run/simulate/deliver.ts';
import type { Target } from '../engine/store/pauses.ts';
import type { Campaign } from '../spec/model/campaign.ts';
import type { Field } from '../spec/model/data.ts';
import type { FrequencyCap, Model } from '../spec/model/model.ts';
import { campaign, promotable } from './random-world/campaign.ts';
import { condition } from './random-world/conditions.ts';
import { lasts, type Population, population, soon } from './random-world/population.ts';
import type { Wider } from './random-world/steps.ts';
import { day, hour, minute, model } from './world.ts';

export type { Person } from './random-world/people.ts';
export { lasts, type Population } from './random-world/population.ts';
export type { Wider } from './random-world/steps.ts';

/** Several small worlds with the same campaigns, clock and store. */
export interface World {
  model: Model;
  /** The instant at which the campaigns are applied and the first tick runs. */
  start: number;
  populations: Population[];
  /** The instant at which campaign `a` is launched by hand. */
  launches: number[];
  engagement: Engagement;
  /** At this instant the rows are read that are late; for so long before it nothing leaves. */
  trouble: { at: number; silence: number };
  /** From the first of these instants to the second campaign `b` is not applied. */
  removed?: [number, number];
  /** From the first of these instants to the second `pausing` is paused. */
  paused?: [number, number];
  pausing: Target;
  /** The pause moves the timers of those who wait; not where guardrails pause too. */
  shifting: boolean;
  /** Nothing ticks from the first of these instants until before the second. */
  outage?: [number, number];
  /** The instants of the ticks after the first; absent: all of the grid. */
  ticks?: number[];
}

/** A change from outside of the engine. */
export interface Turn {
  at: number;
  /** `lift`: campaigns that guardrails have paused are resumed. */
  what: 'read' | 'remove' | 'put back' | 'pause' | 'resume' | 'promote' | 'lift' | 'change';
}

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

/** Returns the turns in the middle, in order of time. */
export function turnsOf({ model: shop, trouble, removed, paused }: World): Turn[] {
  const turns: Turn[] = [{ at: trouble.at, what: 'read' }];
  if (removed) turns.push({ at: removed[0], what: 'remove' }, { at: removed[1], what: 'put back' });
  if (isGuarded(shop))
    turns.push({ at: trouble.at + 1, what: 'promote' }, { at: trouble.at + 20 * hour, what: 'lift' });
  if (isChanged(shop))
    for (const at of [trouble.at - 9 * hour - 1, trouble.at + 13 * hour]) turns.push({ at, what: 'change' });
  if (paused) turns.push({ at: paused[0], what: 'pause' }, { at: paused[1], what: 'resume' });
  return turns.toSorted((one, other) => one.at - other.at);
}

/** Returns true if campaigns have rollouts and guardrails, so that some recipients unsubscribe. */
export function isGuarded({ campaigns }: Model): boolean {
  return campaigns.some(({ guardrails }) => guardrails);
}

/** Returns true if a campaign is changed twice, and its changes are rolled out: one without a rollout of its own, so that worlds stay as they were. */
function isChanged({ campaigns }: Model): boolean {
  return campaigns.some(({ name, rollout }) => name === promotable && !rollout);
}

/** Returns the campaigns after so many changes. */
export function changedTimes({ model: shop }: World, times: number): Model {
  if (times === 0) return shop;
  const guardrails = isGuarded(shop) && {
    guardrails: { limits: { unsubscribed: 2_500 }, minMessages: 2, within: 2 * day },
  };
  return {
    ...shop,
    campaigns: shop.campaigns.map((one) =>
      one.name === promotable ? { ...one, ...another(one, times), ...guardrails } : one,
    ),
  };
}

/** Changes a campaign: it waits before everything, has other rules, and has stages, of which the second has begun by the next change; where one is promoted, the last has. */
function another({ audience: _, steps, priority, reenter }: Campaign, times: number): Partial<Campaign> {
  return {
    steps: [{ kind: 'wait', id: `changed-${times}`, ms: times * 2 * hour + 1 }, ...steps],
    priority: 1 - priority,
    ...(times === 2 && { reenter: reenter.kind === 'always' ? { kind: 'after', ms: 8 * hour } : { kind: 'always' } }),
    changeRollout: [{ share: 4_000, lasts: 15 * hour }, { share: 7_000, lasts: 10 * hour }, { share: 10_000 }],
  };
}

/** The share of recipients who unsubscribe in a world with guardrails, and how long after the message. */
export const unsubscribing = { share: 0.5, after: hour };

/** The campaign that is removed. */
export const removable = 'b';

/** Returns all instants at which the world ticks. */
export function instants(world: World): number[] {
  const { start, ticks } = world;
  const { tick } = world.model.project;
  const grid = Array.from({ length: lasts / tick }, (_, i) => (Math.floor(start / tick) + 1 + i) * tick);
  return [start, ...(ticks ?? grid)].filter((at) => at < start + lasts && awake(world, at) === at);
}

/** Ends on the grid of six hours. */
const span = fc
  .tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 30 }))
  .map(([n, hours]): [number, number] => [Math.max(1, n * 6 + 2 - hours) * hour, (n * 6 + 2) * hour]);
/** The time before and after `trouble` of a removal or a pause. */
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

const relative = (names: string[], wider?: Wider) =>
  fc.record({
    beginning: fc.constantFrom(...beginnings),
    model: fc
      .record({
        some: condition(false, wider?.conditions),
        campaigns: fc.tuple(campaign('a', wider), campaign('b', wider), campaign('c', wider)),
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
    populations: fc.tuple(...names.map(population)),
    launches: fc.array(soon, { maxLength: 2 }),
    engagement: fc.constantFrom<Engagement>({}, { email: { open: 0.6, click: 0.3 }, sms: { open: 0, click: 0.5 } }),
    trouble: fc.record({
      at: fc.integer({ min: 2, max: 11 }).map((n) => (n * 6 + 2) * hour),
      silence: fc.constantFrom(0, 4 * hour, 20 * hour, 40 * hour),
    }),
    outage: sometimes(span),
    removed: sometimes(fc.oneof(span, around)),
    paused: sometimes(fc.oneof(span, around)),
    pausing: fc.constantFrom<Target>(
      { kind: 'campaign', name: 'a' },
      { kind: 'campaign', name: 'a' },
      { kind: 'channel', name: 'email' },
      { kind: 'all', name: '' },
    ),
    ticks: sometimes(sparse),
  });

export const world = createWorld(['c', 'd', 'e', 'f']);

/** `names`: those of the populations, each a letter. */
export function createWorld(names: string[], wider?: Wider): fc.Arbitrary<World> {
  return relative(names, wider).map(({ beginning, ticks, populations, ...one }) => {
    const { trouble } = one;
    const { start, pair } = beginning;
    const { project } = one.model;
    return {
      ...one,
      start,
      model: { ...one.model, project: { ...project, tick: ticks ? minute : project.tick } },
      populations: populations.map((since) => since(start, pair)),
      launches: one.launches.map((at) => start + at),
      trouble: { ...trouble, at: start + awake(one, trouble.at) },
      outage: shifted(one.outage, start),
      removed: placed(one.removed, start, trouble),
      paused: placed(one.paused, start, trouble),
      // This draw uses a number of its own, so that other parts of the worlds stay the same.
      shifting: !isGuarded(one.model) && one.model.holdouts.some(({ share }) => share % 2 === 0),
      ticks: ticks?.map((at) => start + at),
    };
  });
}

function placed(span: [number, number] | Around | undefined, start: number, { at }: World['trouble']) {
  if (span === undefined || Array.isArray(span)) return shifted(span, start);
  const middle = start + at;
  return [Math.max(start + hour, middle - span.before), middle + span.after] satisfies [number, number];
}

function shifted(span: [number, number] | undefined, by: number): [number, number] | undefined {
  return span && [span[0] + by, span[1] + by];
}
