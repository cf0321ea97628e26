import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import type { Effects } from '../../engine/plan/effects.ts';
import type { Plan } from '../../engine/plan/plan.ts';
import { allowOf } from '../../engine/plan/waits.ts';
import { cart } from '../../engine/plan/world.fixture.ts';
import type { Trigger } from '../../spec/model/campaign.ts';
import { changesEverywhere, delta, deployed, none, ofSample, plan, planned } from './plan.fixture.ts';
import { renderPlan } from './plan.ts';
import { planPage } from './plan-html.ts';
import { planJson } from './plan-json.ts';
import { renderMarkdown } from './plan-markdown.ts';
import { writtenWords } from './way-past.ts';

const view = { color: false, width: 100 };
const golden = (name: string) => `golden/${name}`;

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
    await expect(renderPlan(plan({}, undefined, effects), planned(), view)).toMatchFileSnapshot(
      golden('plan-first.txt'),
    );
  });

  it('of changes everywhere', async () => {
    const made = changesEverywhere();
    await expect(renderPlan(made, planned(), view)).toMatchFileSnapshot(golden('plan-changes.txt'));
    expect(planJson(made)).toMatchObject({
      format: 12,
      type: 'plan',
      base: { serial: 3 },
      createdAt: '2026-03-02T10:00:00.000Z',
      summary: { add: 0, change: 4, remove: 3, breaking: 1 },
    });
    const json = JSON.stringify(planJson(made));
    expect(json).toContain('"origin":{"file":"campaigns/cart.crm.yaml","line":12,"column":3}');
    expect(json).not.toContain('"document":');
  });

  it.each([80, 120])('breaks no word and cuts none at a width of %i, also of a sample', (width) => {
    const longer = (made: Plan): Plan =>
      JSON.parse(JSON.stringify(made).replaceAll('"cart"', '"abandoned-cart"').replaceAll('"email"', '"managers"'));
    for (const made of [changesEverywhere(), ofSample(changesEverywhere())].map(longer)) {
      const words = new Set(renderPlan(made, planned(), { color: false, width: 10_000 }).split(/\s+/));
      const text = renderPlan(made, planned(), { color: false, width });
      expect(text.split('\n').filter((line) => stringWidth(line) > width)).toEqual([]);
      expect(text.split(/\s+/).filter((word) => !words.has(word))).toEqual([]);
    }
  });

  it('names the many new resources of a first plan by their kinds, and shows few of them in full', () => {
    const campaigns = Array.from({ length: 40 }, (_, i) => cart({ name: `offer-${i}` }));
    const text = renderPlan(plan({ campaigns }, undefined), planned({ campaigns }), view);
    expect(text).toContain('+ campaign  (40) offer-0, offer-1,');
    expect(text).toContain('--json and --format html show them in full');
    expect(text.split('\n').length).toBeLessThan(50);
    expect(renderPlan(plan({ campaigns }, deployed({ campaigns })), planned(), view)).not.toContain('(40)');
    expect(renderPlan(plan({}, undefined), planned(), view)).toContain('reenter');
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
    const text = renderPlan(plan(changed, deployed(), effects), planned(changed), view);
    await expect(text).toMatchFileSnapshot(golden('plan-among-many.txt'));
  });

  it('gives the reason for each campaign that no customer enters, in one line for each reason', () => {
    const begun = (name: string, on: Trigger) => cart({ name, on });
    const part = {
      campaigns: [
        cart(),
        begun('browse', { kind: 'event', event: 'cart_updated' }),
        begun('hello', { kind: 'segment', segment: 'buyers', existing: false }),
        begun('news', { kind: 'manual' }),
        begun('paid', { kind: 'event', event: 'order_paid' }),
      ],
    };
    const made = plan(part, undefined, {
      ...none,
      forecast: { ...none.forecast, entries: [{ campaign: 'paid', ...delta(null, 3) }] },
    });
    const lines = renderPlan(made, planned(part), { ...view, width: 140 }).split('\n');
    expect(lines.filter((line) => line.includes('nobody enters'))).toEqual([
      '  cart, browse: nobody enters within 7 days; only new events count, and none in the forecast brings anybody in: cart_updated',
      '  hello: nobody enters within 7 days; only customers who are newly in the segment count: buyers',
      '  news: nobody enters within 7 days; it waits for `crm launch`',
    ]);
    expect(renderPlan(plan({}, deployed()), planned(), view), 'no news').not.toContain('nobody enters');
  });

  it('of nothing', async () => {
    await expect(renderPlan(plan({}, deployed()), planned(), view)).toMatchFileSnapshot(golden('plan-nothing.txt'));
  });

  it('lets no file steer the terminal', () => {
    const text = renderPlan(plan({ campaigns: [cart({ title: 'a\u001b[2Jb' })] }, deployed()), planned(), view);
    expect(text).toContain('a·[2Jb');
  });

  it('ends with its counts, whatever the colour', () => {
    const lines = renderPlan(plan({ campaigns: [] }, deployed()), planned(), view)
      .trimEnd()
      .split('\n');
    expect(lines.at(-1)).toBe(
      'Plan: 0 to add, 0 to change, 1 to remove · 1 breaking (allow with --allow campaign.cart)',
    );
  });
});

describe('a plan names what lets a breaking change pass', () => {
  const made = plan({ campaigns: [] }, deployed());
  const views = (one: Plan) => [
    renderPlan(one, planned(), view),
    renderMarkdown(one, planned()),
    planPage(one, planned().model),
  ];

  it('which is a flag', () => {
    for (const text of views(made)) expect(text).toContain('--allow campaign.cart');
    expect(writtenWords(made, 'p.json')).toBe(
      'The plan is in p.json. To execute exactly it: crm apply p.json --allow campaign.cart',
    );
  });

  it('which is nothing where something is blocked', () => {
    const notices = made.notices.map((one) => ({ ...one, level: 'blocked' as const }));
    const blocked = { ...made, notices, allow: allowOf({ ...made, notices }, undefined) };
    for (const text of views(blocked)) {
      expect(text).toContain('1 breaking');
      expect(text).not.toContain('--allow');
    }
    expect(writtenWords(blocked, 'p.json')).not.toContain('crm');
  });

  it('which is an approval where approvals stand for it, and a flag besides where they do not', () => {
    const approved = (kind: 'breaking' | 'guards'): Plan => {
      const approvals = { required: 1, for: [kind], approvers: ['ann@example.com ssh-ed25519 AAAA'] };
      return { ...made, allow: allowOf(made, approvals), approvals: { required: 1, approvers: ['ann@example.com'] } };
    };
    for (const text of views(approved('breaking'))) {
      expect(text).toContain('1 breaking (allow with crm approve plan.json)');
      expect(text).not.toContain('--allow');
    }
    expect(writtenWords(approved('breaking'), 'p.json')).toMatch(/: crm approve p.json by .*, then crm apply p.json$/);
    for (const text of views(approved('guards'))) expect(text).toContain('allow with --allow campaign.cart');
    expect(writtenWords(approved('guards'), 'p.json')).toMatch(/ then crm apply p.json --allow campaign.cart$/);
  });
});
