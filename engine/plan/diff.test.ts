import { describe, expect, it } from 'vitest';
import type { Campaign, Step } from '../../spec/model/campaign.ts';
import type { Model, Segment } from '../../spec/model/model.ts';
import { day, hour } from '../../test/world.ts';
import { diff, send, wait } from './diff.fixture.ts';
import { compareDeployments } from './diff.ts';
import { placed } from './plan.ts';
import { cart, expression, segment, shop, shopWithDocument } from './world.fixture.ts';

describe('the difference of two programs', () => {
  it('is empty between equal ones', () => {
    expect(diff({}, {})).toEqual([]);
  });

  it('shows the share of rows that a file may lose', () => {
    const { data } = shop();
    const [change, ...more] = diff({ data }, { data: { ...data, tolerance: 6000 } });
    expect(more).toEqual([]);
    expect(change).toMatchObject({
      address: 'data.tolerance',
      action: 'create',
      fields: [{ path: 'tolerance', after: '60%' }],
    });
  });

  it('shows a source that a preset fills in as it is declared', () => {
    const { data } = shop();
    const declared = { path: 'a.csv', preset: 'shopify-customers' };
    const source = { path: 'a.csv', rename: { Email: ['id', 'email'] }, known: ['Email', 'Note'], declared };
    const after = { data: { ...data, customers: { ...data.customers, sources: [source] } } };
    expect(diff({ data }, after)[0]?.fields).toEqual([
      { path: 'from', after: '{ path: a.csv, preset: shopify-customers }' },
    ]);
  });

  it('creates everything where nothing is applied, in the words of the files', () => {
    const changes = compareDeployments(shopWithDocument(), undefined);
    expect(changes.every((change) => change.action === 'create')).toBe(true);
    expect(changes.map((change) => change.address)).toEqual([
      'project',
      'policies',
      'data.customers',
      'event.cart_updated',
      'event.order_paid',
      'segment.buyers',
      'segment.big',
      'channel.email',
      'channel.sms',
      'template.cart.email',
      'partial.footer',
      'campaign.cart',
    ]);
    const fields = changes.at(-1)?.fields.map(({ path, after }) => `${path}: ${after}`);
    expect(fields).toEqual([
      'title: Abandoned cart',
      'on: { event: cart_updated, when: event.items_count > 0 }',
      'audience: in segment buyers and city != "Moscow"',
      'exit: { event: order_paid }',
      'goal: { event: order_paid, within: 7 days }',
      'reenter: after 7 days',
      'expires: 1 day',
      'steps.wait-1: wait: 2 hours',
      'steps.offer: split:\n  arms:\n    control: { share: 10% }\n    cascade: { share: 90% }',
      'steps.nudge: cascade:\n  - { email: cart, until: opened, within: 2 hours }\n  - { sms: cart }',
    ]);
    expect(changes.find((change) => change.address === 'segment.big')?.fields).toEqual([
      { path: 'where', after: 'in segment buyers and points > 100' },
    ]);
  });

  it('removes what is gone, last', () => {
    const changes = diff({}, { campaigns: [], partials: [] });
    expect(changes.map(({ action, address, usedBy }) => [action, address, usedBy])).toEqual([
      ['remove', 'partial.footer', ['cart']],
      ['remove', 'campaign.cart', []],
    ]);
  });

  it('names the segment through which a campaign changes, not the condition', () => {
    const segments = [segment('buyers', 'count(order_paid) > 1'), segment('big', 'in segment buyers and points > 100')];
    const changes = diff({}, { segments });
    expect(changes.map(({ address, fields, because, usedBy }) => ({ address, fields, because, usedBy }))).toEqual([
      {
        address: 'segment.buyers',
        fields: [{ path: 'where', before: 'count(order_paid) > 0', after: 'count(order_paid) > 1' }],
        because: [],
        usedBy: ['cart'],
      },
      { address: 'segment.big', fields: [], because: ['segment.buyers'], usedBy: [] },
      { address: 'campaign.cart', fields: [], because: ['segment.buyers'], usedBy: [] },
    ]);
  });

  it('finds the campaigns that a segment triggers, also through another segment', () => {
    const on = { kind: 'segment', segment: 'big', existing: true } as const;
    const campaigns = [cart({ on, audience: expression('points > 5') })];
    const changes = diff(
      { campaigns },
      { campaigns, segments: [segment('buyers', 'points > 1'), segment('big', 'in segment buyers and points > 100')] },
    );
    expect(changes.map(({ address, usedBy }) => [address, usedBy])).toEqual([
      ['segment.buyers', ['cart']],
      ['segment.big', ['cart']],
    ]);
  });

  it('says what a key means that is not written, also where that depends on another key', () => {
    const before = cart({ priority: 5 });
    const [change] = diff({ campaigns: [before] }, { campaigns: [cart({ reenter: { kind: 'never' } })] });
    expect(change?.fields).toEqual([
      { path: 'reenter', before: 'after 7 days', after: 'never' },
      { path: 'priority', before: '5', after: '0' },
    ]);
    const [back] = diff({ campaigns: [cart({ reenter: { kind: 'never' } })] }, { campaigns: [before] });
    expect(back?.fields).toEqual([
      { path: 'priority', before: '0', after: '5' },
      { path: 'reenter', before: 'never', after: 'after 7 days' },
    ]);
  });

  it('shows hold-outs, variables and static segments', () => {
    const parts = (share: number, discount: number, path: string) => ({
      campaigns: [],
      holdouts: [{ name: 'global', share, salt: 'q1' }],
      variables: { discount },
      segments: [{ name: 'vips', sources: [{ path, rename: {} }] }],
    });
    const fields = diff(parts(500, 10, 'a.csv'), parts(1_000, 15, 'b.csv')).map(({ address, fields }) => [
      address,
      ...fields.map(({ path, before, after }) => `${path}: ${before} → ${after}`),
    ]);
    expect(fields).toEqual([
      ['variables', 'discount: 10 → 15'],
      ['holdout.global', 'share: 5% → 10%'],
      ['segment.vips', 'from: a.csv → b.csv'],
    ]);
  });

  it('shows the same columns of a source alike, however they are ordered', () => {
    const parts = (path: string, rename: Record<string, string>) => ({
      campaigns: [],
      segments: [{ name: 'vips', sources: [{ path, rename }] }],
    });
    const [change] = diff(parts('a.csv', { Код: 'id', Email: 'mail' }), parts('b.csv', { Email: 'mail', Код: 'id' }));
    expect(change?.fields).toEqual([{ path: 'from.path', before: 'a.csv', after: 'b.csv' }]);
  });

  it('names webhooks and tasks as what they are', () => {
    const transport = { kind: 'console' } as const;
    const { channels } = shop();
    const own = [
      { name: 'crm', kind: 'webhook', transport, price: 0 } as const,
      { name: 'staff', kind: 'task', transport, price: 0 } as const,
    ];
    const steps = (fields: string[]): Step[] => [
      { kind: 'webhook', id: 'tell', channel: 'crm', fields },
      { kind: 'task', id: 'call', channel: 'staff', template: 'call' },
    ];
    const all = { channels: [...channels, ...own] };
    const [change] = diff(
      { ...all, campaigns: [cart({ steps: steps([]) })] },
      { ...all, campaigns: [cart({ steps: steps(['city', 'event.total']).slice(0, 1) })] },
    );
    expect(change?.fields).toEqual(
      expect.arrayContaining([
        { path: 'steps.tell.webhook', before: '{ crm: [] }', after: '{ crm: [city, event.total] }' },
        { path: 'steps.call', before: 'task: { staff: call }' },
      ]),
    );
  });

  it('shows the first line of a text that differs', () => {
    const { templates } = shop();
    const variants = [{ path: 'templates/cart.email.hbs', subject: 'Your cart', body: '<p>Hello</p>\n<b>new</b>\n' }];
    const [change] = diff({}, { templates: templates.map((template) => ({ ...template, variants })) });
    expect(change?.fields).toEqual([{ path: 'any locale.body', before: '{{> footer}}', after: '<b>new</b>', line: 2 }]);
  });

  it('places a changed text at its line of its own file, behind what comes before it there', () => {
    const start = { offset: 0, line: 4, column: 1 };
    const origins = {
      'template.cart.email': { file: 'templates/cart.email.en.hbs', start, end: start },
      'template.cart.email.any locale.body': { file: 'templates/cart.email.hbs', start, end: start },
    };
    const { templates } = shop();
    const variants = [{ path: 'templates/cart.email.hbs', subject: 'Your cart', body: '<p>Hello</p>\n<b>new</b>\n' }];
    const [change] = placed(diff({}, { templates: templates.map((template) => ({ ...template, variants })) }), origins);
    const origin = { file: 'templates/cart.email.hbs', line: 5, column: 1 };
    expect(change).toMatchObject({ origin, fields: [{ line: 2, origin }] });
  });

  it('shows the spaces of a line that differs in nothing else', () => {
    const { templates } = shop();
    const variants = [{ path: 'templates/cart.email.hbs', subject: 'Your cart', body: '<p>Hello</p>  \n{{> footer}}' }];
    const [change] = diff({}, { templates: templates.map((template) => ({ ...template, variants })) });
    expect(change?.fields).toEqual([
      { path: 'any locale.body', before: '<p>Hello</p>', after: '<p>Hello</p>  ', line: 1 },
    ]);
  });

  it('uses the notation of the project', () => {
    const change = { campaigns: [cart({ steps: [wait('w', hour), send('s')], exit: [] })] };
    const [created] = compareDeployments(shopWithDocument(change, 'dsl'), undefined).slice(-1);
    expect(created?.fields.map(({ path, after }) => `${path}: ${after}`)).toEqual([
      'title: Abandoned cart',
      'on: event cart_updated when event.items_count > 0',
      'audience: in segment buyers and city != "Moscow"',
      'goal: order_paid within 7 days',
      'reenter: after 7 days',
      'expires: 1 day',
      'steps.w: wait 1 hour',
      'steps.s: send email cart',
    ]);
  });

  it('shows a schedule in words', () => {
    const at = (cron: string) => ({ campaigns: [cart({ on: { kind: 'schedule', cron, zone: 'project' } })] });
    expect(diff(at('0 10 * * 1'), at('30 9 * * 1-5'))[0]?.fields).toEqual([
      { path: 'on.schedule', before: 'every monday at 10:00', after: 'every weekday at 09:30' },
    ]);
  });

  it('names the scores and the prices through which a campaign changes', () => {
    const rfm = { event: 'order_paid', value: 'total', window: day };
    const best: Segment = {
      name: 'best',
      where: {
        kind: 'compare',
        type: 'boolean',
        op: '==',
        left: { kind: 'rfm', type: 'integer', part: 'recency', config: rfm },
        right: { kind: 'literal', type: 'integer', value: 5 },
      },
    };
    const wider = JSON.parse(JSON.stringify(best).replace(`${day}`, `${2 * day}`)) as Segment;
    const changes = diff(
      { campaigns: [], rfm, segments: [best] },
      { campaigns: [], rfm: { ...rfm, window: 2 * day }, segments: [wider] },
    );
    expect(changes.map(({ address, fields, because }) => ({ address, fields, because }))).toEqual([
      { address: 'data.rfm', fields: [{ path: 'window', before: '1 day', after: '2 days' }], because: [] },
      { address: 'segment.best', fields: [], because: ['data.rfm'] },
    ]);
    const steps: Step[] = [
      {
        kind: 'cascade',
        id: 'c',
        order: 'cheapest',
        stages: [
          { id: 'c.email', channel: 'email', template: 'cart', until: 'opened', within: hour },
          { id: 'c.sms', channel: 'sms', template: 'cart', until: 'delivered', within: hour },
        ],
      },
    ];
    const campaigns = [cart({ steps })];
    const channels = shop().channels.map((one) => ({ ...one, price: one.kind === 'sms' ? 0 : one.price }));
    expect(diff({ campaigns }, { campaigns, channels }).at(-1)).toMatchObject({
      address: 'campaign.cart',
      because: ['channel.sms'],
    });
  });

  it('names the event whose field has another type, by which a condition is compiled otherwise', () => {
    const { data } = shop();
    const events = data.events.map((event) => ({
      ...event,
      fields: event.fields.map((field) =>
        event.name === 'order_paid' ? field : { ...field, type: 'string' as const },
      ),
    }));
    const before = shopWithDocument({ data: { ...data, events } });
    const campaigns = before.program.campaigns.map((one) => ({ ...one, hash: 'other' }));
    const program = { ...before.program, campaigns };
    const changes = compareDeployments(shopWithDocument(), { program, document: { ...before, program } });
    expect(changes.at(-1)).toMatchObject({ address: 'campaign.cart', fields: [], because: ['event.cart_updated'] });
    expect(changes.at(-1)?.note).toBeUndefined();
  });

  it('shows that nothing but the compiler differs', () => {
    const now = shopWithDocument();
    const campaigns = now.program.campaigns.map((one) => ({ ...one, hash: 'other' }));
    const program = { ...now.program, campaigns, hash: 'other' };
    expect(compareDeployments(now, { program, document: { ...now, program } })).toMatchObject([
      { address: 'campaign.cart', action: 'change', fields: [], because: [], note: 'compiled-anew' },
    ]);
  });

  it('names what differs from a deployment without a document', () => {
    const { program } = shopWithDocument({ channels: [] });
    expect(compareDeployments(shopWithDocument({ campaigns: [] }), { program })).toMatchObject([
      { address: 'channel.email', action: 'create' },
      { address: 'channel.sms', action: 'create' },
      { address: 'campaign.cart', action: 'remove', fields: [], note: 'no-document' },
    ]);
  });
});

describe('whatever differs is shown', () => {
  const first = shop();
  const [buyers, big] = first.segments;
  const { audience: _, ...open } = cart();
  const campaign = (part: Partial<Campaign>): Partial<Model> => ({ campaigns: [cart(part)] });
  const cases: Record<string, Partial<Model>> = {
    'project.locale': { project: { ...first.project, locale: 'ru' } },
    'project.refresh': { project: { ...first.project, refresh: day } },
    'project.simulation': { project: { ...first.project, simulation: { seed: 'b', engagement: {} } } },
    'a source': { data: { ...first.data, consent: [{ path: 'consent.csv', rename: {} }] } },
    'a field': {
      data: { ...first.data, events: first.data.events.map((kind) => ({ ...kind, fields: kind.fields.slice(1) })) },
    },
    'what is personal': {
      data: {
        ...first.data,
        customers: {
          sources: [],
          attributes: first.data.customers.attributes.map((attribute) => ({ ...attribute, pii: true })),
        },
      },
    },
    'a title of a segment': { segments: buyers && big ? [{ ...buyers, title: 'Buyers' }, big] : [] },
    'the order of attributes': {
      data: {
        ...first.data,
        customers: { sources: [], attributes: first.data.customers.attributes.toReversed() },
      },
    },
    'a price': { channels: first.channels.map((channel) => ({ ...channel, price: 9 })) },
    resending: { channels: first.channels.map((channel) => ({ ...channel, resendUnknown: true })) },
    'quiet hours': { policies: { caps: first.policies.caps } },
    'a cap': { policies: { ...first.policies, caps: [{ name: 'daily', max: 2, per: 'calendar day' }] } },
    'no policies': { policies: { caps: [] } },
    category: campaign({ category: 'transactional' }),
    priority: campaign({ priority: 3 }),
    'existing members': campaign({ on: { kind: 'segment', segment: 'big', existing: false } }),
    schedule: campaign({ on: { kind: 'schedule', cron: '0 10 * * 1', zone: 'customer' } }),
    'no audience': { campaigns: [open] },
    exit: campaign({ exit: [] }),
    'goal value': campaign({
      goal: { event: 'order_paid', within: 7 * day, value: expression('event.total', 'number') },
    }),
    're-entry': campaign({ reenter: { kind: 'never' } }),
    expiry: campaign({ expires: hour }),
    'no steps': campaign({ steps: [] }),
    'a condition that a segment says too': campaign({ audience: expression('count(order_paid) > 0') }),
  };
  it.each(Object.keys(cases))('%s', (name) => {
    const changes = diff({}, cases[name] ?? {});
    expect(changes).not.toEqual([]);
    for (const change of changes) expect(change.fields.length + change.because.length, change.note).toBeGreaterThan(0);
  });
});
