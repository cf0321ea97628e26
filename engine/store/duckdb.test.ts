import fc from 'fast-check';
import sql from 'sql-template-tag';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { toRow } from './columns.ts';
import { DuckDb } from './duckdb.ts';

let db: DuckDb;
beforeEach(async () => {
  db = await DuckDb.open(':memory:');
  await db.run(sql`CREATE TABLE t (id text PRIMARY KEY, n bigint)`);
});
afterEach(() => db.close());

describe('the embedded store', () => {
  it('gives a statement that was asked of an empty table what has come since', async () => {
    const ask = () => db.query(sql`SELECT n FROM t WHERE id = ${'a'}`);
    const all = () => db.query(sql`SELECT n FROM t`);
    expect([await ask(), await all()]).toEqual([[], []]);
    await db.transaction(async (tx) => {
      expect(await tx.query(sql`SELECT n FROM t WHERE id = ${'a'}`)).toEqual([]);
      await tx.run(sql`INSERT INTO t VALUES (${'a'}, ${1}::bigint)`);
      expect(await tx.query(sql`SELECT n FROM t WHERE id = ${'a'}`)).toEqual([{ n: 1 }]);
    });
    expect([await ask(), await all()]).toEqual([[{ n: 1 }], [{ n: 1 }]]);
  });

  it('answers many equal questions at once, and after a table has changed its shape', async () => {
    await db.run(sql`INSERT INTO t VALUES ('a', 1), ('b', 2)`);
    const ask = (id: string) => db.query(sql`SELECT * FROM t WHERE id = ${id}`);
    expect(await Promise.all(['a', 'b', 'a', 'b'].map(ask))).toEqual(
      [1, 2, 1, 2].map((n) => [{ id: n === 1 ? 'a' : 'b', n }]),
    );
    await db.run(sql`ALTER TABLE t ADD COLUMN more text`);
    expect(await ask('a')).toEqual([{ id: 'a', n: 1, more: null }]);
  });

  it('undoes a transaction that throws, and lets the next one have its turn', async () => {
    const failing = db.transaction(async (tx) => {
      await tx.run(sql`INSERT INTO t VALUES ('a', 1)`);
      throw new Error('no');
    });
    const next = db.transaction((tx) => tx.run(sql`INSERT INTO t VALUES ('b', 2)`));
    await expect(failing).rejects.toThrow('no');
    await next;
    expect(await db.query(sql`SELECT id FROM t`)).toEqual([{ id: 'b' }]);
    await expect(db.run(sql`INSERT INTO t VALUES (${'b'}, 3)`)).rejects.toThrow('Duplicate');
    expect(await db.run(sql`UPDATE t SET n = ${4}::bigint WHERE id = ${'b'}`)).toBe(1);
  });

  it('loads every type as it is told, null included', async () => {
    await db.run(sql`CREATE TABLE typed (a text, b bigint, c double, d decimal(18,4), e boolean, f date)`);
    const columns = [
      { name: 'a', type: 'text' },
      { name: 'b', type: 'bigint' },
      { name: 'c', type: 'double' },
      { name: 'd', type: 'decimal' },
      { name: 'e', type: 'boolean' },
      { name: 'f', type: 'date' },
    ] as const;
    const rows = [
      ['Ёж "и" \'кавычки\'', 1_774_000_000_000, 0.1, 12.3456, true, '2024-02-29'],
      [null, null, null, null, null, null],
    ];
    await db.load('typed', [...columns], rows.map(toRow([...columns])));
    expect((await db.query(sql`SELECT * FROM typed ORDER BY b`)).map((row) => Object.values(row))).toEqual(rows);
  });
});

it('loads rows as they are, whatever their texts hold', async () => {
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom('\u001f', '\u001e', '0', '1', 'ё', '"', "'", '\\', '\n', ' ', '😀') }),
    fc.constant(null),
  );
  const row = fc.tuple(
    text,
    text,
    fc.maxSafeInteger(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => (number === 0 ? 0 : number)),
    fc.option(fc.boolean()),
    fc.option(fc.constantFrom('2026-03-31', '1000-01-01', '9999-12-31')),
  );
  const db = await DuckDb.open(':memory:');
  const columns = (['text', 'text', 'bigint', 'double', 'boolean', 'date'] as const).map((type, i) => ({
    name: `c "${i}`,
    type,
  }));
  await db.run(
    sql`CREATE TABLE loaded ("c ""0" varchar, "c ""1" varchar, "c ""2" bigint, "c ""3" double, "c ""4" boolean, "c ""5" date)`,
  );
  await fc.assert(
    fc.asyncProperty(fc.array(row, { minLength: 1 }), async (rows) => {
      await db.run(sql`DELETE FROM loaded`);
      await db.load('loaded', columns, rows.map(toRow(columns)));
      const found = await db.query(sql`SELECT * FROM loaded ORDER BY rowid`);
      expect(found.map((one) => Object.values(one))).toEqual(rows);
    }),
  );
  await db.close();
});
