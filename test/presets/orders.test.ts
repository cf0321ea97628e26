import { expect, it, vi } from 'vitest';
import { hello, shopOn } from './shop.ts';

vi.setConfig({ testTimeout: 120_000 });

const data = (preset: string, fields: string, customers = '') => `data:
  customers:
${customers}    attributes: { email: email, phone: phone }
  events:
    order_paid:
      from: { path: exports/${preset}.json, preset: ${preset} }
      fields: ${fields}
${hello}`;

it('WooCommerce: each order once, with its items, and none that failed, was cancelled or refunded', async () => {
  const fields = '{ total: money, city: string, items: { type: list, items: { name: string, quantity: integer } } }';
  const customers = '    from: { path: exports/woocommerce-customers.json, preset: woocommerce-customers }\n';
  const exports = ['woocommerce-customers.json', 'woocommerce-orders.json'];
  const shop = await shopOn(data('woocommerce-orders', fields, customers), exports);
  expect(shop.customers).toEqual([
    { id: 'anna@example.com', email: 'anna@example.com', phone: '+4915112345678' },
    { id: 'ben@example.com', email: 'ben@example.com', phone: null },
    { id: 'new@example.com', email: 'new@example.com', phone: null },
    { id: 'olga@example.com', email: 'olga@example.com', phone: null },
  ]);
  expect(shop.orders).toEqual([
    '727 anna@example.com 2026-02-03T11:05:11.000Z 29.3500',
    '728 ben@example.com 2026-02-05T06:00:00.000Z 59.0000',
    '731 olga@example.com 2026-02-08T19:30:00.000Z 120.5000',
  ]);
  expect(shop.rows.map(({ city, items }) => [city, JSON.parse(String(items))])).toEqual([
    [
      'Berlin',
      [
        { name: 'Wool scarf', quantity: 2 },
        { name: 'Candle', quantity: 1 },
      ],
    ],
    ['Leeds', [{ name: 'Mug', quantity: 1 }]],
    ['Рига', [{ name: 'Vase', quantity: 1 }]],
  ]);
  expect(shop.sources['exports/woocommerce-orders.json']).toEqual([3, 6, 0]);
  expect(shop.problems).toEqual([]);
  expect(shop.plan).toMatch(/segment buyers +members at the start +3\n/);
});

it('InSales: orders in the currency that it calls RUR, and none that was declined or returned', async () => {
  const customers = '    from: { path: exports/insales-customers.json, preset: insales-customers }\n';
  const text = data('insales-orders', '{ total: money, number: string }', customers);
  const shop = await shopOn(text, ['insales-customers.json', 'insales-orders.json'], 'RUB');
  expect(shop.customers).toEqual([
    { id: '71', email: 'anna@example.com', phone: '+79161234567' },
    { id: '72', email: 'ivan@example.com', phone: '+79031234567' },
    { id: '73', email: 'john@example.com', phone: null },
    { id: '74', email: null, phone: '+79261112233' },
  ]);
  expect(shop.consents).toEqual(['71 email', '73 email']);
  expect(shop.withdrawals.map((line) => line.slice(0, 8))).toEqual(['72 email', '74 email']);
  expect(shop.orders).toEqual([
    '501 71 2026-02-03T07:12:28.692Z 2197.0000',
    '502 72 2026-02-10T20:30:00.000Z 900.5000',
    '505 71 2026-02-13T06:00:00.000Z 1300.0000',
  ]);
  expect(shop.sources['exports/insales-orders.json']).toEqual([3, 3, 0]);
  expect(shop.problems).toEqual([]);
  expect(shop.plan).toMatch(/segment buyers +members at the start +2\n/);
  expect(shop.simulation).toContain('2 goals reached worth ₽3,097.50');
});

it('1C-Bitrix: orders that are not cancelled', async () => {
  const shop = await shopOn(data('bitrix-orders', '{ total: money }'), ['bitrix-orders.json'], 'RUB');
  expect(shop.orders).toEqual(['15 31 2026-02-03T07:12:28.000Z 2197.5000', '17 32 2026-02-05T20:59:00.000Z 349.9000']);
  expect(shop.sources['exports/bitrix-orders.json']).toEqual([2, 3, 0]);
  expect(shop.problems).toEqual([]);
  expect(shop.plan).toMatch(/segment buyers +members at the start +2\n/);
});

it('1C-Bitrix, list of orders as CSV: by the number of the buyer, without cancelled orders and amounts in euros', async () => {
  const text = data('bitrix-orders-csv', '{ total: money, number: string }')
    .replace('.json', '.csv')
    .replace('data:\n', 'data:\n  tolerance: 50%\n');
  const shop = await shopOn(text, ['bitrix-orders-csv.csv'], 'RUB');
  expect(shop.orders).toEqual([
    '15 31 2026-02-03T07:12:28.000Z 2197.5000',
    '17 32 2026-02-05T20:59:00.000Z 349.9000',
    '18 31 2026-02-10T06:00:00.000Z 12000.0000',
    '19 33 2026-02-11T06:00:00.000Z null',
  ]);
  expect(shop.sources['exports/bitrix-orders-csv.csv']).toEqual([4, 2, 1]);
  expect(shop.problems).toEqual([
    'exports/bitrix-orders-csv.csv: bad-text',
    'exports/bitrix-orders-csv.csv: guessed-encoding',
    'exports/bitrix-orders-csv.csv: other-currency',
  ]);
  expect(shop.plan).toMatch(/segment buyers +members at the start +3\n/);
});

it('RetailCRM: orders of customers, by the id of both, and withdrawals since their time', async () => {
  const customers = '    from: { path: exports/retailcrm-customers.json, preset: retailcrm-customers }\n';
  const text = data('retailcrm-orders', '{ total: money, number: string }', customers).replace(
    '{ email: email, phone: phone }',
    '{ email: email, phone: phone, birthday: date, city: string, total_spent: money }',
  );
  const exports = ['retailcrm-customers.json', 'retailcrm-orders.json', 'consent.csv'];
  const shop = await shopOn(text.replace('  events:', '  consent: exports/consent.csv\n  events:'), exports, 'RUB');
  const none = { birthday: null, city: 'Москва', total_spent: 0 };
  expect(shop.customers).toMatchObject([
    { id: '51', email: 'anna@example.com', phone: '+79161234567', city: 'Москва', total_spent: 4394 },
    { id: '52', email: 'ivan@example.com', phone: '+79031234567', birthday: null, city: 'Самара', total_spent: 1500.5 },
    { id: '53', email: 'john@example.com', phone: null, ...none },
    { id: '54', email: null, phone: '+79261112233', ...none },
  ]);
  expect(shop.customers[0]?.birthday).toBe('1990-06-16');
  expect(shop.orders).toEqual([
    '3001 51 2026-02-03T07:12:28.000Z 2197.0000',
    '3002 51 2026-02-14T15:00:00.000Z 2197.0000',
    '3004 52 2026-02-16T06:00:00.000Z 1500.5000',
  ]);
  // Both had consented before; a customer who has not unsubscribed has not thereby consented.
  expect(shop.withdrawals).toEqual(['52 email 2026-01-28T13:36:28.000Z']);
  expect(shop.consents).toEqual(['51 email']);
  expect(shop.sources).toMatchObject({
    'exports/retailcrm-customers.json (customers)': [4, 0, 0],
    'exports/retailcrm-orders.json': [3, 4, 0],
  });
  expect(shop.problems).toEqual([]);
  expect(shop.simulation).toMatch(/hello +send-1 +email +\d +1 /);
  expect(shop.simulation).toContain('2 goals reached worth ₽3,697.50');
});
