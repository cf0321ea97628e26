import fc from 'fast-check';
import type { Engagement } from '../engine/simulate/deliver.ts';
import type { CompareOp, Expression } from '../spec/expression/expression.ts';
import type { Campaign, Step } from '../spec/model/campaign.ts';
import type { Field } from '../spec/model/data.ts';
import type { FrequencyCap, Model } from '../spec/model/model.ts';
import { day, type Happening, hour, minute, model, type Person as ShopPerson } from './world.ts';

/** With a date to keep. */
export interface Person extends ShopPerson {
  born?: string | null;
}

export interface World {
  model: Model;
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
}

/** Just before Europe's clocks go forward, so that a few worlds meet the gap. */
export const worldStart = Date.UTC(2026, 2, 27, 10);
export const worldEnd = worldStart + 4 * day;

const zones = ['Europe/Moscow', 'Europe/Berlin', 'Asia/Vladivostok', 'America/New_York', 'Asia/Kathmandu', null];
const cities = ['Омск', 'London', 'it\'s "quoted"', null];
const ids = Array.from({ length: 7 }, (_, i) => `c${i + 1}`);

const when = fc.integer({ min: -20 * day, max: 4 * day }).map((ms) => worldStart + ms);
/** Soon after the beginning, where the campaigns listen. */
const soon = fc.integer({ min: -hour, max: 3 * day }).map((ms) => worldStart + ms);

const person = (id: string) =>
  fc.record({
    id: fc.constant(id),
    name: fc.constantFrom('Анна', 'Bob'),
    email: fc.option(fc.constant(`${id}@example.com`), { freq: 5 }),
    phone: fc.option(fc.constant('+70000000000'), { freq: 3 }),
    city: fc.constantFrom(...cities),
    zone: fc.constantFrom(...zones),
    points: fc.option(fc.integer({ min: 0, max: 5 })),
    born: fc.option(fc.constantFrom('2026-03-28', '2026-03-31', '1990-03-29', '1996-02-29')),
    consent: fc.subarray(['email', 'sms', 'promo']),
  });

const operator: fc.Arbitrary<CompareOp> = fc.constantFrom('==', '!=', '<', '<=', '>', '>=');
const literal = (type: 'integer' | 'money' | 'string', value: string | number): Expression => ({
  kind: 'literal',
  type,
  value,
});

function compare(op: CompareOp, left: Expression, right: Expression): Expression {
  return { kind: 'compare', type: 'boolean', op, left, right };
}

const within = fc.option(fc.constantFrom(day, 10 * day), { nil: undefined });

/** `event`: whether the trigger's event (a cart) can be asked about. */
function condition(event: boolean): fc.Arbitrary<Expression> {
  const atoms: fc.Arbitrary<Expression>[] = [
    fc
      .tuple(operator, fc.integer({ min: 0, max: 5 }))
      .map(([op, n]) => compare(op, { kind: 'attribute', type: 'integer', name: 'points' }, literal('integer', n))),
    fc
      .constantFrom('==', '!=')
      .chain((op) =>
        fc
          .constantFrom('Омск', 'it\'s "quoted"')
          .map((city) =>
            compare(op as CompareOp, { kind: 'attribute', type: 'string', name: 'city' }, literal('string', city)),
          ),
      ),
    fc.constant<Expression>({
      kind: 'missing',
      type: 'boolean',
      operand: { kind: 'attribute', type: 'string', name: 'city' },
    }),
    fc
      .tuple(operator, fc.integer({ min: 0, max: 3 }), within)
      .map(([op, n, ms]) =>
        compare(
          op,
          { kind: 'aggregate', type: 'integer', fn: 'count', event: 'order_paid', ...(ms && { within: ms }) },
          literal('integer', n),
        ),
      ),
    fc.tuple(operator, fc.constantFrom('sum', 'avg', 'min', 'max', 'first', 'last'), within).map(([op, fn, ms]) =>
      compare(
        op,
        {
          kind: 'aggregate',
          type: 'money',
          fn: fn as 'sum',
          event: 'order_paid',
          field: 'total',
          ...(ms && { within: ms }),
          where: compare('>', { kind: 'field', type: 'money', of: 'aggregated', name: 'total' }, literal('money', 1)),
        },
        literal('money', 20),
      ),
    ),
    fc
      .tuple(fc.constantFrom<CompareOp>('<', '>='), fc.constantFrom(hour, day))
      .map(([op, ms]) =>
        compare(
          op,
          { kind: 'aggregate', type: 'instant', fn: 'last', event: 'order_paid' },
          { kind: 'ago', type: 'instant', ms },
        ),
      ),
    fc.constantFrom('email', 'sms').map((channel): Expression => ({ kind: 'reachable', type: 'boolean', channel })),
    fc.constant<Expression>({ kind: 'segment', type: 'boolean', name: 'list' }),
    fc.constantFrom([0, 2], [3]).map(
      (values): Expression => ({
        kind: 'in',
        type: 'boolean',
        operand: { kind: 'attribute', type: 'integer', name: 'points' },
        values: values.map((n) => literal('integer', n)),
      }),
    ),
    ...(event
      ? [
          fc
            .tuple(operator, fc.integer({ min: 0, max: 40 }))
            .map(([op, n]) =>
              compare(op, { kind: 'field', type: 'money', of: 'trigger', name: 'total' }, literal('money', n)),
            ),
        ]
      : []),
  ];
  const { tree } = fc.letrec<{ tree: Expression }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 2, withCrossShrink: true },
      ...atoms,
      fc
        .tuple(fc.constantFrom<'and' | 'or'>('and', 'or'), fc.array(tie('tree'), { minLength: 2, maxLength: 3 }))
        .map(([kind, operands]): Expression => ({ kind, type: 'boolean', operands })),
      tie('tree').map((operand): Expression => ({ kind: 'not', type: 'boolean', operand })),
    ),
  }));
  return tree;
}

const match = fc.record(
  {
    event: fc.constant('order_paid'),
    when: fc.constant(
      compare('>', { kind: 'field', type: 'money', of: 'trigger', name: 'total' }, literal('money', 10)),
    ),
  },
  { requiredKeys: ['event'] },
);

const wait = fc.constantFrom(0, 30 * minute, 2 * hour, day);

function steps(event: boolean, depth: number): fc.Arbitrary<Step[]> {
  const id = '';
  const inner = () => steps(event, depth - 1);
  const leaf: fc.Arbitrary<Step>[] = [
    wait.map((ms): Step => ({ kind: 'wait', id, ms })),
    fc.tuple(fc.integer({ min: 0, max: 1439 }), fc.subarray([1, 2, 5, 6, 7])).map(
      ([minuteOfDay, weekdays]): Step => ({
        kind: 'until',
        id,
        minuteOfDay,
        ...(weekdays.length > 0 && { weekdays }),
      }),
    ),
    fc.constantFrom('email', 'sms', 'promo').map((channel): Step => ({ kind: 'send', id, channel, template: 't' })),
    fc.constant<Step>({ kind: 'webhook', id, channel: 'crm', fields: ['city'] }),
    fc
      .tuple(fc.constantFrom('opened', 'clicked'), fc.constantFrom(undefined, 'cheapest', 'preferred'), fc.boolean())
      .map(([until, order, dearFirst]): Step => {
        const waits = (channel: string) => ({ id: '', channel, template: 't', until, within: 3 * hour });
        const channels = dearFirst ? ['sms', 'email'] : ['email', 'sms'];
        if (order) return { kind: 'cascade', id, order, stages: channels.map(waits) };
        const [first = '', second = ''] = channels;
        return { kind: 'cascade', id, stages: [waits(first), { id: '', channel: second, template: 't' }] };
      }),
    fc.integer({ min: 0, max: 4 }).map(
      (more): Step => ({
        kind: 'set',
        id,
        values: [
          {
            attribute: 'points',
            value: {
              kind: 'arithmetic',
              type: 'integer',
              op: '+',
              left: { kind: 'attribute', type: 'integer', name: 'points' },
              right: literal('integer', more),
            },
          },
        ],
      }),
    ),
    fc.constantFrom<'add' | 'remove'>('add', 'remove').map((kind): Step => ({ kind, id, segment: 'list' })),
  ];
  const nested: fc.Arbitrary<Step>[] =
    depth === 0
      ? []
      : [
          fc
            .tuple(condition(event), inner(), inner())
            .map(([when, then, other]): Step => ({ kind: 'if', id, condition: when, then, else: other })),
          fc
            .tuple(match, fc.constantFrom(2 * hour, day), inner(), inner())
            .map(
              ([awaited, within, then, other]): Step => ({ kind: 'await', id, ...awaited, within, then, else: other }),
            ),
          fc.tuple(fc.integer({ min: 1, max: 9_999 }), fc.boolean(), fc.boolean(), inner(), inner()).map(
            ([share, control, redraw, a, b]): Step => ({
              kind: 'split',
              id,
              ...(redraw && { sticky: false }),
              arms: [
                { name: 'a', share, control, steps: control ? [] : a },
                { name: 'b', share: 10_000 - share, control: false, steps: b },
              ],
            }),
          ),
        ];
  return fc.array(fc.oneof(...leaf, ...nested), { maxLength: 3 });
}

/** Gives every step an id from its place. */
function numbered(list: Step[], prefix = ''): Step[] {
  return list.map((step, i): Step => {
    const id = `${prefix}${step.kind}-${i + 1}`;
    if (step.kind === 'if' || step.kind === 'await')
      return { ...step, id, then: numbered(step.then, `${id}.then.`), else: numbered(step.else, `${id}.else.`) };
    if (step.kind === 'split')
      return {
        ...step,
        id,
        arms: step.arms.map((arm) => ({ ...arm, steps: numbered(arm.steps, `${id}.${arm.name}.`) })),
      };
    if (step.kind === 'cascade')
      return { ...step, id, stages: step.stages.map((stage) => ({ ...stage, id: `${id}.${stage.channel}` })) };
    return { ...step, id };
  });
}

function campaign(name: string): fc.Arbitrary<Campaign> {
  const byEvent = fc.oneof(fc.constant(undefined), condition(true)).map((asked) => ({
    kind: 'event' as const,
    event: 'cart_updated',
    ...(asked && { when: asked }),
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
  );
  const onDate = fc
    .tuple(
      fc.constantFrom(-3, 0, 1, 28),
      fc.integer({ min: 0, max: 1439 }),
      fc.constantFrom(undefined, 'february 28', 'march 1'),
    )
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
    { weight: 3, arbitrary: byEvent },
    { weight: 2, arbitrary: byAbsence },
    { weight: 3, arbitrary: others },
    { weight: 1, arbitrary: onDate },
  );
  return triggers.chain((on: Campaign['on']) =>
    fc.record(
      {
        name: fc.constant(name),
        category: fc.constantFrom('marketing' as const, 'marketing' as const, 'transactional' as const),
        priority: fc.integer({ min: 0, max: 1 }),
        on: fc.constant(on),
        audience: condition(false),
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
        steps: steps(on.kind === 'event', 2).map((list) => numbered(list)),
      },
      { requiredKeys: ['name', 'category', 'priority', 'on', 'exit', 'reenter', 'resumeWithin', 'expires', 'steps'] },
    ),
  );
}

const caps: fc.Arbitrary<FrequencyCap[]> = fc.subarray([
  { name: 'daily', max: 1, per: 'calendar day' },
  { name: 'rolling', max: 2, per: 2 * day },
  { name: 'sms', max: 1, per: 3 * day, channel: 'sms' },
  { name: 'b', max: 1, per: 2 * day, campaign: 'b' },
]);

const born: Field = { name: 'born', type: 'date', pii: false };

export const world: fc.Arbitrary<World> = fc.record({
  model: fc
    .record({
      some: condition(false),
      campaigns: fc.tuple(campaign('a'), campaign('b'), campaign('c')),
      caps,
      quiet: fc.option(fc.constantFrom([21 * 60, 9 * 60], [13 * 60, 15 * 60]), { freq: 3 }),
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
        holdouts: [{ name: 'global', share: holdout, salt: 'world' }],
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
    minLength: 3,
    maxLength: 12,
  }),
  orders: fc.array(fc.record({ customer: fc.constantFrom(...ids), at: when, total: fc.integer({ min: 0, max: 40 }) }), {
    maxLength: 15,
  }),
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
    at: fc.integer({ min: 2, max: 12 }).map((n) => worldStart + (n * 6 + 2) * hour),
    carts: fc.integer({ min: 0, max: 3 }),
    orders: fc.integer({ min: 0, max: 4 }),
    silence: fc.constantFrom(0, 4 * hour, 20 * hour),
  }),
});
