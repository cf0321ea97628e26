import fc, { type Arbitrary } from 'fast-check';
import type { Campaign, EventMatch, RolloutStage, Step } from '../../spec/model/campaign.ts';
import type { EventKind } from '../../spec/model/data.ts';
import type { Channel, NamedCascade } from '../../spec/model/model.ts';
import { condition, type Names, worth } from './random-expression.ts';
import { byName, keyed, maybe, title } from './random-parts.ts';
import { duration, idsIn, type Means, numbered, steps, withDecisions } from './random-steps.ts';
import { trigger } from './random-trigger.ts';

const rollout = fc
  .uniqueArray(fc.record({ share: fc.integer({ min: 1, max: 10_000 }), lasts: maybe(duration) }), {
    minLength: 1,
    maxLength: 3,
    selector: ({ share }) => share,
  })
  .map((stages) =>
    stages
      .toSorted((a, b) => a.share - b.share)
      .map(({ share, lasts }, i) => ({ share, ...(i < stages.length - 1 && keyed('lasts', lasts)) })),
  );

/** The last stage of a change has everybody. */
function toAll(stages: RolloutStage[]): RolloutStage[] {
  const earlier = stages.slice(0, -1).filter(({ share }) => share < 10_000);
  return [...earlier, { share: 10_000 }];
}

const share = fc.integer({ min: 0, max: 10_000 });
const guardrails = fc.record({
  limits: fc.oneof(fc.record({ unsubscribed: share, bounced: share }), fc.record({ complained: share })),
  minMessages: fc.constantFrom(1, 200, 5_000),
  within: duration,
});

/** A campaign over some names. */
export function campaign(names: Names, means: Means): Arbitrary<Campaign> {
  const match = (kind: EventKind) =>
    maybe(condition({ ...names, event: kind })).map((when) => ({ event: kind.name, ...keyed('when', when) }));
  const exits: Arbitrary<EventMatch[]> =
    names.events.length === 0 ? fc.constant([]) : fc.array(fc.oneof(...names.events.map(match)), { maxLength: 2 });
  const goals = names.events.map((kind) =>
    fc
      .record({ match: match(kind), within: duration, value: maybe(worth(kind) ?? fc.constant(undefined)) })
      .map(({ match: matched, within, value }) => ({ ...matched, within, ...keyed('value', value) })),
  );
  return trigger(names).chain(({ on, event: kind }) =>
    fc
      .record({
        name: fc.constantFrom('abandoned-cart', 'campaign', 'X', 'on', 'welcome_2'),
        title: maybe(title),
        category: fc.constantFrom('marketing', 'transactional'),
        priority: fc.integer({ min: -1_000_000, max: 1_000_000 }),
        audience: maybe(condition(names)),
        exit: exits,
        goal: goals.length === 0 ? fc.constant(undefined) : maybe(fc.oneof(...goals)),
        reenter: fc.oneof(
          fc.constantFrom({ kind: 'never' as const }, { kind: 'always' as const }),
          duration.map((ms) => ({ kind: 'after' as const, ms })),
        ),
        resumeWithin: fc.oneof(fc.constantFrom(0, 7 * 86_400_000), duration),
        inFlight: maybe(
          fc.constantFrom('migrate' as const, 'migrate recompute' as const, 'follow' as const, 'exit' as const),
        ),
        rollout: maybe(rollout),
        ofChanges: fc.boolean(),
        guardrails: maybe(guardrails),
        expires: duration,
        steps: steps({ ...names, ...(kind && { event: kind }) }, means, 2),
        own: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
        renamed: fc.array(fc.nat(), { maxLength: 2 }),
      })
      .map(
        ({
          title: said,
          audience,
          goal,
          inFlight,
          rollout: staged,
          ofChanges,
          guardrails: guarded,
          own,
          renamed,
          ...one
        }): Campaign => {
          const drawn = numbered(one.steps, own);
          const journey = goal ? withDecisions(drawn, goal.value !== undefined) : drawn;
          return {
            ...one,
            on,
            ...keyed('title', said),
            ...keyed('audience', audience),
            ...keyed('goal', goal),
            ...keyed('inFlight', inFlight),
            ...(staged && ofChanges && !inFlight ? { changeRollout: toAll(staged) } : keyed('rollout', staged)),
            ...keyed('guardrails', guarded),
            ...keyed('moved', moved(renamed, journey)),
            steps: journey,
          };
        },
      ),
  );
}

/** Replaces ids that no step has any more by ids of the journey. */
function moved(picks: number[], journey: Step[]): Campaign['moved'] {
  const ids = idsIn(journey);
  const targets = new Set(picks.map((pick) => ids[pick % ids.length] ?? ''));
  const list = [...targets].map((to, index) => ({ from: ['gone', 'old.else.exit-1'][index] ?? '', to }));
  return list.length === 0 ? undefined : list;
}

/** Cascades of the section of cascades. */
export function cascades(channels: Channel[]): Arbitrary<NamedCascade[]> {
  const names = channels.filter(({ address }) => address !== undefined).map(({ name }) => name);
  if (names.length === 0) return fc.constant([]);
  const waiting = fc.record({
    channel: fc.constantFrom(...names),
    until: fc.constantFrom('delivered', 'opened', 'clicked'),
    within: duration,
  });
  const one = fc
    .record({
      name: fc.constantFrom('gentle', 'order', 'cascade', 'stages'),
      title: maybe(title),
      order: fc.constantFrom(undefined, 'cheapest', 'preferred'),
      stages: fc.array(waiting, { maxLength: 2 }),
      last: waiting,
    })
    .map(
      ({ name, title: said, order, stages, last }): NamedCascade => ({
        name,
        ...keyed('title', said),
        ...keyed('order', order),
        stages: [...stages, order ? last : { channel: last.channel }],
      }),
    );
  return byName(one, 2);
}
