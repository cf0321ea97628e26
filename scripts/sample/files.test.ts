import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { collect } from '../../engine/ingest/load.test-helper.ts';
import { readSourceFile } from '../../engine/ingest/read.ts';
import { consentShape, customerShape, eventShape, type Shape, suppressionShape } from '../../engine/ingest/shape.ts';
import type { Field, FieldType } from '../../spec/model/data.ts';
import { sampleFiles } from './files.ts';

const folder = join(import.meta.dirname, '..', '..', 'sample');
const files = sampleFiles();
const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex');

test.each(Object.keys(files))(
  'sample/%s is what the generator writes (else: node scripts/sample/main.ts)',
  async (name) => {
    expect(sha256(await readFile(join(folder, name)))).toBe(sha256(files[name] ?? ''));
  },
);

test('the sample is below 4 MB', () => {
  const size = Object.values(files).reduce((sum, content) => sum + Buffer.byteLength(content), 0);
  expect(size).toBeLessThan(4_000_000);
});

const fields = (types: Record<string, FieldType>): Field[] =>
  Object.entries(types).map(([name, type]) => ({ name, type, pii: false }));
const event = (name: string, of: Field[]) => eventShape({ name, sources: [], fields: of });
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
      }),
    }),
    5000,
  ],
  ['registered.csv', event('registered', []), 2500],
  ['viewed.csv', event('viewed', fields({ category: 'string' })), 12_000],
  ['cart_updated.jsonl', event('cart_updated', [...fields({ total: 'money', items_count: 'integer' }), items]), 5000],
  [
    'order_paid.csv',
    event('order_paid', fields({ total: 'money', items_count: 'integer', category: 'string' })),
    11_000,
  ],
  ['order_delivered.csv', event('order_delivered', []), 11_000],
  ['consent.csv', consentShape(['email', 'sms', 'push']), 8000],
  ['suppressions.csv', suppressionShape(['email', 'sms', 'push']), 20],
];

test.each(shapes)('%s loads whole, whatever is odd in it', async (name, shape, atLeast) => {
  const { rows, problems } = await collect(readSourceFile(folder, name, shape, { zone: 'Europe/Moscow' }));
  expect(rows.length).toBeGreaterThanOrEqual(atLeast);
  const codes = new Set(problems.map(({ code }) => code));
  expect([...codes].sort()).toEqual(name === 'customers.csv' ? ['bad-email', 'bad-phone', 'bad-timezone'] : []);
  expect(problems.some(({ fatal }) => fatal)).toBe(false);
});
