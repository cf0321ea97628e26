import type { Deployment } from '../../engine/deploy/apply.ts';
import { nothingByHand } from '../../engine/plan/by-hand.ts';
import type { Details } from '../../engine/plan/details.ts';
import type { Delta, Effects } from '../../engine/plan/effects.ts';
import { type Base, makePlan, type Plan } from '../../engine/plan/plan.ts';
import { cart, noDetails, segment, shop, shopWithDocument } from '../../engine/plan/world.fixture.ts';
import type { Model, Origins } from '../../spec/model/model.ts';
import { day, hour } from '../../test/world.ts';
import type { Planned } from './plan.ts';

export const at = Date.UTC(2026, 2, 2, 10);

const place = (file: string, line: number, column: number) => ({
  file,
  start: { offset: 0, line, column },
  end: { offset: 0, line, column },
});
const origins: Origins = {
  'campaign.cart': place('campaigns/cart.crm.yaml', 12, 3),
  'segment.buyers': place('segments.crm.yaml', 3, 3),
  'event.order_paid': place('crm.yaml', 20, 5),
  'cap.daily': place('crm.yaml', 40, 5),
};

export const forecast = { basis: 'sources' as const, from: at, day: at + day, to: at + 7 * day, details: noDetails };
export const none: Effects = {
  forecast: { ...forecast, sends: [], entries: [], audiences: [], losses: [] },
  inFlight: [],
  returning: [],
  drift: nothingByHand,
  rollouts: [],
};
const russian: Partial<Model> = {
  project: { ...shop().project, locale: 'ru', currency: 'RUB', timezone: 'Europe/Moscow' },
};

export function deployed(part: Partial<Model> = {}): Base & Deployment {
  const document = shopWithDocument({ ...russian, ...part });
  const { program } = document;
  const deployment = { serial: 3, lineage: 'test', hash: program.hash, appliedAt: at - day, program };
  return { ...deployment, deployment, document };
}

export function plan(part: Partial<Model>, applied: Base | undefined, effects = none) {
  return makePlan(shopWithDocument({ ...russian, ...part }), applied, effects, { at, tz: 'test', origins });
}

/** The project of a plan, for the views. */
export function planned(part: Partial<Model> = {}): Planned {
  return { model: shop({ ...russian, ...part }) };
}

export const delta = (before: number | null, after: number | null) => ({ before, after });

/** The same plan with the forecast of a sample. */
export function ofSample(made: Plan): Plan {
  const { forecast } = made.effects;
  const about = (n: number) => ({ low: Math.floor(n * 0.9), high: Math.ceil(n * 1.1 + 27) });
  const sampled = <T extends Delta>(one: T): T => {
    const { before, after } = one;
    const by = (after ?? 0) - (before ?? 0);
    const difference = before === null || after === null ? null : { estimate: by, low: by - 27, high: by + 27 };
    return {
      ...one,
      sampled: {
        before: before === null ? null : about(before),
        after: after === null ? null : about(after),
        difference,
      },
    };
  };
  const sends = forecast.sends.map((one) => ({
    ...one,
    ...{
      day: sampled(one.day),
      dayCost: sampled(one.dayCost),
      week: sampled(one.week),
      weekCost: sampled(one.weekCost),
    },
  }));
  const totals = [...sends.slice(0, 1), ...sends.slice(2)].map(({ campaign: _, ...one }) => one);
  return {
    ...made,
    effects: {
      ...made.effects,
      forecast: {
        ...forecast,
        sends,
        entries: forecast.entries.map(sampled),
        audiences: forecast.audiences.map(sampled),
        details: {
          ...forecast.details,
          recipients: sampled(forecast.details.recipients),
          several: sampled(forecast.details.several),
          leaving: forecast.details.leaving.map(sampled),
          steps: forecast.details.steps.map((one) => ({ ...one, day: sampled(one.day), week: sampled(one.week) })),
          overlaps: { ...forecast.details.overlaps, greatest: forecast.details.overlaps.greatest.map(sampled) },
        },
        sample: {
          ...{ customers: 10_012, of: 1_000_000, asked: 10_000, confidence: 0.9, unseen: 268 },
          totals: [...totals, ...sends.slice(0, 1).map(({ campaign: _, ...one }) => ({ ...one, channel: null }))],
        },
      },
    },
  };
}

const exactly = (n: number) => ({ estimate: n, low: n, high: n });

const details: Details = {
  recipients: delta(90, 88),
  several: delta(12, 14),
  steps: [
    {
      ...{ campaign: 'cart', step: 'offer.cascade.nudge.email', channel: 'email' },
      ...{ day: delta(10, 12), dayCost: delta(1, 1.2), week: delta(70, 84), weekCost: delta(7, 8.4) },
    },
    {
      ...{ campaign: 'cart', step: 'offer.cascade.nudge.sms', channel: 'sms' },
      ...{ day: delta(2, 2), dayCost: delta(7, 7), week: delta(14, 14), weekCost: delta(49, 49) },
    },
  ],
  leaving: [{ campaign: 'cart', ...delta(80, 96) }],
  exits: [{ campaign: 'cart', reason: 'goal', ...delta(80, 96) }],
  refusals: [
    { campaign: 'cart', channel: 'email', reason: 'no-consent', ...delta(30, 36) },
    { campaign: 'cart', channel: 'sms', reason: 'cap:daily', ...delta(4, 4) },
  ],
  overlaps: { pairs: 1, greatest: [{ campaigns: ['cart', 'old'], ...delta(12, 0) }] },
  days: [
    { campaign: 'cart', channel: 'email', before: [10, 10, 10, 10, 10, 10, 10], after: [12, 12, 12, 12, 12, 12, 12] },
    { campaign: 'cart', channel: 'sms', before: [2, 2, 2, 2, 2, 2, 2], after: [2, 2, 2, 2, 2, 2, 2] },
    { campaign: 'old', channel: 'email', before: [5, 5, 5, 5, 5, 5, 5], after: [0, 0, 0, 0, 0, 0, 0] },
  ],
  hours: [
    {
      channel: 'email',
      before: Array.from({ length: 168 }, (_, i) => (i % 24 === 2 ? 15 : 0)),
      after: Array.from({ length: 168 }, (_, i) => (i % 24 === 2 ? 12 : 0)),
    },
    {
      channel: 'sms',
      before: Array.from({ length: 168 }, (_, i) => (i % 24 === 5 ? 2 : 0)),
      after: Array.from({ length: 168 }, (_, i) => (i % 24 === 5 ? 2 : 0)),
    },
  ],
  peaks: [
    {
      channel: 'email',
      rate: 10,
      before: { at: at + 2 * hour, messages: 15 },
      after: { at: at + 2 * hour, messages: 12 },
    },
    { channel: 'sms', before: { at: at + 5 * hour, messages: 2 }, after: { at: at + 5 * hour, messages: 2 } },
  ],
  experiments: [
    {
      ...{ campaign: 'cart', split: 'offer', control: 0.1, treated: 0.45, arms: 2 },
      ...{ perDay: 67.2, rate: 0.124, days: 312, smallest: 0.371 },
    },
  ],
  moves: [{ address: 'segment.buyers', enter: exactly(20), leave: exactly(40) }],
  messages: {
    changed: [
      {
        ...{ address: 'template.cart.email', locale: 'ru', campaign: 'cart', step: 'offer.cascade.nudge.email' },
        before: {
          subject: 'Your cart',
          text: 'Hello [name],\nyour cart waits.',
          html: '<p>Hello [name],</p><p>your cart waits.</p>',
        },
        after: {
          subject: 'Your cart',
          text: 'Dear [name],\nyour cart waits.',
          html: '<p>Dear [name],</p><p>your cart waits.</p>',
        },
        messages: 84,
        missing: [{ path: 'customer.name', messages: 5 }],
      },
    ],
    more: 0,
  },
};

/** A plan with notices, customers inside, losses, and changes of all kinds. */
export function changesEverywhere(): Plan {
  const before = deployed({
    campaigns: [cart({ title: 'Брошенная корзина' }), cart({ name: 'old' })],
    channels: [
      ...shop().channels,
      { name: 'push', kind: 'push', address: 'phone', transport: { kind: 'console' }, price: 0 },
    ],
  });
  const steps = cart().steps.map((step) => (step.kind === 'wait' ? { ...step, ms: 3 * hour } : step));
  const data = shop().data;
  const effects: Effects = {
    forecast: {
      ...forecast,
      basis: 'store',
      sends: [
        {
          campaign: 'cart',
          channel: 'email',
          day: delta(10, 12),
          dayCost: delta(1, 1.2),
          week: delta(70, 84),
          weekCost: delta(7, 8.4),
        },
        {
          campaign: 'old',
          channel: 'email',
          day: delta(5, 0),
          dayCost: delta(0.5, 0),
          week: delta(35, 0),
          weekCost: delta(3.5, 0),
        },
        {
          campaign: 'cart',
          channel: 'sms',
          day: delta(2, 2),
          dayCost: delta(7, 7),
          week: delta(14, 14),
          weekCost: delta(49, 49),
        },
      ],
      entries: [{ campaign: 'cart', ...delta(100, 120) }],
      losses: [
        { path: 'orders.csv', rows: 28, lost: 2, missing: false },
        { path: 'customers.csv', rows: 29, lost: 1, missing: false },
        { path: 'carts.csv', rows: 0, lost: 0, missing: true },
      ],
      audiences: [
        { address: 'segment.big', ...delta(40, null) },
        { address: 'segment.buyers', ...delta(1_200, 1_180) },
      ],
      details,
    },
    returning: [{ campaign: 'new', customers: 228, messages: 12, until: Date.UTC(2026, 2, 5, 9) }],
    drift: {
      pauses: [{ kind: 'campaign', name: 'old', since: Date.UTC(2026, 2, 2, 9) }],
      launches: [{ launch: 3, campaign: 'cart', at: Date.UTC(2026, 2, 3, 9) }],
      edited: [{ what: 'steps', campaign: 'cart', version: '000000000000', steps: ['wait-1'] }],
    },
    rollouts: [
      {
        ...{ campaign: 'cart', begins: 'apply' },
        stages: [
          { share: 1_000, lasts: 2 * day, from: at },
          { share: 5_000, from: at + 2 * day },
          { share: 8_000, lasts: day },
          { share: 10_000 },
        ],
        guardrails: { limits: { unsubscribed: 100, complained: 10 }, minMessages: 1_000, within: 7 * day },
      },
      {
        ...{ campaign: 'old', begins: 'store', held: true },
        stages: [{ share: 2_500, lasts: day, from: at - day }, { share: 10_000 }],
      },
      {
        ...{ campaign: 'new', begins: 'apply', change: { version: '0a1b2c3d4e5f', before: '5f4e3d2c1b0a' } },
        stages: [
          { share: 1_000, lasts: day, from: at },
          { share: 10_000, from: at + day },
        ],
      },
      { campaign: 'sale', stages: [], atOnce: 'trigger' },
    ],
    inFlight: [
      {
        campaign: 'cart',
        version: before.program.campaigns[0]?.hash ?? '',
        active: 12_480,
        waiting: 0,
        steps: [
          { step: 'wait-1', customers: 11_902, becomes: 'finishes' },
          { step: 'nudge.email', customers: 578, becomes: 'moves', to: 'poke.email', anew: true, atOnce: 578 },
        ],
      },
      {
        campaign: 'cart',
        version: '000000000000',
        active: 1,
        waiting: 3,
        steps: [{ step: 'wait-1', customers: 1, becomes: 'finishes' }],
      },
      {
        campaign: 'old',
        version: before.program.campaigns[1]?.hash ?? '',
        active: 7,
        waiting: 1,
        steps: [{ step: 'wait-1', customers: 7, becomes: 'leaves' }],
      },
    ],
  };
  return plan(
    {
      segments: [
        segment('buyers', 'count(order_paid where order_paid.total > 100 in last 90 days) > 1 or points >= 1000'),
      ],
      campaigns: [cart({ title: 'Брошенная корзина', steps, audience: cart().audience })],
      policies: { caps: [{ name: 'daily', max: 2, per: 'calendar day' }] },
      data: {
        ...data,
        events: data.events.map((kind) =>
          kind.name === 'order_paid' ? { ...kind, fields: [{ name: 'total', type: 'string', pii: false }] } : kind,
        ),
      },
    },
    before,
    effects,
  );
}
