import { describe, expect, it } from 'vitest';
import { convertFile } from '../convert.ts';
import { loadProject } from '../load.ts';

const head = `project: { name: shop, timezone: Europe/Moscow, locale: ru, currency: RUB }
data:
  customers:
    attributes:
      email: email
      phone: phone
      birthday: date
      tier: string
      points: integer
      vip: boolean
      seen: instant
      zone: timezone
      balance: { type: money, pii: true }
      code: { type: integer, pii: true }
  events:
    order_paid: { fields: { total: money } }
    cart_updated: { fields: { items_count: integer } }
channels:
  sms: { transport: console }
  messenger: { transport: console }
  crm: { kind: webhook, transport: http, url: env:CRM_URL }
  desk: { kind: task, transport: http, url: "http://localhost:8080/tasks", price: 50 }
segments:
  vips: { static: true }
cascades:
  gentle:
    stages: [ { channel: messenger, until: opened, within: 2 hours }, { channel: sms } ]
  eager:
    order: cheapest
    stages:
      - { channel: messenger, until: opened, within: 2 hours }
      - { channel: sms, until: delivered, within: 1 hour }
campaigns:
  c:
`;
const templates = [
  { path: 'templates/hi.sms.hbs', text: '{{event.items_count}}' },
  { path: 'templates/hi.messenger.hbs', text: 'Hi' },
  { path: 'templates/call.task.hbs', text: '---\nsubject: Call {{customer.tier}}\n---\nNow' },
];

/** The campaign of a YAML body, which the DSL must understand in the same way. */
function campaign(on: string, steps: string) {
  const text = `${head}    on: ${on}\n    steps:\n${steps.replaceAll(/^/gm, '      ')}\n`;
  const file = { path: 'crm.yaml', text };
  const { model, diagnostics } = loadProject([file, ...templates]);
  if (model) {
    const dsl = convertFile(file).file;
    expect(dsl && loadProject([dsl, ...templates]).model, dsl?.text).toEqual(model);
  }
  return { campaign: model?.campaigns[0], messages: diagnostics.map(({ code, message }) => `${code} ${message}`) };
}

const trigger = (on: string) => campaign(on, '- wait: 1 day').campaign?.on;
const steps = (written: string, on = '{ event: cart_updated }') => campaign(on, written).campaign?.steps;

describe('triggers', () => {
  it('count days from a date, on its own year or on all', () => {
    const date = { kind: 'date', attribute: 'birthday', minuteOfDay: 600 };
    expect(trigger('{ date: birthday, at: "10:00" }')).toEqual({ ...date, days: 0 });
    expect(trigger('{ date: birthday, at: "10:00", offset: 2 weeks before }')).toEqual({ ...date, days: -14 });
    expect(trigger('{ date: birthday, at: "10:00", offset: 1 day after, every: year, leap_day: march 1 }')).toEqual({
      ...date,
      days: 1,
      yearly: { leapDay: 'march 1' },
    });
  });

  it('speak of the event from which an absence is counted', () => {
    const sms = '- send: { sms: hi }';
    expect(trigger('{ absence: order_paid, for: 2 hours }')).toEqual({
      kind: 'absence',
      absent: { event: 'order_paid' },
      ms: 7_200_000,
    });
    const after = campaign('{ absence: order_paid, for: 2 hours, after: cart_updated }', sms);
    expect(after.campaign?.on).toMatchObject({ after: { event: 'cart_updated' } });
    const alone = campaign('{ absence: order_paid, for: 2 hours }', sms);
    expect(alone.messages).toEqual([expect.stringMatching(/^CRM3.*items_count/)]);
  });

  it('wait for a launch, or for a customer to leave a segment', () => {
    expect(trigger('{ launch: manual }')).toEqual({ kind: 'manual' });
    expect(trigger('{ leaves: vips }')).toEqual({ kind: 'leaving', segment: 'vips' });
  });
});

describe('steps', () => {
  it('wait until days of the week, each once and in their order', () => {
    expect(steps('- wait: { until: "sunday, monday and sunday at 9:05" }')).toEqual([
      { kind: 'until', id: 'wait-1', minuteOfDay: 545, weekdays: [1, 7] },
    ]);
  });

  it('wait for an event, and go on after both ends of it', () => {
    const written = `
- wait: { event: order_paid, when: event.total > 5, within: 7 days }
  then: [ { exit: paid } ]
- wait: 1 day`;
    expect(steps(written)).toMatchObject([
      {
        kind: 'await',
        id: 'wait-1',
        event: 'order_paid',
        within: 604_800_000,
        then: [{ id: 'wait-1.then.exit-1' }],
        else: [],
      },
      { kind: 'wait', id: 'wait-2' },
    ]);
  });

  it('write a named cascade out, with a template for each channel', () => {
    expect(steps('- cascade: { use: gentle, template: hi }')).toEqual([
      {
        kind: 'cascade',
        id: 'cascade-1',
        stages: [
          { id: 'cascade-1.messenger', channel: 'messenger', template: 'hi', until: 'opened', within: 7_200_000 },
          { id: 'cascade-1.sms', channel: 'sms', template: 'hi' },
        ],
      },
    ]);
    expect(campaign('{ event: cart_updated }', '- cascade: { use: gentle, template: ho }').messages).toEqual([
      'CRM4005 There is no template `ho` for messenger',
      'CRM4005 There is no template `ho` for sms',
    ]);
  });

  it('take the order of a named cascade, or one of their own', () => {
    expect(steps('- cascade: { use: eager, template: hi }')).toMatchObject([{ order: 'cheapest' }]);
    expect(steps('- cascade: { use: eager, template: hi, order: preferred }')).toMatchObject([{ order: 'preferred' }]);
    const [written] = steps('- cascade: { use: eager, template: hi, order: written }') ?? [];
    expect(written).not.toHaveProperty('order');
    expect(written?.kind === 'cascade' && written.stages.at(-1)).toEqual({
      id: 'cascade-1.sms',
      channel: 'sms',
      template: 'hi',
    });
  });

  it('set texts as they are, and everything else as an expression', () => {
    const written = `
- set: { tier: points + 1, points: points + 50, vip: true, birthday: today, seen: now, zone: Europe/Moscow }
- set: { tier: "5", points: 5, code: points, balance: balance + 100 RUB }`;
    const values = steps(written)?.map((step) => (step.kind === 'set' ? step.values : []));
    expect(values?.[0]).toMatchObject([
      { attribute: 'tier', value: { kind: 'literal', type: 'string', value: 'points + 1' } },
      { attribute: 'points', value: { kind: 'arithmetic', type: 'integer' } },
      { attribute: 'vip', value: { kind: 'literal', type: 'boolean', value: true } },
      { attribute: 'birthday', value: { kind: 'today' } },
      { attribute: 'seen', value: { kind: 'ago', ms: 0 } },
      { attribute: 'zone', value: { value: 'Europe/Moscow' } },
    ]);
    expect(values?.[1]).toMatchObject([
      { value: { type: 'string', value: '5' } },
      { value: { type: 'integer', value: 5 } },
      { value: { kind: 'attribute', name: 'points' } },
      { value: { kind: 'arithmetic', type: 'money' } },
    ]);
  });

  it.each([
    ['code: 5', /^CRM4032 `code` is personal data/],
    ['phone: "+79990000000"', /^CRM4032 `phone` is personal data/],
    ['zone: Moskau/Mitte', /^CRM1023 .*timezone/],
    ['vip: points', /^CRM2040/],
    ['seen: today', /^CRM2060 This is a date, an instant is expected/],
    ['nobody: 5', /^CRM4007 There is no attribute `nobody`/],
  ])('do not set %s', (written, message) => {
    expect(campaign('{ event: cart_updated }', `- set: { ${written} }`).messages).toEqual([
      expect.stringMatching(message),
    ]);
  });

  it('notify other systems and the staff', () => {
    const written = `
- add_to: vips
- remove_from: vips
- webhook: { crm: [tier, event.items_count] }
- webhook: { crm: [] }
- task: { desk: call }`;
    expect(steps(written)).toEqual([
      { kind: 'add', id: 'add-1', segment: 'vips' },
      { kind: 'remove', id: 'remove-2', segment: 'vips' },
      { kind: 'webhook', id: 'webhook-3', channel: 'crm', fields: ['tier', 'event.items_count'] },
      { kind: 'webhook', id: 'webhook-4', channel: 'crm', fields: [] },
      { kind: 'task', id: 'task-5', channel: 'desk', template: 'call' },
    ]);
  });
});
