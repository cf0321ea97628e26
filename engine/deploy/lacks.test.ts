import { describe, expect, it } from 'vitest';
import type { Campaign } from '../../spec/model/campaign.ts';
import type { Field } from '../../spec/model/data.ts';
import type { Expression } from '../../spec/model/expression.ts';
import type { Model } from '../../spec/model/model.ts';
import { campaign, day, model } from '../../test/world.ts';
import { compile } from '../compile/compile.ts';
import { withVersionsBefore } from './versions-before.ts';

const rows = [{ path: 'off.csv', rename: {} }];
const shop = model();
const { data } = shop;
const bought: Field = {
  name: 'bought',
  type: 'list',
  pii: false,
  items: [{ name: 'sku', type: 'string', pii: false }],
};
const all: Model = {
  ...shop,
  data: {
    ...data,
    customers: { ...data.customers, attributes: [...data.customers.attributes, bought] },
    events: [...data.events, { name: 'viewed', sources: [], fields: [{ name: 'price', type: 'money', pii: false }] }],
  },
  segments: [
    { name: 'off', sources: rows },
    {
      name: 'through',
      where: { kind: 'not', type: 'boolean', operand: { kind: 'segment', type: 'boolean', name: 'off' } },
    },
  ],
  channels: [...shop.channels, { name: 'crm', kind: 'webhook', transport: { kind: 'console' }, price: 0 }],
  templates: [
    { name: 'hello', channel: 'email', variants: [] },
    { name: 'hello', channel: 'sms', variants: [] },
  ],
};

const is = (name: string) => ({ kind: 'segment', type: 'boolean', name }) as const;
const viewed = { kind: 'aggregate', type: 'integer', fn: 'count', event: 'viewed' } as const;
const rfm = { event: 'viewed', value: 'price', window: 30 * day };
const some = (operand: Expression): Expression => ({ kind: 'missing', type: 'boolean', operand });
const without = <T extends { name: string }>(list: T[], name: string) => list.filter((one) => one.name !== name);
const attributes = (list: Model['data']['customers']['attributes']): Partial<Model> => ({
  data: { ...all.data, customers: { ...all.data.customers, attributes: list } },
});
const events = (list: Model['data']['events']): Partial<Model> => ({ data: { ...all.data, events: list } });

const noList: Partial<Model> = { segments: [] };
const noPoints = attributes(without(all.data.customers.attributes, 'points'));
const noViews = events(without(all.data.events, 'viewed'));
const step = (one: Campaign['steps'][number]): Partial<Campaign> => ({ steps: [one] });

/** Returns true if a version stays beside the one that an apply of `left` brings. */
function stays(part: Partial<Campaign>, left: Partial<Model>): boolean {
  const applied = compile({ ...all, campaigns: [campaign({ steps: [], ...part })] });
  const next = campaign({ steps: [{ kind: 'exit', id: 'exit-1', reason: 'new' }], changeRollout: [{ share: 10_000 }] });
  const before = { applied, states: {}, now: 0 };
  const desired = compile({ ...all, ...left, campaigns: [next] });
  return withVersionsBefore(desired, before).campaigns[0]?.before !== undefined;
}

describe('a version is not entered any more where the project no longer has', () => {
  it.each<[string, Partial<Campaign>, Partial<Model>]>([
    ['a list that its audience asks about', { audience: is('off') }, noList],
    ['a list that a segment of its audience asks about', { audience: is('through') }, noList],
    ['a list that it adds to', step({ kind: 'add', id: 'a', segment: 'off' }), noList],
    ['a list that it removes from', step({ kind: 'remove', id: 'r', segment: 'off' }), noList],
    ['the files of a list', { audience: is('off') }, { segments: [{ name: 'off', sources: [] }] }],
    [
      'a list, but a condition of the same name',
      { audience: is('off') },
      { segments: [{ name: 'off', where: { kind: 'reachable', type: 'boolean', channel: 'sms' } }] },
    ],
    ['an attribute', { audience: some({ kind: 'attribute', type: 'integer', name: 'points' }) }, noPoints],
    [
      'an attribute as it was',
      { audience: some({ kind: 'attribute', type: 'integer', name: 'points' }) },
      attributes(
        all.data.customers.attributes.map((one) => (one.name === 'points' ? { ...one, type: 'string' } : one)),
      ),
    ],
    [
      'a list of items of the customer',
      { audience: { kind: 'items', type: 'boolean', fn: 'any', of: 'customer', list: 'bought', item: 'one' } },
      attributes(without(all.data.customers.attributes, 'bought')),
    ],
    [
      'an attribute that a webhook carries',
      step({ kind: 'webhook', id: 'w', channel: 'crm', fields: ['name', 'points'] }),
      noPoints,
    ],
    ['an event that is counted', { audience: some(viewed) }, noViews],
    [
      'the event of a ranking',
      { audience: { kind: 'share', type: 'boolean', which: 'top', share: 500, by: viewed } },
      noViews,
    ],
    [
      'the event of RFM scores',
      { audience: some({ kind: 'rfm', type: 'integer', part: 'recency', config: rfm }) },
      noViews,
    ],
    ['an event that ends it', { exit: [{ event: 'viewed' }] }, noViews],
    [
      'a field of an event',
      { exit: [{ event: 'viewed' }] },
      events(all.data.events.map((one) => (one.name === 'viewed' ? { ...one, fields: [] } : one))),
    ],
    [
      'a channel',
      step({ kind: 'send', id: 's', channel: 'sms', template: 'hello' }),
      { channels: without(all.channels, 'sms') },
    ],
    [
      'a channel as it was',
      { audience: { kind: 'reachable', type: 'boolean', channel: 'sms' } },
      { channels: all.channels.map((one) => (one.name === 'sms' ? { ...one, kind: 'email' } : one)) },
    ],
    [
      'a template for its channel',
      step({ kind: 'send', id: 's', channel: 'sms', template: 'hello' }),
      { templates: all.templates.filter(({ channel }) => channel !== 'sms') },
    ],
  ])('%s', (_, part, left) => {
    expect(stays(part, {}), 'while the project has all').toBe(true);
    expect(stays(part, left)).toBe(false);
    expect(stays({ priority: 7 }, left), 'that does not need it').toBe(true);
  });
});

it('a version stays where a list has other files: its customers are those of the project', () => {
  expect(
    stays({ audience: is('off') }, { segments: [{ name: 'off', sources: [{ path: 'b.csv', rename: {} }] }] }),
  ).toBe(true);
});
