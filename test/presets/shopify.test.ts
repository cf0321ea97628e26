import { expect, it, vi } from 'vitest';
import { hello, shopOn } from './shop.ts';

vi.setConfig({ testTimeout: 120_000 });

const data = `data:
  customers:
    from: [{ path: exports/shopify-customers.csv, preset: shopify-customers }]
    attributes: { email: email, phone: phone, first_name: { type: string, pii: true }, country: country, total_spent: money }
  events:
    order_paid:
      from: [{ path: exports/shopify-orders.csv, preset: shopify-orders }]
      fields: { total: money, number: string }
${hello}`;

it('Shopify: customers with their consent, and each order once, by its totals', async () => {
  const shop = await shopOn(data, ['shopify-customers.csv', 'shopify-orders.csv']);
  expect(shop.customers).toEqual([
    {
      id: 'anna.sokolova@example.com',
      email: 'anna.sokolova@example.com',
      phone: '+4915112345678',
      first_name: 'Anna',
      country: 'DE',
      total_spent: 184.9,
    },
    {
      id: 'ben.carter@example.com',
      email: 'ben.carter@example.com',
      phone: '+441134960123',
      first_name: 'Ben',
      country: 'GB',
      total_spent: 59,
    },
    {
      id: 'david.nunez@example.com',
      email: 'david.nunez@example.com',
      phone: null,
      first_name: 'David',
      country: 'ES',
      total_spent: 240.5,
    },
    {
      id: 'no.name@example.com',
      email: 'no.name@example.com',
      phone: null,
      first_name: null,
      country: null,
      total_spent: 0,
    },
    {
      id: 'olga@xn--e1afmkfd.xn--p1ai',
      email: 'olga@xn--e1afmkfd.xn--p1ai',
      phone: '+37121234567',
      first_name: 'Ольга',
      country: 'LV',
      total_spent: 0,
    },
  ]);
  // Neither what was refunded, voided or cancelled, nor what was paid in dollars, nor a sale without a customer.
  expect(shop.orders).toEqual([
    '5500000000001 anna.sokolova@example.com 2026-02-03T09:12:28.000Z 124.9000',
    '5500000000002 ben.carter@example.com 2026-02-10T18:39:58.000Z 59.0000',
    '5500000000004 david.nunez@example.com 2026-02-12T07:29:00.000Z 160.5000',
    '5500000000005 anna.sokolova@example.com 2026-02-15T20:05:00.000Z 60.0000',
  ]);
  expect(shop.consents).toEqual([
    'ben.carter@example.com sms',
    'david.nunez@example.com email',
    'olga@xn--e1afmkfd.xn--p1ai email',
  ]);
  expect(shop.withdrawals.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
    'anna.sokolova@example.com email',
    'anna.sokolova@example.com sms',
    'ben.carter@example.com email',
    'david.nunez@example.com sms',
    'no.name@example.com email',
    'no.name@example.com sms',
    'olga@xn--e1afmkfd.xn--p1ai sms',
  ]);
  expect(shop.sources).toMatchObject({
    'exports/shopify-customers.csv (customers)': [5, 1, 0],
    'exports/shopify-orders.csv': [4, 8, 0],
  });
  expect(shop.problems).toEqual(['exports/shopify-customers.csv (customers): repeated-id']);
  expect(shop.plan).toMatch(/segment buyers +members at the start +3\n/);
  expect(shop.simulation).toMatch(/hello +send-1 +email +5 +2 +3 /);
  expect(shop.simulation).toContain('3 goals reached worth €344.40');
});
