import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readProject } from '../cli/project.ts';
import type { SourceFile } from './diagnostics/diagnostic.ts';
import { documentFiles, printPart, runningPart, surfaceOfProject } from './document-files.ts';
import { loadProject } from './load.ts';

const repository = join(import.meta.dirname, '..');

const presets: SourceFile[] = [
  {
    path: 'crm.yaml',
    text: `project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  customers:
    from:
      - { path: customers.csv, preset: shopify-customers, rename: { Tags: tags } }
      - plain.csv
    attributes: { email: email, tags: string }
  events:
    order_paid: { from: { path: orders.csv, preset: shopify-orders }, fields: { total: money } }
variables: { price: $$price }
channels: { email: { transport: console, price: 0.1 }, push: { transport: console, price: 0, address: tags } }
campaigns:
  news:
    on: { schedule: every monday at 10:00 }
    steps: [{ send: { email: news } }, { send: { push: news } }]
`,
  },
  {
    path: 'templates/news.email.hbs',
    text: '---\nsubject: \'It is "here": {{var.price}}\'\n---\n\n---\n<a href="{{unsubscribe_url}}">x</a>',
  },
  { path: 'templates/news.push.hbs', text: '---\ntitle: News\n---\nHello' },
  { path: 'templates/partials/foot.hbs', text: '---\nfoot' },
];

describe.each(['yaml', 'dsl'] as const)('the document of a project in %s', (surface) => {
  it.each([
    ['this repository', () => readProject(repository)],
    ['presets', () => Promise.resolve(presets)],
  ])('gives an equal Model: %s', async (_, read) => {
    const { model, diagnostics } = loadProject(await read());
    if (!model) return expect.unreachable(JSON.stringify(diagnostics));
    const files = documentFiles(model, surface);
    expect(surfaceOfProject(files)).toBe(surface);
    const again = loadProject(files);
    expect(again.diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(again.model).toEqual(runningPart(model));
    expect(documentFiles(again.model ?? model, surface)).toEqual(files);
  });
});

it.each([
  [
    'campaigns.x.goal',
    'goal',
    { event: 'paid', within: '7 days' },
    '{ event: paid, within: 7 days }',
    'paid within 7 days',
  ],
  ['campaigns.x.on', 'trigger', { enters: 'vips' }, '{ enters: vips }', 'enters vips'],
  ['campaigns.x.steps.w', 'step', { wait: '2 hours' }, 'wait: 2 hours', 'wait 2 hours'],
  ['campaigns.x.steps.i', 'step', { if: 'points > 1' }, 'if: points > 1', 'if points > 1'],
  ['campaigns.x.steps.w.wait', 'wait', { until: '18:00' }, '{ until: "18:00" }', 'until 18:00'],
  ['campaigns.x.steps.s.send', 'message', { email: 'hello' }, '{ email: hello }', 'email hello'],
  ['campaigns.x.steps.s.webhook', 'notification', { crm: ['tier'] }, '{ crm: [tier] }', 'crm { tier }'],
  [
    'campaigns.x.steps.c.cascade',
    'cascade',
    [{ push: 'hello', until: 'opened', within: '1 hour' }, { sms: 'hello' }],
    '- { push: hello, until: opened, within: 1 hour }\n- { sms: hello }',
    'push hello until opened within 1 hour\nsms hello',
  ],
  ['policies.caps.daily', 'cap', { max: 2, per: '7 days' }, '{ max: 2, per: 7 days }', 'max 2 per 7 days'],
  [
    'policies.approvals',
    'approvals',
    {
      required: 2,
      for: ['breaking', 'behavioural'],
      approvers: [`anna ssh-ed25519 ${'A'.repeat(60)}`, 'bob ssh-ed25519 B'],
    },
    `required: 2
for: [breaking, behavioural]
approvers:
  - anna ssh-ed25519 ${'A'.repeat(60)}
  - bob ssh-ed25519 B`,
    `required 2
for { breaking, behavioural }
approvers {
  "anna ssh-ed25519 ${'A'.repeat(60)}"
  "bob ssh-ed25519 B"
}`,
  ],
  ['data.customers.from', 'sources', ['a.csv', 'b.csv'], '[a.csv, b.csv]', 'a.csv\nb.csv'],
])('%s is printed as on its surface', (path, definition, value, yaml, dsl) => {
  expect(printPart('yaml', path.split('.'), definition, value)).toBe(yaml);
  expect(printPart('dsl', path.split('.'), definition, value)).toBe(dsl);
});
