import { describe, expect, it } from 'vitest';
import { anna, monday, play, shop, wrong } from './shop.fixture.ts';

const cart = `
  cart:
    on: { event: cart_updated }
    exit: { event: order_paid }
    steps:
      - wait: 2 hours
      - split:
          id: offer
          arms:
            control: { share: 10% }
            plain: { share: 45%, steps: [{ send: { email: cart } }] }
            cascade:
              share: 45%
              steps:
                - cascade: [{ email: cart, until: opened, within: 2 hours }, { sms: cart }]
`;

/** A test of `cart` by its arm: the rest of it is YAML. */
const test = (name: string, arm: string, rest: string) => `
  ${name}:
    campaign: cart
    ${monday}
    arms: { offer: ${arm} }
    customers: [${anna}]
    events: [{ at: +0m, customer: anna, cart_updated: { items_count: 2 } }]
    ${rest}
`;

async function results(campaigns: string, tests: string, more = '') {
  const model = shop(`campaigns:${campaigns}\ntests:${tests}\n${more}`);
  return Object.fromEntries((await play(model)).map((result) => [result.test.name, wrong(result)]));
}

describe('what a test expects', () => {
  it('is the whole of the messages and exits, at their times, with their texts', async () => {
    const tests = [
      test(
        'plain',
        'plain',
        'expect: { messages: [{ at: +2h, customer: anna, email: cart, contains: ["Hello Anna, your cart", "It waits."] }], exits: [{ customer: anna, reason: completed, at: +2h }] }',
      ),
      test('control', 'control', 'expect: { messages: [], exits: [{ customer: anna, reason: control, at: +2h }] }'),
      test(
        'opened',
        'cascade',
        'reactions: [{ at: +3h, customer: anna, opened: email }]\n    expect: { messages: [{ email: cart }], exits: [{ customer: anna, reason: completed, at: +3h }] }',
      ),
      test('not-opened', 'cascade', 'expect: { messages: [{ email: cart, at: +2h }, { sms: cart, at: +4h }] }'),
      test('silent', 'plain', 'expect: { exits: [{ customer: anna, reason: completed }] }'),
    ];
    expect(await results(cart, tests.join(''))).toEqual({
      plain: [],
      control: [],
      opened: [],
      'not-opened': [],
      silent: [],
    });
  });

  it('is reported where it differs from what happened', async () => {
    const tests = [
      test('missing', 'control', 'expect: { messages: [{ email: cart }] }'),
      test('unexpected', 'plain', 'expect: { messages: [] }'),
      test(
        'time',
        'plain',
        'expect: { messages: [{ email: cart, at: +3h }], exits: [{ customer: anna, reason: completed, at: +1h }] }',
      ),
      test('text', 'plain', 'expect: { messages: [{ email: cart, contains: ["Bob", "It waits"] }] }'),
      test('reason', 'control', 'expect: { exits: [{ customer: anna, reason: completed }] }'),
      test('order', 'cascade', 'expect: { messages: [{ sms: cart }, { email: cart }] }'),
      test(
        'nobody',
        'plain',
        'reactions: [{ at: +1h, customer: anna, opened: email }]\n    expect: { messages: [{ email: cart }] }',
      ),
    ];
    expect(await results(cart, tests.join(''))).toEqual({
      missing: ['missing: email'],
      unexpected: ['unexpected: +120m anna email'],
      time: ['time: +120m anna email', 'time: +120m anna exit completed'],
      text: ['text lacks "Bob": +120m anna email'],
      reason: ['reason: +120m anna exit control'],
      order: ['order: +240m anna sms'],
      nobody: ['anna reacts (opened) to a message by email, but none had left by then.'],
    });
  });

  it('may be refusals, and these are asked only where one is named', async () => {
    const bob = '{ id: bob, name: Bob, email: bob@example.com, consent: [] }';
    const of = (name: string, expected: string) =>
      test(name, 'cascade', `expect: { messages: ${expected} }`).replace(anna, bob).replaceAll('anna', 'bob');
    const tests = [
      of('not-asked', '[]'),
      of('asked', '[{ email: cart, refused: no-consent, at: +2h }, { sms: cart, refused: no-consent }]'),
      of('another', '[{ email: cart, refused: no-address }, { sms: cart, refused: no-consent }]'),
      of('leaves', '[{ email: cart }, { sms: cart, refused: no-consent }]'),
    ];
    expect(await results(cart, tests.join(''))).toEqual({
      'not-asked': [],
      asked: [],
      another: ['refusal: +120m bob email'],
      leaves: ['refusal: +120m bob email'],
    });
  });

  it('may be attributes at the end', async () => {
    const campaign = `
  cart:
    on: { event: cart_updated }
    steps: [{ set: { tier: gold, points: points + 50 } }, { wait: 1 day }, { set: { tier: gone } }]
`;
    const who = '{ id: anna, points: 10, phone: "8 (999) 000-00-01", seen_at: 2026-03-01T00:00:00+03:00 }';
    const of = (name: string, lasts: string, expected: string) => `
  ${name}:
    campaign: cart
    ${monday}
    ${lasts}
    customers: [${who}]
    events: [{ at: +0m, customer: anna, cart_updated: {} }]
    expect: { customers: [{ id: anna, ${expected} }] }
`;
    const tests = [
      of('early', 'lasts: 2 hours', 'tier: gold, points: 60, phone: "8 999 0000001", birthday: null'),
      of('late', '', 'tier: gone, seen_at: -34h'),
      of('other', '', 'tier: gold, points: 10'),
    ];
    expect(await results(campaign, tests.join(''))).toEqual({
      early: [],
      late: [],
      other: ['anna.tier: "gone"', 'anna.points: 60'],
    });
  });
});

describe('the world of a test', () => {
  const plain = (on: string, more = '') => `
  cart:
    on: ${on}
    ${more}
    steps: [{ send: { email: cart } }]
`;
  const of = (name: string, rest: string, who = anna) => `
  ${name}:
    campaign: cart
    ${monday}
    customers: [${who}]
    ${rest}
`;

  it('keeps hold-outs, quiet hours and caps', async () => {
    const rest = (expected: string) =>
      `events: [{ at: +12h, customer: anna, cart_updated: {} }, { at: +13h, customer: anna, cart_updated: {} }]\n    expect: { messages: ${expected} }`;
    const more = `
policies: { quiet_hours: { from: "21:00", to: "09:00", otherwise: hold }, caps: { daily: { max: 1, per: calendar day } } }
holdouts: { most: { share: 95% } }`;
    const campaign = plain('{ event: cart_updated }', 'reenter: always').replace(
      '[{ send',
      '[{ send: { sms: cart } }, { send',
    );
    const tests = of('night', rest('[{ sms: cart, at: +23h }, { email: cart, refused: "cap:daily", at: +23h }]'));
    expect(await results(campaign, tests, more)).toEqual({ night: [] });
  });

  it('begins with its history, which enrols nobody', async () => {
    const campaign = plain('{ event: cart_updated }', 'audience: count(order_paid) > 0');
    const events = (...list: string[]) => `events: [${list.join(', ')}]`;
    const order = '{ at: -30d, customer: anna, order_paid: { total: 5 } }';
    const before = '{ at: -15m, customer: anna, cart_updated: {} }';
    const now = '{ at: +0m, customer: anna, cart_updated: {} }';
    const tests = [
      of('old', `${events(order, before)}\n    expect: { messages: [] }`),
      of('new', `${events(order, before, now)}\n    expect: { messages: [{ email: cart, at: +0m }] }`),
      of('stranger', `${events(now)}\n    expect: { messages: [] }`),
    ];
    expect(await results(campaign, tests.join(''))).toEqual({ old: [], new: [], stranger: [] });
  });

  it('lets the clock trigger: segments entered and left, dates, schedules, absences, launches', async () => {
    const segments = `
segments: { sleeping: { where: last(order_paid) < 45 days ago } }`;
    const order = 'events: [{ at: -44d, customer: anna, order_paid: { total: 5 } }]';
    const message = (at: string) => `\n    expect: { messages: [{ email: cart, at: ${at} }] }`;
    // Segments are looked through at midnight, fourteen hours after the start.
    const entering = of('enters', `${order}${message('+38h')}`) + of('awake', 'expect: { messages: [] }');
    expect(await results(plain('{ enters: sleeping }'), entering, segments)).toEqual({ enters: [], awake: [] });
    const wakes =
      'events: [{ at: -50d, customer: anna, order_paid: { total: 5 } }, { at: +30h, customer: anna, order_paid: { total: 5 } }]';
    expect(await results(plain('{ leaves: sleeping }'), of('leaves', wakes + message('+38h')), segments)).toEqual({
      leaves: [],
    });
    const born = anna.replace('{ id', '{ birthday: 1990-03-05, id');
    // A date of every year lets its customers in again each year, without `reenter`.
    const yearly = plain('{ date: birthday, at: "10:00", offset: 1 day before, every: year, leap_day: march 1 }');
    const dates = [
      of('birthday', `expect: { messages: [{ email: cart, at: +2d }, { email: cart, at: +367d }] }`, born),
      of('unknown', 'expect: { messages: [] }'),
    ];
    expect(await results(yearly, dates.join(''))).toEqual({ birthday: [], unknown: [] });
    const weekly = plain('{ schedule: "every monday at 10:00" }', 'reenter: always');
    const mondays = `lasts: 8 days\n    expect: { messages: [{ email: cart, at: +0m }, { email: cart, at: +7d }] }`;
    expect(await results(weekly, of('weekly', mondays))).toEqual({ weekly: [] });
    const away = plain('{ absence: order_paid, for: 45 days }');
    expect(await results(away, of('absent', order + message('+1d')))).toEqual({ absent: [] });
    const launched = [1, 2].map((h) => of(`launch-${h}`, `launches: [+${h}h]${message(`+${h}h`)}`));
    expect(await results(plain('{ launch: manual }'), launched.join(''))).toEqual({ 'launch-1': [], 'launch-2': [] });
  });

  it('refreshes segments at their instants only, also where something else happens in between', async () => {
    const campaign = plain('{ enters: sleeping }').replace('[{ send', '[{ wait: 36 hours }, { send');
    const segments = `
segments: { sleeping: { where: last(order_paid) < 45 days ago } }`;
    const bob = anna.replaceAll('anna', 'bob');
    // `anna` enters the segment before the first midnight, `bob` 45 hours after the start; five hours later `anna` has waited enough.
    const orders =
      'events: [{ at: -44d20h, customer: anna, order_paid: {} }, { at: -43d3h, customer: bob, order_paid: {} }]';
    const expected = '[{ customer: anna, email: cart, at: +50h }, { customer: bob, email: cart, at: +98h }]';
    const tests = of('both', `${orders}\n    expect: { messages: ${expected} }`, `${anna}, ${bob}`);
    expect(await results(campaign, tests, segments)).toEqual({ both: [] });
  });

  it('fills static segments, and a journey may take customers out of them', async () => {
    const segments = `
segments: { vips: { static: true }, regulars: { static: true } }`;
    const vip = anna.replace('{ id', '{ segments: [regulars, vips], id');
    const bob = anna.replaceAll('anna', 'bob').replace('{ id', '{ segments: [regulars], id');
    const both = (name: string, messages: string) =>
      of(
        name,
        `events: [{ at: +1h, customer: anna, cart_updated: {} }, { at: +1h, customer: bob, cart_updated: {} }]
    expect: { messages: ${messages} }`,
        `${vip}, ${bob}`,
      );
    const toVips = plain('{ event: cart_updated }', 'audience: in segment vips');
    expect(await results(toVips, both('asked', '[{ customer: anna, email: cart }]'), segments)).toEqual({ asked: [] });
    const leaving = plain('{ event: cart_updated }', 'reenter: always').replace(
      '[{ send: { email: cart } }]',
      '[{ if: in segment vips, then: [{ remove_from: vips }, { wait: 1 hour }, { if: not in segment vips, then: [{ send: { sms: cart } }] }], else: [{ send: { email: cart } }] }]',
    );
    const left = both('left', '[{ customer: bob, email: cart, at: +1h }, { customer: anna, sms: cart, at: +2h }]');
    expect(await results(leaving, left, segments)).toEqual({ left: [] });
    const there = (name: string, messages: string) => of(name, `expect: { messages: ${messages} }`, vip);
    const entering = there('there', '[]');
    expect(await results(plain('{ enters: vips }'), entering, segments)).toEqual({ there: [] });
    const existing = there('existing', '[{ email: cart, at: +0m }]');
    expect(await results(plain('{ enters: vips, existing: true }'), existing, segments)).toEqual({ existing: [] });
  });

  it('ranks customers among those of the test only', async () => {
    const campaign = plain('{ event: cart_updated }', 'audience: top 50% by sum(order_paid.total)');
    const bought = (who: string, total: number) => `{ at: -1d, customer: ${who}, order_paid: { total: ${total} } }`;
    const now = '{ at: +0m, customer: anna, cart_updated: {} }';
    const bob = '{ id: bob }';
    const tests = [
      of(
        'best',
        `events: [${bought('anna', 9)}, ${bought('bob', 5)}, ${now}]\n    expect: { messages: [{ email: cart }] }`,
        `${anna}, ${bob}`,
      ),
      of(
        'worst',
        `events: [${bought('anna', 1)}, ${bought('bob', 5)}, ${now}]\n    expect: { messages: [] }`,
        `${anna}, ${bob}`,
      ),
      of('alone', `events: [${bought('anna', 1)}, ${now}]\n    expect: { messages: [{ email: cart }] }`),
    ];
    expect(await results(campaign, tests.join(''))).toEqual({ best: [], worst: [], alone: [] });
  });

  it('cannot choose an arm that is drawn each time', async () => {
    const model = shop(`campaigns:${cart}\ntests:${test('drawn', 'plain', 'expect: { messages: [] }')}`);
    const [campaign] = model.campaigns;
    const split = campaign?.steps.find((step) => step.kind === 'split');
    if (split?.kind === 'split') split.sticky = false;
    const [result] = await play(model);
    expect(result?.passed).toBe(false);
    expect(result?.problems).toEqual([expect.stringContaining('draws a customer anew each time')]);
  });
});
