import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Editor, openEditor } from '../editor.test-helper.ts';
import { shop } from '../shop.fixture.ts';

let editor: Editor;
beforeAll(async () => {
  editor = await openEditor(shop);
});
afterAll(() => editor.close());

const dsl = async (marked: string) => (await editor.complete('new.crm', marked)).map(({ label }) => label);
const yaml = async (marked: string) => (await editor.complete('new.crm.yaml', marked)).map(({ label }) => label);

describe('completion in the DSL', () => {
  it('gives the segments after `in segment `, and nothing else', async () => {
    const names = await dsl('segment a {\n  where in segment ▮\n}\n');
    expect(names).toEqual(['a', 'sleepers-of-moscow', 'sleeping', 'valuable']);
  });

  it('gives the presets of a source', async () => {
    expect(await yaml('data:\n  customers:\n    from:\n      path: a.csv\n      preset: ▮\n')).toEqual(
      expect.arrayContaining(['shopify-customers', 'mindbox-customers']),
    );
    expect(await dsl('customers {\n  from a.csv {\n    preset ▮\n  }\n}\n')).toContain('retailcrm-orders');
  });

  it('describes each choice', async () => {
    const items = await editor.complete('new.crm', 'segment a {\n  where in segment ▮\n}\n');
    const sleeping = items.find(({ label }) => label === 'sleeping');
    expect(sleeping?.detail).toBe('Sleeping buyers');
    expect(sleeping?.documentation).toMatchObject({ value: expect.stringContaining('45 days ago') });
  });

  it('continues incomplete conditions', async () => {
    const text = (condition: string) => `campaign a {\n  on event cart_updated when ${condition}▮\n  wait 2 days\n`;
    expect(await dsl(text('event.'))).toEqual(['items', 'items_count', 'total']);
    expect(await dsl(text('event.total > 3 and ci'))).toContain('city');
    expect(await dsl(text('event.total '))).toContain('is missing');
    expect(await dsl(text('count(order_paid where order_paid.'))).toEqual(['total']);
    expect(await dsl(text('any one in event.items where one.'))).toEqual(['name', 'price']);
    expect(await dsl(text('reachable('))).toEqual(['email', 'push', 'sms']);
    expect(await dsl(text('tier == "'))).toEqual([]);
  });

  it('offers the words of the language where they are allowed', async () => {
    expect(await dsl('▮')).toEqual(expect.arrayContaining(['segment', 'campaign', 'channel']));
    expect(await dsl('campaign a {\n  ▮\n}')).toEqual(
      expect.arrayContaining(['on', 'audience', 'send', 'wait', 'split']),
    );
    expect(await dsl('campaign a {\n  on ▮\n}')).toEqual(expect.arrayContaining(['event', 'enters', 'schedule']));
    expect(await dsl('# ▮')).toEqual([]);
  });

  it('offers names where names are allowed', async () => {
    const line = (text: string) => dsl(`campaign a {\n  ${text}▮\n  wait 1 day\n}\n`);
    expect(await line('on event ')).toEqual(['cart_updated', 'order_paid']);
    expect(await line('on enters ')).toContain('sleeping');
    expect(await line('send ')).toEqual(['email', 'push', 'sms']);
    expect(await line('send email ')).toEqual(['cart/reminder', 'winback']);
    expect(await line('send sms ')).toEqual(['winback']);
    expect(await dsl('cap a max 1 per 1 day campaign ▮')).toEqual(expect.arrayContaining(['cart', 'sleep', 'winback']));
  });

  it('offers the values that the schema lists, and examples', async () => {
    expect(await dsl('campaign a {\n  category ▮')).toEqual(['marketing', 'transactional']);
    expect(await dsl('customers {\n  attributes {\n    x ▮')).toEqual(
      expect.arrayContaining(['string', 'money', 'list']),
    );
    expect(await dsl('campaign a {\n  wait ▮')).toContain('2 hours');
  });

  it('replaces the part of the word that is typed already', async () => {
    const choose = (text: string, label: string) => editor.choose('new.crm', text, label);
    expect(await choose('segment a { where in segment sleepers-▮ }', 'sleepers-of-moscow')).toBe(
      'segment a { where in segment sleepers-of-moscow▮ }',
    );
    expect(await choose('segment a { where city=="x" and ti▮er2 }', 'tier')).toBe(
      'segment a { where city=="x" and tier▮ }',
    );
    expect(await choose('segment a { where co▮ }', 'count')).toBe('segment a { where count(▮ }');
    expect(await choose('campaign a { send email cart/re▮ }', 'cart/reminder')).toBe(
      'campaign a { send email cart/reminder▮ }',
    );
    expect(await choose('campaign a { wait 2 h▮ }', '2 hours')).toBe('campaign a { wait 2 hours▮ }');
  });
});

describe('completion in YAML', () => {
  it('offers the same inside expressions', async () => {
    expect(await yaml('segments:\n  a:\n    where: in segment ▮\n')).toContain('sleeping');
    expect(await yaml('segments:\n  a:\n    where: "in segment ▮"\n')).toContain('sleeping');
    expect(await yaml('campaigns: { a: { on: { event: cart_updated, when: event.▮ } } }')).toEqual([
      'items',
      'items_count',
      'total',
    ]);
    expect(
      await yaml('campaigns:\n  a:\n    on: { event: cart_updated }\n    steps:\n      - if: event.▮\n'),
    ).toContain('total');
  });

  it('offers names and keys where the schema has them', async () => {
    const steps = (text: string) =>
      yaml(`campaigns:\n  a:\n    on: { enters: sleeping }\n    steps:\n      - ${text}▮\n`);
    expect(await steps('send: { ')).toEqual(['email', 'push', 'sms', 'decide', 'variants', 'winner']);
    expect(await steps('send: { sms: ')).toEqual(['winback']);
    expect(await steps('')).toEqual(expect.arrayContaining(['wait', 'send', 'split']));
    expect(await yaml('campaigns:\n  a:\n    on: { enters: ▮ }\n')).toContain('sleeping');
    expect(await yaml('campaigns:\n  a:\n    category: ▮\n')).toEqual(['marketing', 'transactional']);
    const keys = await yaml('campaigns:\n  a:\n    title: X\n    ▮\n    steps: []\n');
    expect(keys).toContain('audience');
    expect(keys).not.toContain('title');
  });

  it('offers variables, with their sign if it is missing', async () => {
    const text = (where: string) => `variables: { limit: 3 }\nsegments: { a: { where: "${where}" } }\n`;
    expect(await editor.choose('new.crm.yaml', text('count(order_paid) > ▮'), '$limit')).toBe(
      text('count(order_paid) > $limit▮'),
    );
    expect(await editor.choose('new.crm.yaml', text('count(order_paid) > $l▮'), 'limit')).toBe(
      text('count(order_paid) > $limit▮'),
    );
  });

  it('inserts keys with their colons', async () => {
    expect(await editor.choose('new.crm.yaml', 'campaigns:\n  a:\n    aud▮\n', 'audience')).toBe(
      'campaigns:\n  a:\n    audience: ▮\n',
    );
    expect(await editor.choose('new.crm.yaml', 'campaigns:\n  a:\n    aud▮: x\n', 'audience')).toBe(
      'campaigns:\n  a:\n    audience▮: x\n',
    );
  });
});

it('completes attributes and partials in templates', async () => {
  const labels = async (text: string) =>
    (await editor.complete('templates/new.sms.hbs', text)).map(({ label }) => label);
  expect(await labels('Hello {{customer.▮}}')).toEqual(['city', 'email', 'name', 'phone', 'push_token', 'tier']);
  expect(await labels('Hello customer.▮')).toEqual([]);
  const sent = await editor.complete('templates/cart/reminder.email.hbs', '---\nsubject: "{{event.▮}}"\n---\n');
  expect(sent.map(({ label }) => label)).toEqual(['items', 'items_count', 'total']);
});
