import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { collect } from '../../engine/data/files/load.test-helper.ts';
import { readSourceFile } from '../../engine/data/files/read.ts';
import {
  consentShape,
  customerShape,
  eventShape,
  type Shape,
  suppressionShape,
} from '../../engine/data/files/shape.ts';
import type { Field, FieldType } from '../../spec/model/data.ts';
import { sampleFiles } from './files.ts';
import { shopExport } from './shop-export.ts';

const folder = join(import.meta.dirname, '..', '..', 'sample');
const files = sampleFiles();
const exported = Object.entries(shopExport()).map(([name, bytes]) => [`export/${name}`, bytes] as const);
const sha256 = (content: string | Uint8Array) => createHash('sha256').update(content).digest('hex');

test.each<readonly [string, string | Uint8Array]>([...Object.entries(files), ...exported])(
  'sample/%s is what the generator writes (else: node scripts/sample/main.ts)',
  async (name, content) => {
    expect(sha256(await readFile(join(folder, name)))).toBe(sha256(content));
  },
);

test('the sample is below 8 MB', () => {
  const size = Object.values(files).reduce((sum, content) => sum + Buffer.byteLength(content), 0);
  expect(size).toBeLessThan(8_000_000);
});

const fields = (types: Record<string, FieldType>): Field[] =>
  Object.entries(types).map(([name, type]) => ({ name, type, pii: false }));
const event = (name: string, of: Field[]) => eventShape({ name, sources: [], fields: of });
const looked = fields({ category: 'string', product: 'string' });
const items: Field = {
  name: 'items',
  type: 'list',
  pii: false,
  items: fields({ name: 'string', price: 'money', category: 'string' }),
};

const shapes: [string, Shape, number][] = [
  [
    'customers.csv',
    customerShape({
      sources: [],
      attributes: fields({
        name: 'string',
        email: 'email',
        phone: 'phone',
        push_token: 'string',
        city: 'string',
        timezone: 'timezone',
        locale: 'locale',
        birthday: 'date',
        gender: 'string',
        registered_at: 'instant',
        tier: 'string',
        points: 'integer',
        interests: 'string',
        appointment: 'date',
      }),
    }),
    5000,
  ],
  ['registered.csv', event('registered', []), 2500],
  ['visited.csv', event('visited', []), 20_000],
  ['viewed.csv', event('viewed', looked), 12_000],
  ['wished.csv', event('wished', looked), 1500],
  ['back_in_stock.csv', event('back_in_stock', [...looked, ...fields({ price: 'money' })]), 4000],
  [
    'cart_updated.jsonl',
    event('cart_updated', [...fields({ total: 'money', to_free_delivery: 'money', items_count: 'integer' }), items]),
    5000,
  ],
  [
    'order_paid.csv',
    event(
      'order_paid',
      fields({ total: 'money', items_count: 'integer', category: 'string', refill: 'string', refill_days: 'integer' }),
    ),
    11_000,
  ],
  ['order_delivered.csv', event('order_delivered', []), 11_000],
  ['review_written.csv', event('review_written', fields({ rating: 'integer' })), 1000],
  ['tier_changed.csv', event('tier_changed', fields({ tier: 'string', previous: 'string' })), 1500],
  ['points_expiring.csv', event('points_expiring', fields({ points: 'integer', expires_on: 'date' })), 400],
  ['referral_completed.csv', event('referral_completed', fields({ side: 'string', points: 'integer' })), 500],
  ['consent.csv', consentShape(['email', 'sms', 'push']), 8000],
  ['suppressions.csv', suppressionShape(['email', 'sms', 'push']), 20],
];

test.each(shapes)('%s loads whole, whatever is odd in it', async (name, shape, atLeast) => {
  const { rows, problems } = await collect(
    readSourceFile(folder, name, shape, { zone: 'Europe/Moscow', at: Date.UTC(2026, 11, 31) }),
  );
  expect(rows.length).toBeGreaterThanOrEqual(atLeast);
  const codes = new Set(problems.map(({ code }) => code));
  expect([...codes].sort()).toEqual(name === 'customers.csv' ? ['bad-email', 'bad-phone', 'bad-timezone'] : []);
  expect(problems.some(({ fatal }) => fatal)).toBe(false);
});

const march = Date.parse('2026-03-02T00:00:00+03:00');

test.each(['points_expiring', 'tier_changed', 'referral_completed', 'back_in_stock', 'review_written'])(
  '%s happens to some dozens of customers in the simulated month',
  (name) => {
    const [head = '', ...rows] = (files[`${name}.csv`] ?? '').trimEnd().split('\n');
    const at = head.split(',').indexOf('at');
    const inMonth = rows.filter((row) => {
      const days = (Date.parse(row.split(',')[at] ?? '') - march) / 86_400_000;
      return days >= 0 && days < 30;
    });
    expect(inMonth.length).toBeGreaterThan(48);
  },
);
