import { expect, test } from 'vitest';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { loadProject } from '../load.ts';

const text = (rfm: string) => `
project: { name: shop, timezone: UTC, locale: en, currency: EUR }
data:
  events:
    order_paid: { fields: { total: money, worth: number, category: string } }
    order_returned: { fields: { total: money } }
${rfm}
segments:
  best: { where: rfm.recency == 5 and sum(order_paid.total) > 10 EUR }
`;
const load = (rfm: string) => loadProject([{ path: 'crm.yaml', text: text(rfm) }]);
const codesAndMessages = ({ diagnostics }: { diagnostics: Diagnostic[] }) =>
  diagnostics.map(({ code, message, help }) => [code, `${message} ${help}`]);

test.each([
  ['  rfm: { event: order_paid, value: worth, window: 30 days }', { event: 'order_paid', value: 'worth', window: 30 }],
  ['  rfm: { event: order_returned, value: total }', { event: 'order_returned', value: 'total', window: 365 }],
])('%s', (rfm, { window, ...config }) => {
  const { model, diagnostics } = load(rfm);
  expect(diagnostics).toEqual([]);
  const expected = { ...config, window: window * 86_400_000 };
  expect(model?.rfm).toEqual(expected);
  expect(model?.segments[0]).toMatchObject({ where: { operands: [{ left: { kind: 'rfm', config: expected } }, {}] } });
});

test.each([
  ['', 'CRM2030', 'rfm: { event: order_paid, value: total, window: 365 days }'],
  ['  rfm: { event: order_payd, value: total }', 'CRM4003', 'order_paid'],
  ['  rfm: { event: order_paid, value: totl }', 'CRM4024', 'Did you mean `total`?'],
  [
    '  rfm: { event: order_paid, value: category }',
    'CRM4024',
    '`category` is not a number Known numbers: total, worth',
  ],
  ['  rfm: { event: order_paid }', 'CRM1011', 'value'],
  ['  rfm: 5', 'CRM1012', 'must be a map'],
])('%s is told, and not again where the scores are asked for', (rfm, code, words) => {
  expect(codesAndMessages(load(rfm))).toEqual([[code, expect.stringContaining(words)]]);
});
