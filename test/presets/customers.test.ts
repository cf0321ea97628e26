import { expect, it, vi } from 'vitest';
import { hello, shopOn } from './shop.ts';

vi.setConfig({ testTimeout: 120_000 });

const data = (from: string, attributes: string, more = '') => `data:
  customers:
    from: [${from}]
${more}    attributes: ${attributes}
  events: { order_paid: { fields: { total: money } } }
${hello}`;

it('Mailchimp: consent since the opt-in, withdrawals since the unsubscription or the cleaning', async () => {
  const kinds = ['mailchimp-subscribed', 'mailchimp-unsubscribed', 'mailchimp-cleaned'];
  const from = kinds.map((kind) => `{ path: exports/${kind}.csv, preset: ${kind} }`).join(', ');
  const attributes = '{ email: email, phone: phone, first_name: { type: string, pii: true }, country: country }';
  const shop = await shopOn(
    data(from, attributes),
    kinds.map((kind) => `${kind}.csv`),
  );
  expect(shop.customers.map(({ id, first_name, country }) => `${id} ${first_name} ${country}`)).toEqual([
    'anna@example.com Anna DE',
    'gone@example.com Max null',
    'guest@example.com null null',
    'ivan@example.com Иван RU',
    'john@example.com John GB',
    'maria@example.com María ES',
    'olga@example.com Ольга RU',
  ]);
  expect(shop.customers[0]?.phone).toBe('+4915112345678');
  expect(shop.consents).toEqual([
    'anna@example.com email',
    'guest@example.com email',
    'ivan@example.com email',
    'maria@example.com email',
  ]);
  expect(shop.withdrawals).toEqual([
    'gone@example.com email 2025-09-09T06:09:09.000Z',
    'john@example.com email 2026-01-20T04:45:12.000Z',
    'olga@example.com email 2025-10-12T15:30:00.000Z',
  ]);
  expect(shop.problems).toEqual([]);
  // One of the four opts in on the day of the mail, after it.
  expect(shop.simulation).toMatch(/hello +send-1 +email +7 +3 +4 /);
});

it('Klaviyo: consent by its column, and none for an address that is suppressed', async () => {
  const attributes = '{ email: email, phone: phone, city: string, country: country, total_spent: money }';
  const from = '{ path: exports/klaviyo-profiles.csv, preset: klaviyo-profiles }';
  const shop = await shopOn(data(from, attributes), ['klaviyo-profiles.csv']);
  expect(shop.customers.map(({ id, city, country, total_spent }) => [id, city, country, total_spent])).toEqual([
    ['anna@example.com', 'Berlin', 'DE', 184.9],
    ['ben@example.com', 'Leeds', 'GB', 59],
    ['david@example.com', null, null, 240.5],
    ['eva@example.com', null, 'DE', null],
    ['olga@example.com', 'Рига', 'LV', 0],
  ]);
  expect(shop.consents).toEqual(['anna@example.com email', 'eva@example.com email']);
  expect(shop.withdrawals).toEqual([
    'ben@example.com email 2026-01-15T05:30:00.000Z',
    'david@example.com email 2026-03-02T12:00:00.000Z',
    'olga@example.com email 2026-03-02T12:00:00.000Z',
  ]);
  expect(shop.sources['exports/klaviyo-profiles.csv (customers)']).toEqual([5, 1, 0]);
  expect(shop.problems).toEqual([]);
});

it('Mindbox: customers, with the subscriptions that the project names', async () => {
  const attributes =
    '{ email: email, phone: phone, birthday: date, gender: string, timezone: timezone, region: string }';
  const column = (channel: string) => `CustomerCustomerSubscriptionsShop${channel}IsSubscribed`;
  const consent = `    consent: { email: ${column('Email')}, sms: ${column('Sms')} }\n`;
  const from = '{ path: exports/mindbox-customers.csv, preset: mindbox-customers }';
  const shop = await shopOn(data(from, attributes, consent), ['mindbox-customers.csv'], 'RUB');
  expect(shop.customers).toMatchObject([
    { id: '1001', email: 'anna@example.com', phone: '+79161234567', gender: 'female', birthday: '1990-06-16' },
    {
      id: '1002',
      phone: '+79031234567',
      birthday: '1985-03-16',
      timezone: 'Asia/Yekaterinburg',
      region: 'Екатеринбург',
    },
    { id: '1003', email: null, phone: '+79261112233', birthday: null },
    { id: '1004', email: 'john@example.com', phone: null, birthday: '1979-12-01' },
  ]);
  expect(shop.consents).toEqual(['1001 email', '1001 sms', '1003 sms', '1004 email']);
  expect(shop.withdrawals.map((line) => line.slice(0, 10))).toEqual([
    '1002 email',
    '1002 sms 2',
    '1003 email',
    '1004 sms 2',
  ]);
  expect(shop.problems).toEqual(['exports/mindbox-customers.csv (customers): unknown-column']);
  expect(shop.simulation).toMatch(/hello +send-1 +email +\d +2 /);
});
