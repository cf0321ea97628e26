import { type BadInput, both, campaignDsl, campaignYaml, type Files } from '../input.ts';
import { projectInDsl, shop } from '../shop.ts';

/** The same mistake in a step of a journey. */
const step = (name: string, yaml: string, dsl: string) =>
  both(
    name,
    campaignYaml(`on: { event: cart_updated }\nsteps:\n  - ${yaml}`),
    campaignDsl(`on event cart_updated\n${dsl}`),
  );
/** The same mistake in what lets customers in. */
const trigger = (name: string, yaml: string, dsl: string) =>
  both(name, campaignYaml(`on: ${yaml}\nsteps: [{ wait: 1 day }]`), campaignDsl(`on ${dsl}\nwait 1 day`));
const split = (name: string, a: string, b: string) =>
  step(
    name,
    `split: { id: s, arms: { a: { share: ${a} }, b: { share: ${b}, steps: [{ wait: 1 day }] } } }`,
    `split s {\n  a ${a}\n  b ${b} { wait 1 day }\n}`,
  );

const testYaml = (customer: string) => `tests:
  t:
    campaign: cart
    start: 2026-03-02T10:00:00+03:00
    customers: [{ id: anna }]
    events: [{ at: +0m, customer: ${customer}, cart_updated: { items_count: 1 } }]
    expect: { messages: [] }
`;
const testDsl = (customer: string) => `test t {
  campaign cart
  start 2026-03-02T10:00:00+03:00
  customer anna
  event ${customer} cart_updated { items_count 1 } at +0m
  expect { messages {} }
}
`;

const inZone = (zone: string): { yaml: Files; dsl: Files } => ({
  yaml: { 'crm.yaml': shop['crm.yaml']?.replace('Europe/Moscow', zone) ?? '' },
  dsl: { 'project.crm': projectInDsl(zone) },
});

export const journeys: BadInput[] = [
  split('a share without its percent sign', '50', '50%'),
  split('shares that do not make up a whole', '50%', '45%'),
  split('a share above the whole', '150%', '-50%'),
  step('a duration of no unit', 'wait: 2 ours', 'wait 2 ours'),
  step('a month as a duration', 'wait: 1 month', 'wait 1 month'),
  step('a number instead of a duration', 'wait: 90', 'wait 90'),
  step('an endless duration', 'wait: 99999999999999999999 weeks', 'wait 99999999999999999999 weeks'),
  step('an unknown channel', 'send: { emial: cart/reminder }', 'send emial cart/reminder'),
  step('an unknown template', 'send: { email: cart/remainder }', 'send email cart/remainder'),
  step('a template outside', 'send: { email: ../../etc/passwd }', 'send email ../../etc/passwd'),
  step('an unknown attribute', 'set: { pionts: 5 }', 'set { pionts to 5 }'),
  step('an unknown list', 'add_to: pres', 'add_to pres'),
  step('a condition instead of a list', 'add_to: vip', 'add_to vip'),
  step('a webhook to an e-mail channel', 'webhook: { email: [city] }', 'webhook email { city }'),
  step('two steps in one', 'wait: 1 day\n    send: { email: cart/reminder }', 'wait 1 day send email cart/reminder'),
  step('an unknown step', 'wiat: 1 day', 'wiat 1 day'),
  step('an empty split', 'split: { arms: {} }', 'split s {}'),
  trigger('an unknown event', '{ event: cart_update }', 'event cart_update'),
  trigger('an unknown segment', '{ enters: vips }', 'enters vips'),
  trigger(
    'a birthday without a rule for leap days',
    '{ date: birthday, at: "10:00", every: year }',
    'date birthday at 10:00 every year',
  ),
  trigger(
    'an impossible time',
    '{ date: birthday, at: "25:00", every: year, leap_day: skip }',
    'date birthday at 25:00 every year leap_day skip',
  ),
  trigger('a schedule that never comes', '{ schedule: 0 0 31 2 * }', 'schedule 0 0 31 2 *'),
  trigger('a schedule in other words', '{ schedule: every full moon }', 'schedule every full moon'),
  both(
    'the event of the trigger in the audience',
    campaignYaml('on: { event: cart_updated }\naudience: event.total > 5\nsteps: [{ wait: 1 day }]'),
    campaignDsl('on event cart_updated\naudience event.total > 5\nwait 1 day'),
  ),
  both(
    'an unknown event, and the event in the audience',
    campaignYaml('on: { event: cart_update }\naudience: event.total > 5\nsteps: [{ wait: 1 day }]'),
    campaignDsl('on event cart_update\naudience event.total > 5\nwait 1 day'),
  ),
  both('no way in', campaignYaml('steps: [{ wait: 1 day }]'), campaignDsl('wait 1 day')),
  both('no steps', campaignYaml('on: { event: cart_updated }'), campaignDsl('on event cart_updated')),
  both(
    'a word instead of a number',
    campaignYaml('on: { event: cart_updated }\npriority: high\nsteps: [{ wait: 1 day }]'),
    campaignDsl('on event cart_updated\npriority high\nwait 1 day'),
  ),
  both(
    'a circle of segments',
    'segments:\n  a: { where: in segment b }\n  b: { where: not in segment c }\n  c: { where: in segment a }\n',
    'segment a { where in segment b }\nsegment b { where not in segment c }\nsegment c { where in segment a }\n',
  ),
  both('a segment of itself', 'segments:\n  a: { where: in segment a }\n', 'segment a { where in segment a }\n'),
  both('an unknown customer in a test', testYaml('ana'), testDsl('ana')),
  { name: 'an unknown time zone', ...inZone('Europe/Mosow') },
  {
    name: 'an environment with an unknown variable',
    env: 'production',
    yaml: { 'environments/production.yaml': 'variables: { limt: 50 }\n' },
  },
  { name: 'an unknown environment', env: 'prodution', yaml: { 'environments/production.yaml': 'variables: {}\n' } },
];
