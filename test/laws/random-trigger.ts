import fc, { type Arbitrary } from 'fast-check';
import type { EventMatch, Trigger } from '../../spec/model/campaign.ts';
import type { EventKind } from '../../spec/model/data.ts';
import { condition, type Names } from './random-expression.ts';
import { duration } from './random-steps.ts';

/** A trigger, and the event that its campaign speaks of. */
interface Begun {
  on: Trigger;
  event?: EventKind;
}

const crons = [
  '0 10 * * 1',
  '*/15 * * * *',
  '30 9 * * 1,4',
  '0 9 L * *',
  '0 10 * * 1#2',
  '0 10 * * 5#L',
  '0 9 * * MON-FRI',
];
const schedule = fc
  .record({ cron: fc.constantFrom(...crons), zone: fc.constantFrom('project', 'customer') })
  .map((one): Begun => ({ on: { kind: 'schedule', ...one } }));

/** Any trigger that a model's names allow. */
export function trigger(names: Names): Arbitrary<Begun> {
  const { events, segments } = names;
  const entered = segments.flatMap((segment) => [
    fc.boolean().map((existing): Begun => ({ on: { kind: 'segment', segment, existing } })),
    fc.constant<Begun>({ on: { kind: 'leaving', segment } }),
  ]);
  return fc.oneof(
    schedule,
    fc.constant<Begun>({ on: { kind: 'manual' } }),
    ...events.map((event) =>
      fc
        .tuple(match(names, event), fc.boolean())
        .map(([found, restart]): Begun => ({ on: { kind: 'event', ...found, ...(restart && { restart }) }, event })),
    ),
    ...events.map((event) => absence(names, event)),
    ...entered,
    ...dates(names),
  );
}

function match(names: Names, event: EventKind): Arbitrary<EventMatch> {
  const when = fc.option(condition({ ...names, event }), { nil: undefined });
  return when.map((asked) => ({ event: event.name, ...(asked && { when: asked }) }));
}

function absence(names: Names, event: EventKind): Arbitrary<Begun> {
  const since = fc.constantFrom(...names.events).chain((kind) => match(names, kind).map((found) => ({ kind, found })));
  return fc.tuple(match(names, event), fc.option(since, { nil: undefined }), duration).map(
    ([absent, after, ms]): Begun => ({
      on: { kind: 'absence', absent, ...(after && { after: after.found }), ms },
      event: after?.kind ?? event,
    }),
  );
}

function dates({ attributes }: Names): Arbitrary<Begun>[] {
  const days = fc.oneof(fc.constantFrom(0, 1, -1, 7), fc.integer({ min: -3660, max: 3660 })).map((count) => count || 0);
  const leapDay = fc.constantFrom('february 28' as const, 'march 1' as const);
  return attributes
    .filter(({ type }) => type === 'date')
    .map(({ name }) =>
      fc.tuple(days, fc.nat({ max: 1439 }), fc.option(leapDay, { nil: undefined })).map(
        ([count, minuteOfDay, leap]): Begun => ({
          on: { kind: 'date', attribute: name, days: count, minuteOfDay, ...(leap && { yearly: { leapDay: leap } }) },
        }),
      ),
    );
}
