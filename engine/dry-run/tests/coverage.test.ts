import { expect, it } from 'vitest';
import { compile } from '../../compile/compile.ts';
import { coverage, total } from './coverage.ts';
import { anna, monday, play, shop } from './shop.fixture.ts';

const campaigns = `
campaigns:
  silent:
    on: { event: order_paid }
    steps: [{ send: { sms: cart } }]
  cart:
    on: { event: cart_updated }
    steps:
      - set: { tier: seen }
      - if: points > 5
        then:
          - add_to: rich
          - split:
              id: offer
              arms: { control: { share: 50% }, plain: { share: 50%, steps: [{ id: plain, send: { email: cart } }, { id: later, wait: 1 day }] } }
      - wait: { event: order_paid, within: 1 hour }
        then: [{ exit: bought }]
        else:
          - cascade:
              order: preferred
              stages: [{ email: cart, until: opened, within: 1 hour }, { sms: cart, until: clicked, within: 1 hour }]
segments: { rich: { static: true } }
tests:
`;

const test = (name: string, points: number, arm: string, events = '') => `
  ${name}:
    campaign: cart
    ${monday}
    arms: { offer: ${arm} }
    customers: [${anna.replace('{ id', `{ points: ${points}, id`)}]
    events: [{ at: +0m, customer: anna, cart_updated: {} }${events}]
    expect: { exits: [{ customer: anna, reason: completed }] }
`;

async function covered(tests: string) {
  const model = shop(campaigns + tests);
  const program = compile(model);
  return coverage(program, await play(model)).find((one) => one.campaign === 'cart') ?? expect.fail();
}

const places = ({ missed }: Awaited<ReturnType<typeof covered>>) =>
  missed.map(({ step, way }) => (way === undefined ? step : `${step}: ${way}`));

it('counts every step and branch that a customer passes, also several at one instant', async () => {
  const first = await covered(test('poor', 0, 'plain'));
  expect(places(first)).toEqual(['if-2: then', 'wait-3: then']);
  expect(first.percent).toBe(47);
  const order = ', { at: +30m, customer: anna, order_paid: { total: 1 } }';
  const more = await covered(test('poor', 0, 'plain', order) + test('rich', 9, 'control', order));
  expect(places(more)).toEqual(['offer: plain', 'wait-3: else']);
  const all = await covered(
    test('poor', 0, 'plain') +
      test('plain', 9, 'plain') +
      test('buyer', 0, 'control', order) +
      test('rich', 9, 'control'),
  );
  expect(places(all)).toEqual([]);
  expect(all.percent).toBe(100);
});

it('counts nothing as reached in a campaign without a test, and lists only its beginning', async () => {
  const model = shop(campaigns + test('poor', 0, 'plain'));
  const [silent, cart] = coverage(compile(model), []).toSorted((a, b) => (a.campaign > b.campaign ? -1 : 1));
  expect(silent).toEqual({
    campaign: 'silent',
    tests: 0,
    places: 1,
    reached: 0,
    percent: 0,
    missed: [{ step: 'send-1', kind: 'send' }],
  });
  expect(total([])).toBe(100);
  expect(cart?.missed).toEqual([{ step: 'set-1', kind: 'set' }]);
});
