import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { convertFile } from '../convert.ts';
import { definitionOf } from '../document/schema.ts';
import { loadProject } from '../load.ts';
import { presets, recognise } from './presets.ts';

const folder = new URL('../../test/presets/exports/', import.meta.url);
const project = 'project: { name: shop, timezone: Europe/Moscow, locale: ru, currency: RUB }\n';

/** Returns the columns of an export. */
function columnsOf(file: string, layout: 'table' | 'json'): string[] {
  const text = readFileSync(new URL(file, folder));
  if (layout === 'table') {
    const russian = file.startsWith('bitrix');
    const [head = ''] = new TextDecoder(russian ? 'windows-1251' : 'utf-8')
      .decode(text)
      .replace(/^\uFEFF/, '')
      .split(/\r?\n/);
    return head.split(/[,;]/).map((name) => name.replaceAll('"', ''));
  }
  const value: unknown = JSON.parse(text.toString());
  const rows = Array.isArray(value)
    ? value
    : Object.values(value as object).flatMap((one) => (Array.isArray(one) ? one : []));
  return Object.keys(Object.assign({}, ...rows));
}

const fileOf = (name: string) => `${name}.${presets[name as keyof typeof presets].layout === 'json' ? 'json' : 'csv'}`;

function load(data: string) {
  return loadProject([
    { path: 'crm.yaml', text: project },
    { path: 'data.crm.yaml', text: data },
  ]);
}

it('the schema names the presets', () => {
  expect(definitionOf('presetName').enum).toEqual(Object.keys(presets));
});

it('the documentation has a row for each preset', () => {
  const page = readFileSync(new URL('../../docs/data.md', import.meta.url), 'utf8');
  const rows = [...(/^## Presets$.+?^## /ms.exec(page)?.[0] ?? '').matchAll(/^\| `([a-z-]+)` +\|/gm)].map(
    ([, name]) => name,
  );
  expect(rows).toEqual(Object.keys(presets));
});

it.each(Object.entries(presets))('%s is recognised by its export, and by no other', (name, { layout }) => {
  const columns = columnsOf(fileOf(name), layout);
  expect(recognise(columns, layout)).toEqual([name]);
  expect(recognise(columns, layout === 'json' ? 'table' : 'json')).toEqual([]);
  expect(recognise(columns.slice(0, 3), layout)).toEqual([]);
});

it("Shopify's customers are recognised by their older header, and bank statements by none", () => {
  const older =
    'First Name,Last Name,Email,Accepts Email Marketing,Company,Address1,Address2,City,Province,Province Code,Country,Country Code,Zip,Phone,Accepts SMS Marketing,Total Spent,Total Orders,Tags,Note,Tax Exempt';
  expect(recognise(older.split(','), 'table')).toEqual(['shopify-customers']);
  expect(recognise(['Date', 'Email', 'Total', 'Id', 'Name'], 'table')).toEqual([]);
});

it('a preset means the same in YAML and in the DSL', () => {
  const text =
    'data:\n  customers:\n    from: { path: a.csv, preset: shopify-customers }\n    attributes: { email: email }\n';
  const { file } = convertFile({ path: 'data.crm.yaml', text });
  expect(file?.text).toContain('preset shopify-customers');
  const again = loadProject([
    { path: 'crm.yaml', text: project },
    { path: 'data.crm', text: file?.text ?? '' },
  ]);
  expect(again.diagnostics).toEqual([]);
  expect(again.model?.data).toEqual(load(text).model?.data);
});

it.each(Object.entries(presets))('%s has a type for each name that it gives', (_, { source, gives }) => {
  const names = Object.values(source.rename ?? {}).flat();
  const other = names.filter((name) => !['id', 'customer', 'at'].includes(name) && !Object.hasOwn(gives, name));
  expect(other).toEqual([]);
});

it('the keys of the source count before the preset', () => {
  const { diagnostics, model } = load(`data:
  customers:
    from:
      path: a.csv
      preset: shopify-customers
      rename: { Customer ID: id, Note: note, Accepts Email Marketing: newsletter }
      unless: { Tags: test }
    consent: { sms: texts }
    attributes: { email: email, note: string }
  events:
    order_paid:
      from: [{ path: o.csv, preset: shopify-orders, where: { Currency: [RUB, EUR] }, dates: [epoch seconds] }]
      fields: { total: money }
`);
  expect(diagnostics).toEqual([]);
  expect(model?.data.customers.sources).toMatchObject([
    {
      path: 'a.csv',
      rename: { Email: ['email'], 'Customer ID': 'id', Note: 'note', 'Accepts Email Marketing': 'newsletter' },
      unless: { Email: [''], Tags: ['test'] },
      consent: [{ channel: 'email', column: 'newsletter' }],
    },
  ]);
  expect(model?.data.events[0]?.sources).toMatchObject([
    {
      rename: { Id: ['id'], Email: ['customer'], 'Created at': ['at'], Total: ['total'] },
      where: { Currency: ['RUB', 'EUR'], 'Cancelled at': [''] },
      dates: ['epoch seconds'],
    },
  ]);
});

it.each([
  [
    'an unknown preset',
    'customers: { from: [{ path: a.csv, preset: shopify-costumers }] }',
    'CRM1013',
    'shopify-customers',
  ],
  [
    'orders as customers',
    'customers: { from: [{ path: a.csv, preset: shopify-orders }] }',
    'CRM4037',
    'shopify-customers',
  ],
  [
    'customers as an event',
    'events: { paid: { from: { path: a.csv, preset: shopify-customers } } }',
    'CRM4037',
    'shopify-orders',
  ],
  [
    'a preset of consent',
    'consent: [{ path: a.csv, preset: shopify-customers }]',
    'CRM4037',
    'sources of customers and of events',
  ],
  [
    'a table that is JSON',
    'customers: { from: { path: a.json.gz, preset: shopify-customers } }',
    'CRM4037',
    'Export the file anew',
  ],
])('%s is reported where it is written', (_, data, code, help) => {
  const { diagnostics } = load(`data:\n  ${data}\n`);
  expect(diagnostics.map((one) => one.code)).toEqual([code]);
  expect(diagnostics[0]?.help).toContain(help);
  expect(diagnostics[0]?.range).toMatchObject({ file: 'data.crm.yaml', start: { line: 2 } });
});
