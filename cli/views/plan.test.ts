import { describe, expect, it } from 'vitest';
import type { Deployment } from '../../engine/apply/apply.ts';
import { compile } from '../../engine/compile/compile.ts';
import type { Effects } from '../../engine/plan/effects.ts';
import { makePlan } from '../../engine/plan/plan.ts';
import { cart, segment, shop } from '../../engine/plan/world.fixture.ts';
import type { Model, Origins } from '../../spec/model/model.ts';
import { day, hour } from '../../test/world.ts';
import { planJson, renderPlan } from './plan.ts';

const view = { color: false, width: 100 };
const at = Date.UTC(2026, 2, 2, 10);
const golden = (name: string) => `golden/${name}`;

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

const forecast = { basis: 'sources' as const, grid: 3_600_000, from: at, day: at + day, to: at + 7 * day };
const none: Effects = {
  forecast: { ...forecast, sends: [], entries: [], audiences: [], losses: [] },
  inFlight: [],
  returning: [],
  paused: [],
};
const russian: Partial<Model> = {
  project: { ...shop().project, locale: 'ru', currency: 'RUB', timezone: 'Europe/Moscow' },
};

function deployed(part: Partial<Model> = {}): Deployment {
  const program = compile(shop({ ...russian, ...part }));
  return { serial: 3, lineage: 'test', hash: program.hash, appliedAt: at - day, program };
}

function plan(part: Partial<Model>, applied: Deployment | undefined, effects = none) {
  return makePlan(compile(shop({ ...russian, ...part })), applied, effects, { at, tz: 'test' });
}

const delta = (before: number | null, after: number | null) => ({ before, after });

describe('a plan', () => {
  it('of a first deployment', async () => {
    const effects: Effects = {
      ...none,
      forecast: {
        ...none.forecast,
        sends: [
          {
            campaign: 'cart',
            channel: 'email',
            day: delta(null, 12_480),
            dayCost: delta(null, 1_248),
            week: delta(null, 90_000),
            weekCost: delta(null, 9_000),
          },
        ],
        entries: [{ campaign: 'cart', ...delta(null, 100_000) }],
        audiences: [{ address: 'segment.buyers', ...delta(null, 918_000) }],
      },
    };
    await expect(renderPlan(plan({}, undefined, effects), origins, view)).toMatchFileSnapshot(golden('plan-first.txt'));
  });

  it('of changes everywhere', async () => {
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
      },
      returning: [{ campaign: 'new', customers: 228, messages: 12, until: Date.UTC(2026, 2, 5, 9) }],
      paused: [{ kind: 'campaign', name: 'old', since: Date.UTC(2026, 2, 2, 9) }],
      inFlight: [
        { campaign: 'cart', version: before.program.campaigns[0]?.hash ?? '', active: 12_480, waiting: 0 },
        { campaign: 'cart', version: '000000000000', active: 1, waiting: 3 },
        { campaign: 'old', version: before.program.campaigns[1]?.hash ?? '', active: 7, waiting: 1 },
      ],
    };
    const made = plan(
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
    await expect(renderPlan(made, origins, view)).toMatchFileSnapshot(golden('plan-changes.txt'));
    expect(planJson(made, origins)).toMatchObject({
      format: 1,
      type: 'plan',
      base: { serial: 3 },
      createdAt: '2026-03-02T10:00:00.000Z',
      summary: { add: 0, change: 4, remove: 3 },
    });
    const json = JSON.stringify(planJson(made, origins));
    expect(json).toContain('"origin":{"file":"campaigns/cart.crm.yaml","line":12,"column":3}');
    expect(json).not.toContain('"program":');
  });

  it('counts the campaigns and segments for which nothing changes, and shows the others', async () => {
    const sent = (campaign: string, channel: string, before: number | null, after: number | null) => {
      const cost = (n: number | null) => n && n / 10;
      const [week, weekCost] = [delta(before, after), delta(cost(before), cost(after))];
      return { campaign, channel, day: delta(1, 1), dayCost: delta(0.1, 0.1), week, weekCost };
    };
    const effects: Effects = {
      ...none,
      forecast: {
        ...none.forecast,
        sends: [
          sent('a', 'email', 10, 10),
          sent('b', 'email', 20, 20),
          sent('c', 'email', 5, 6),
          // Nothing is gained for a single row by leaving it out.
          sent('a', 'push', 3, 3),
          sent('c', 'push', 5, 6),
          sent('a', 'sms', 7, 7),
          sent('b', 'sms', 8, 8),
          // The plan is about it, so that also what stays is news.
          sent('cart', 'voice', 4, 4),
          sent('a', 'voice', 7, 7),
          sent('b', 'voice', 8, 8),
        ],
        entries: [
          { campaign: 'a', ...delta(9, 9) },
          { campaign: 'b', ...delta(8, 8) },
          { campaign: 'c', ...delta(null, 7) },
          { campaign: 'cart', ...delta(6, 6) },
        ],
        audiences: [
          { address: 'campaign.a', ...delta(90, 90) },
          { address: 'segment.big', ...delta(40, 40) },
          { address: 'segment.buyers', ...delta(1_200, 1_180) },
        ],
      },
    };
    const changed = { campaigns: [cart({ reenter: { kind: 'never' } })] };
    const text = renderPlan(plan(changed, deployed(), effects), origins, view);
    await expect(text).toMatchFileSnapshot(golden('plan-among-many.txt'));
  });

  it('of nothing', async () => {
    await expect(renderPlan(plan({}, deployed()), origins, view)).toMatchFileSnapshot(golden('plan-nothing.txt'));
  });

  it('lets no file steer the terminal', () => {
    const text = renderPlan(plan({ campaigns: [cart({ title: 'a\u001b[2Jb' })] }, deployed()), origins, view);
    expect(text).toContain('a·[2Jb');
  });

  it('ends with its counts, whatever the colour', () => {
    const lines = renderPlan(plan({ campaigns: [] }, deployed()), origins, view)
      .trimEnd()
      .split('\n');
    expect(lines.at(-1)).toBe('Plan: 0 to add, 0 to change, 1 to remove');
  });
});
