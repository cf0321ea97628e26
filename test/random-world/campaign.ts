import fc from 'fast-check';
import type { Campaign } from '../../spec/model/campaign.ts';
import { day, hour } from '../world.ts';
import { condition, match } from './conditions.ts';
import { journey, sends, timeOfDay, type Wider } from './steps.ts';

export function campaign(name: string, wider?: Wider): fc.Arbitrary<Campaign> {
  return fc
    .oneof({ weight: 3, arbitrary: any(name, wider) }, { weight: 1, arbitrary: plain(name) })
    .map(wider ? staged : guarded);
}

/** The campaign whose rollout may wait to be promoted. */
export const promotable = 'c';

/** Some campaigns have a rollout; which, and by which stages, follows from the rest, so that worlds stay as they were. */
function staged(campaign: Campaign): Campaign {
  if (campaign.priority !== 1 || campaign.exit.length > 0 || campaign.reenter.kind === 'never') return campaign;
  const slow = campaign.reenter.kind === 'after';
  const rollout = slow
    ? [{ share: 2_500, lasts: 20 * hour }, { share: 6_000, lasts: 7 * hour + 1 }, { share: 8_000 }]
    : [{ share: 4_000, lasts: 13 * hour }, { share: 10_000 }];
  return { ...campaign, rollout };
}

/** Rollouts have guardrails too, and one may wait to be promoted. */
function guarded(campaign: Campaign): Campaign {
  const { name, rollout, reenter } = staged(campaign);
  if (!rollout) return campaign;
  const slow = reenter.kind === 'after';
  const manual = name === promotable && !slow;
  return {
    ...campaign,
    rollout: [
      { share: 5_000, ...(!manual && { lasts: 20 * hour }) },
      { share: 7_500, lasts: 15 * hour },
      { share: 10_000 },
    ],
    guardrails: {
      limits: { unsubscribed: 2_500 },
      minMessages: slow ? 1 : 2,
      within: slow ? 9 * hour + 1 : 2 * day,
    },
  };
}

/** Sends something for every cart, so that much is sent and caps are full. */
function plain(name: string): fc.Arbitrary<Campaign> {
  return fc.record({
    name: fc.constant(name),
    category: fc.constant('marketing' as const),
    priority: fc.integer({ min: 0, max: 1 }),
    on: fc.boolean().map((restart) => ({
      kind: 'event' as const,
      event: 'cart_updated',
      ...(restart && { restart }),
    })),
    exit: fc.constant([]),
    reenter: fc.constantFrom<Campaign['reenter']>({ kind: 'always' }, { kind: 'after', ms: 2 * hour }),
    resumeWithin: fc.constant(7 * day),
    expires: fc.constant(2 * day),
    steps: sends,
  });
}

function any(name: string, wider?: Wider): fc.Arbitrary<Campaign> {
  const restarts = fc.constantFrom(true, true, false);
  const byEvent = fc
    .tuple(fc.oneof(fc.constant(undefined), condition(true, wider?.conditions)), restarts)
    .map(([asked, restart]) => ({
      kind: 'event' as const,
      event: 'cart_updated',
      ...(asked && { when: asked }),
      ...(restart && { restart }),
    }));
  const others = fc.constantFrom<Campaign['on']>(
    { kind: 'segment', segment: 'some', existing: true },
    { kind: 'segment', segment: 'some', existing: false },
    { kind: 'segment', segment: 'list', existing: true },
    { kind: 'leaving', segment: 'some' },
    { kind: 'leaving', segment: 'list' },
    { kind: 'manual' },
    { kind: 'schedule', cron: '30 9 * * *', zone: 'customer' },
    { kind: 'schedule', cron: '0 12 * * 6', zone: 'project' },
    { kind: 'schedule', cron: '30 1,2 * * *', zone: 'customer' },
  );
  const onDate = fc
    .tuple(fc.constantFrom(-3, 0, 1, 28), timeOfDay, fc.constantFrom(undefined, 'february 28', 'march 1'))
    .map(([days, minuteOfDay, leapDay]): Campaign['on'] => ({
      kind: 'date',
      attribute: 'born',
      days,
      minuteOfDay,
      ...(leapDay && { yearly: { leapDay } }),
    }));
  const byAbsence = fc
    .tuple(match, fc.boolean(), fc.constantFrom(2 * hour, 30 * hour))
    .map(([absent, after, ms]): Campaign['on'] => ({
      kind: 'absence',
      absent,
      ...(after && { after: { event: 'cart_updated' } }),
      ms,
    }));
  const triggers = fc.oneof(
    { weight: 4, arbitrary: byEvent },
    { weight: 2, arbitrary: byAbsence },
    { weight: 3, arbitrary: others },
    { weight: 1, arbitrary: onDate },
    ...(wider?.triggers ?? []).map((arbitrary) => ({ weight: 2, arbitrary })),
  );
  return triggers.chain((on: Campaign['on']) =>
    fc.record(
      {
        name: fc.constant(name),
        category: fc.constantFrom('marketing' as const, 'marketing' as const, 'transactional' as const),
        priority: fc.integer({ min: 0, max: 1 }),
        on: fc.constant(on),
        audience: condition(false, wider?.conditions),
        exit: fc.array(match, { maxLength: 1 }),
        goal: match.map((m) => ({
          ...m,
          within: 2 * day,
          value: { kind: 'field' as const, type: 'money' as const, of: 'trigger' as const, name: 'total' },
        })),
        reenter: fc.constantFrom<Campaign['reenter']>(
          { kind: 'never' },
          { kind: 'always' },
          { kind: 'after', ms: day },
        ),
        resumeWithin: fc.constant(7 * day),
        expires: fc.constantFrom(6 * hour, 2 * day),
        steps: journey(on.kind === 'event', wider),
      },
      { requiredKeys: ['name', 'category', 'priority', 'on', 'exit', 'reenter', 'resumeWithin', 'expires', 'steps'] },
    ),
  );
}
