import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compile } from '../compile/compile.ts';
import { applyProgram } from '../deploy/apply.ts';
import { ident } from '../store/dialect.ts';
import type { DuckDb } from '../store/duckdb.ts';
import { openSmallStore } from '../store/open-small.ts';
import { shop } from './tests/shop.fixture.ts';
import { turningPoints } from './turning-points.ts';

const day = 86_400_000;

let db: DuckDb;
beforeAll(async () => {
  db = await openSmallStore();
});
afterAll(() => db.close());

async function points(where: string) {
  const program = compile(shop(`segments: { one: { where: '${where}' } }`));
  await applyProgram(db, { program, at: 0, lineage: 'test' });
  const columns = ['seq', 'customer', 'at'].map((name) => ({ name, type: 'bigint' as const }));
  await db.load(
    'customer',
    [
      { name: 'customer', type: 'bigint' },
      { name: 'seen_at', type: 'bigint' },
    ],
    [{ customer: 1, seen_at: 7 }],
  );
  await db.load('event_order_paid', columns, [{ seq: 1, customer: 1, at: 1000 }]);
  const [segment] = program.segments;
  const found = segment && (await turningPoints(db, program.data, segment.query));
  for (const table of ['customer', 'event_order_paid']) await db.run(sql`DELETE FROM ${ident(table)}`);
  return found && [...new Set(found)];
}

it('are the instants of the data, later by the durations that are asked for', async () => {
  expect(await points('tier == "gold" and count(order_paid) > 2')).toEqual([]);
  expect(await points('last(order_paid) < 45 days ago')).toEqual([7 + 45 * day, 1000 + 45 * day]);
  expect(await points('count(order_paid in last 2 days) > 1 and seen_at > 1 day ago')).toEqual([
    7 + day,
    1000 + day,
    7 + 2 * day,
    1000 + 2 * day,
  ]);
  expect(await points('seen_at < 1 day ago or 1970-01-02T00:00:00Z > 1 day ago')).toEqual([
    7 + day,
    1000 + day,
    2 * day,
  ]);
  expect(await points('cart_updated then not order_paid within 2 days')).toEqual([7 + 2 * day, 1000 + 2 * day]);
});

it('are unknown where days are counted, or time is calculated with', async () => {
  expect(await points('age(birthday) > 30')).toBeUndefined();
  expect(await points('birthday == today')).toBeUndefined();
  expect(await points('last(order_paid) + 3 days < 45 days ago')).toBeUndefined();
  expect(await points('points * 2 > 10 and last(order_paid) < 45 days ago')).toBeDefined();
});
