import { compile } from '../engine/compile/compile.ts';
import { runTests } from '../engine/dry-run/tests/run-tests.ts';
import type { Step } from '../spec/model/campaign.ts';
import type { CampaignTest } from '../spec/model/test.ts';
import { campaign, day, hour, minute, model } from '../test/world.ts';
import type { BenchLine } from './bench.ts';
import { seconds } from './measure.ts';

const send = (id: string, channel: string): Step => ({ kind: 'send', id, channel, template: 'cart' });

const journey: Step[] = [
  { kind: 'wait', id: 'wait', ms: 2 * hour },
  {
    kind: 'split',
    id: 'offer',
    arms: [
      { name: 'control', share: 1000, control: true, steps: [] },
      { name: 'plain', share: 4500, control: false, steps: [send('plain', 'email')] },
      {
        name: 'cascade',
        share: 4500,
        control: false,
        steps: [
          {
            kind: 'cascade',
            id: 'both',
            stages: [
              { id: 'both.email', channel: 'email', template: 'cart', until: 'opened', within: 2 * hour },
              { id: 'both.sms', channel: 'sms', template: 'cart' },
            ],
          },
        ],
      },
    ],
  },
];

const variants = [
  { path: 'cart', subject: 'Your cart, {{customer.name}}', body: '<p>It waits, {{customer.name}}.</p>' },
];
const names = ['one', 'two', 'three'];
const world = compile(
  model({
    campaigns: names.map((name) => campaign({ name, exit: [{ event: 'order_paid' }], steps: journey })),
    templates: [
      { name: 'cart', channel: 'email', variants },
      { name: 'cart', channel: 'sms', variants },
    ],
  }),
);

/** Returns a test with a customer, an arm and an event; the tests start on four different days. */
function test(i: number): CampaignTest {
  const arm = ['control', 'plain', 'cascade'][Math.floor(i / 3) % 3] ?? '';
  const reaction = {
    at: (3 * 60 + (i % 4) * 15) * minute,
    customer: 'anna',
    channel: 'email',
    kind: 'opened' as const,
  };
  return {
    name: `test-${i}`,
    campaign: names[i % names.length] ?? '',
    start: Date.UTC(2026, 2, 2, 10) + (Math.floor(i / 9) % 4) * day,
    arms: { offer: arm },
    customers: [
      { id: 'anna', consent: ['email', 'sms'], segments: [], attributes: { name: 'Anna', email: 'anna@example.com' } },
    ],
    events: [{ at: 0, customer: 'anna', event: 'cart_updated', fields: { total: 300 } }],
    reactions: arm === 'cascade' && i % 2 === 0 ? [reaction] : [],
    launches: [],
    expect: { messages: arm === 'control' ? [] : [{ channel: 'email', at: 2 * hour, contains: ['Anna'] }] },
  };
}

/** Compares tests of three campaigns, many on one store, with each on a separate store. */
export async function testBench(count = 300, alone = 30): Promise<BenchLine> {
  const tests = Array.from({ length: count }, (_, i) => test(i));
  const options = { tz: 'bench', parallel: 2 };
  await runTests(world, tests.slice(0, 3), options);
  let passed = 0;
  const ours = await seconds(async () => {
    passed = (await runTests(world, tests, options)).filter((result) => result.passed).length;
  });
  const some = await seconds(async () => {
    for (const one of tests.slice(0, alone)) await runTests(world, [one], options);
  });
  if (passed < count) throw new Error(`only ${passed} of ${count} tests pass`);
  const theirs = (some / alone) * count;
  return {
    name: `crm test: ${count} tests of ${names.length} campaigns`,
    ours,
    theirs,
    unit: 's',
    note: `many on one store, against each on a store of its own (${alone} measured)`,
  };
}
