import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { DuckDb } from './duckdb.ts';
import { openSmallStore } from './open-small.ts';

let db: DuckDb;
beforeAll(async () => {
  db = await openSmallStore();
  await db.run(sql`CREATE TABLE t (id bigint, name text)`);
});
afterAll(() => db.close());

it('reads the rows of now by a statement that was executed when there were others', async () => {
  const names = sql`SELECT name FROM t ORDER BY id`;
  const above = (id: number) => sql`SELECT name FROM t WHERE id > ${id}::bigint`;
  expect(await db.query(names)).toEqual([]);
  expect(await db.query(above(0))).toEqual([]);
  for (const [id, name] of [
    [1, 'a'],
    [2 ** 52, 'b'],
  ] as const)
    await db.run(sql`INSERT INTO t VALUES (${id}::bigint, ${name})`);
  expect(await db.query(names)).toEqual([{ name: 'a' }, { name: 'b' }]);
  expect(await db.query(above(2 ** 52 - 1))).toEqual([{ name: 'b' }]);
  await db.transaction(async (tx) => {
    await tx.run(sql`UPDATE t SET name = 'c' WHERE id = 1`);
    expect(await tx.query(names)).toEqual([{ name: 'c' }, { name: 'b' }]);
    expect(await db.query(names)).toEqual([{ name: 'a' }, { name: 'b' }]);
  });
});

it('executes a statement again on a table that has been made anew with other columns', async () => {
  const all = sql`SELECT * FROM made`;
  const blank = sql`CREATE OR REPLACE TEMP TABLE made AS SELECT NULL::text AS name WHERE FALSE`;
  await db.transaction(async (tx) => {
    for (const name of ['a', 'b']) {
      await tx.run(blank);
      await tx.run(sql`INSERT INTO made VALUES (${name})`);
      expect(await tx.query(all)).toEqual([{ name }]);
    }
    await tx.run(sql`CREATE OR REPLACE TEMP TABLE made AS SELECT 1::bigint AS id, 2::bigint AS other`);
    expect(await tx.query(all)).toEqual([{ id: 1, other: 2 }]);
  });
});

it('joins the tables of an UPDATE by their conditions', async () => {
  const update = sql`EXPLAIN UPDATE t SET name = a.name FROM t a, t b WHERE t.id = a.id AND b.id = a.id`;
  const plan = JSON.stringify(await db.query(update));
  expect(plan).toContain('HASH_JOIN');
  expect(plan).not.toContain('CROSS_PRODUCT');
});

it('takes any value where a bigint is expected', async () => {
  const of = (value: number | null) => sql`SELECT ${value}::bigint AS value`;
  for (const value of [1, null, -5, 2 ** 53 - 1, 0]) expect(await db.query(of(value))).toEqual([{ value }]);
  expect(await db.query(of(2.6))).toEqual([{ value: 3 }]);
});
