import fc from 'fast-check';
import { expressions } from '../../spec/expression/arbitrary.fixture.ts';
import { compileExpression } from '../../spec/expression/compile.ts';
import type { Step, Trigger } from '../../spec/model/campaign.ts';
import type { Expression } from '../../spec/model/expression.ts';
import type { DynamicSegment, Model } from '../../spec/model/model.ts';
import { timeOfDay } from '../random-world/steps.ts';
import type { Wider } from '../random-world.ts';
import { day, hour, model } from '../world.ts';

const { data, channels } = model();
/** The data of every simulated world, without the files. */
export const declared: Model['data'] = {
  ...data,
  customers: { sources: [], attributes: [...data.customers.attributes, { name: 'born', type: 'date', pii: false }] },
};
const rfm = { event: 'order_paid', value: 'total', window: 9 * day };
const scope = {
  data: declared,
  segments: ['list'],
  channels: [...channels.map(({ name }) => name), 'promo'],
  currency: 'EUR',
  rfm,
};

function parse(text: string): Expression {
  const { expression, problems } = compileExpression(text, scope, 'condition');
  if (!expression) throw new Error(`${text}: ${JSON.stringify(problems)}`);
  return expression;
}

/** Conditions that the clock, other customers or the journeys themselves turn. */
const texts = [
  'last(order_paid) < 1 day ago',
  'last(order_paid) < 30 hours ago and not last(cart_updated) < 2 hours ago',
  'count(order_paid in last 2 days) >= 2',
  'count(cart_updated in last 90 minutes) == 1',
  'sum(order_paid.total in last 3 days) > 30',
  'first(order_paid) < 10 days ago',
  'born == today',
  'born <= today',
  'days_until_anniversary(born) < 2',
  'weekday(today) in (6, 7)',
  'day(today) > 28 or month(today) == 11',
  'consent(email)',
  'zone == "Asia/Vladivostok"',
  'points >= 3 or city is missing',
];

/** Conditions that compare all customers. */
const rankings = [
  'top 30% by sum(order_paid.total)',
  'bottom 50% by points',
  'top 20% by count(order_paid in last 5 days)',
  'rfm.recency >= 4',
  'rfm.monetary <= 2',
];

/** Members change by time, by events, by what journeys set, and where customers are ranked by others. */
export function segmentsOf(ranked: boolean): DynamicSegment[] {
  return [
    { name: 'lapsed', where: parse('last(order_paid) < 12 hours ago') },
    { name: 'pointed', where: parse('points >= 3 or born <= today') },
    { name: 'willing', where: parse('consent(email)') },
    { name: 'rich', where: parse('points >= 2') },
    { name: 'busy', where: parse('count(order_paid in last 12 hours) >= 1') },
    ...(ranked
      ? [{ name: 'best', where: parse('top 30% by sum(order_paid.total in last 6 days) or rfm.recency == 5') }]
      : []),
  ];
}

const literals = {
  string: fc.constantFrom('Омск', 'London', 'Europe/Berlin'),
  integer: fc.integer({ min: 0, max: 5 }),
  number: fc.integer({ min: -6, max: 40 }).map((n) => n / 2),
  boolean: fc.boolean(),
  date: fc.constantFrom('2026-03-28', '2026-03-30', '2026-10-25', '1990-10-26', '1996-02-29'),
  instant: fc.integer({ min: 0, max: 300 }).map((days) => Date.UTC(2026, 0, 1) + days * day),
  duration: fc.integer({ min: -72, max: 240 }).map((hours) => hours * hour),
};
const any = expressions({
  scope,
  literals,
  amounts: fc.integer({ min: 0, max: 80 }).map((n) => n / 2),
  patterns: fc.constantFrom('^О', 'on$', '.'),
  windows: fc.oneof(fc.integer({ min: 1, max: 48 }), fc.integer({ min: 1, max: 240 })).map((hours) => hours * hour),
});

const ranks = (node: unknown): boolean =>
  typeof node === 'object' &&
  node !== null &&
  (('kind' in node && (node.kind === 'share' || node.kind === 'rfm')) || Object.values(node).some(ranks));

function conditions(ranked: boolean, segments: string[]): fc.Arbitrary<Expression>[] {
  const random = (depth: number) => any.condition(depth).filter((one) => ranked || !ranks(one));
  const some = (from: string[]) => fc.constantFrom(...from).map(parse);
  return [
    ...Array(4).fill(some(texts)),
    ...(ranked ? Array(6).fill(some(rankings)) : []),
    fc.constantFrom(...segments).map((name): Expression => ({ kind: 'segment', type: 'boolean', name })),
    random(1),
    random(1),
    random(2),
  ];
}

const triggers = (segments: string[], asked: fc.Arbitrary<Expression>): fc.Arbitrary<Trigger>[] => [
  fc.tuple(asked, fc.constantFrom(2 * hour, 30 * hour)).map(
    ([when, ms]): Trigger => ({
      kind: 'absence',
      absent: { event: 'order_paid' },
      after: { event: 'cart_updated', when },
      ms,
    }),
  ),
  fc
    .tuple(asked, fc.constantFrom(2 * hour, 30 * hour))
    .map(([when, ms]): Trigger => ({ kind: 'absence', absent: { event: 'cart_updated', when }, ms })),
  fc
    .tuple(fc.constantFrom(...segments), fc.boolean())
    .map(([segment, existing]): Trigger => ({ kind: 'segment', segment, existing })),
  fc.constantFrom(...segments).map((segment): Trigger => ({ kind: 'leaving', segment })),
  fc.constant<Trigger>({ kind: 'schedule', cron: '15 */6 * * *', zone: 'project' }),
  fc.constant<Trigger>({ kind: 'manual' }),
  fc.tuple(fc.nat(3), timeOfDay).map(
    ([days, minuteOfDay]): Trigger => ({
      kind: 'date',
      attribute: 'born',
      days,
      minuteOfDay,
      yearly: { leapDay: 'march 1' },
    }),
  ),
];

const literal = (type: 'string' | 'integer' | 'date', value: string | number): Expression => ({
  kind: 'literal',
  type,
  value,
});
const id = '';
const zones = [
  { attribute: 'zone', value: literal('string', 'Asia/Vladivostok') },
  { attribute: 'zone', value: literal('string', 'America/New_York') },
];
const set = (moves: boolean) =>
  fc
    .subarray(
      [
        ...(moves ? zones : []),
        { attribute: 'city', value: literal('string', 'Омск') },
        { attribute: 'points', value: literal('integer', 3) },
        { attribute: 'born', value: { kind: 'today', type: 'date' } as const },
        { attribute: 'born', value: literal('date', '1990-03-28') },
      ],
      { minLength: 1, maxLength: 3 },
    )
    .map(
      (values): Step => ({
        kind: 'set',
        id,
        values: values.filter(({ attribute }, i) => values.findIndex((other) => other.attribute === attribute) === i),
      }),
    );
const cascade = fc
  .tuple(
    fc.shuffledSubarray(['email', 'sms', 'promo'], { minLength: 2 }),
    fc.constantFrom('delivered', 'opened', 'clicked'),
    fc.constantFrom(20 * 60_000, 5 * hour, day),
    fc.constantFrom(undefined, 'cheapest', 'preferred', 'preferred'),
  )
  .map(
    ([names, until, within, order]): Step => ({
      kind: 'cascade',
      id,
      ...(order && { order }),
      stages: names.map((channel, i) => ({
        id,
        channel,
        template: 't',
        ...((order || i < names.length - 1) && { until, within }),
      })),
    }),
  );
/** The ends of these waits are often the instants of events, see `bringTogether`. */
const awaiting = fc.tuple(fc.constantFrom('order_paid', 'cart_updated'), fc.constantFrom(2, 6, 12)).map(
  ([event, hours]): Step => ({
    kind: 'await',
    id,
    event,
    within: hours * hour,
    then: [{ kind: 'exit', id, reason: 'happened' }],
    else: [],
  }),
);
const onTheHour = fc.nat(23).map((n): Step => ({ kind: 'until', id, minuteOfDay: n * 60 }));
const steps = (moves: boolean) => [
  set(moves),
  set(moves),
  awaiting,
  onTheHour,
  cascade,
  fc.constant<Step>({ kind: 'task', id, channel: 'staff', template: 't' }),
  fc.constant<Step>({ kind: 'exit', id, reason: 'enough' }),
];

/**
 * Returns what simulated worlds have besides those of the second engine. `ranked`: conditions compare customers; `moves`: journeys
 * move customers to other zones.
 */
export function createWider({ ranked, moves }: { ranked: boolean; moves: boolean }): Wider {
  const names = [...segmentsOf(ranked).map(({ name }) => name), ...(ranked ? ['best', 'best'] : [])];
  const asked = conditions(ranked, names);
  return { conditions: asked, triggers: triggers(names, fc.oneof(...asked)), steps: steps(moves) };
}
