import fc from 'fast-check';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DuckDb } from './duckdb.ts';
import { temporary } from './statements.ts';

let kept: DuckDb;
let plain: DuckDb;

beforeAll(async () => {
  kept = await DuckDb.open(':memory:');
  await kept.keepPlans();
  plain = await DuckDb.open(':memory:');
  for (const db of [kept, plain]) {
    await db.run(
      sql`CREATE TABLE thing (id bigint, name varchar, price decimal(18, 4), half double, good boolean, day date)`,
    );
    await db.run(
      sql`INSERT INTO thing SELECT range, 'n' || range % 7, range / 4, range / 8, range % 3 = 0, DATE '2026-01-01' + range::integer FROM range(50)`,
    );
  }
});

afterAll(async () => {
  await kept.close();
  await plain.close();
});

const texts = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.constantFrom("it's", '', 'n3', "'); DROP TABLE thing; --", '\u001f'),
);
const numbers = fc.oneof(
  fc.integer({ min: -60, max: 60 }),
  fc.double({ noNaN: true, min: -60, max: 60 }),
  fc.constantFrom(2 ** 53 - 1, -0),
);

it('answers at each execution what a database without kept plans answers', async () => {
  await fc.assert(
    fc.asyncProperty(texts, numbers, fc.boolean(), fc.integer({ min: 0, max: 60 }), async (text, number, flag, add) => {
      const statements = [
        sql`SELECT count(*) AS n FROM thing WHERE name > ${text}`,
        sql`SELECT ${text} AS t, ${number}::double AS x, ${flag}::boolean AS f`,
        sql`SELECT id, id + ${add}::bigint AS more FROM thing WHERE half >= ${number} AND good = ${flag} ORDER BY id`,
        sql`SELECT id FROM thing WHERE price <= ${number} ORDER BY id LIMIT 3`,
        sql`SELECT id FROM thing WHERE name IN (${text}, ${'n1'}) AND day >= ${'2026-01-20'} ORDER BY id`,
        sql`SELECT coalesce(NULLIF(name, ${text}), ${null}) AS name FROM thing ORDER BY id LIMIT 9`,
      ];
      for (const statement of statements) {
        const expected = await plain.transaction((tx) => tx.query(statement));
        const answers = await kept.transaction(async (tx) => [
          await tx.query(statement),
          await tx.query(statement),
          await tx.query(statement),
        ]);
        expect(answers, statement.text).toEqual([expected, expected, expected]);
      }
    }),
    { numRuns: 60 },
  );
});

it('answers about the rows that are there now, whatever there was when it was planned', async () => {
  const both = (statement: ReturnType<typeof sql>) => Promise.all([kept, plain].map((db) => db.run(statement)));
  await both(sql`CREATE TABLE changing (id bigint, name varchar, "at" bigint)`);
  const statements = [
    sql`SELECT count(*) AS n, min(id) AS first, max("at") AS last FROM changing`,
    sql`SELECT id FROM changing WHERE "at" > ${100} ORDER BY id`,
    sql`SELECT id FROM changing WHERE name IS NULL ORDER BY id`,
    sql`SELECT name, count(*) AS n, sum("at") AS s FROM changing GROUP BY name ORDER BY name NULLS FIRST`,
    sql`SELECT t.id, c.id AS other FROM thing t JOIN changing c ON c.id = t.id WHERE c."at" < 1000000000000 ORDER BY ALL`,
    sql`SELECT DISTINCT id % 3 AS r, "at" FROM changing ORDER BY ALL LIMIT 5`,
    sql`SELECT id FROM changing ORDER BY "at" DESC, id LIMIT 2`,
    sql`SELECT id FROM thing t WHERE NOT EXISTS (SELECT 1 FROM changing c WHERE c.id = t.id AND c.name = ${'n1'}) ORDER BY id`,
    sql`SELECT row_number() OVER (PARTITION BY name ORDER BY id) AS nth, id FROM changing ORDER BY id, nth`,
  ];
  const changes = [
    sql`SELECT 1`,
    sql`INSERT INTO changing SELECT range, 'n' || range % 3, range * 7 FROM range(30)`,
    sql`INSERT INTO changing SELECT -range, NULL, 9007199254740000 + range FROM range(3000)`,
    sql`UPDATE changing SET "at" = -5 WHERE id > 10`,
    sql`DELETE FROM changing WHERE id < 12`,
    sql`INSERT INTO changing VALUES (1, 'x', NULL)`,
    sql`DELETE FROM changing`,
    sql`INSERT INTO changing VALUES (2, 'n1', 3)`,
  ];
  for (const change of changes) {
    await both(change);
    for (const statement of statements) {
      const expected = await plain.query(statement);
      const answers = await kept.transaction(async (tx) => [await tx.query(statement), await tx.query(statement)]);
      expect(answers, `${statement.text} after ${change.text}`).toEqual([expected, expected]);
    }
  }
});

it('sees the rows of a temporary table that are there at each execution', async () => {
  await kept.transaction(async (tx) => {
    const counts: unknown[] = [];
    for (const most of [3, 5, 5, 5, 0, 2]) {
      const made = await temporary(tx, 'few', sql`SELECT id, name FROM thing WHERE id < ${most}`);
      const [row] = await tx.query<{ n: number }>(sql`SELECT count(*) AS n FROM few WHERE name <> ${'none'}`);
      counts.push([made, row?.n]);
    }
    expect(counts).toEqual([3, 5, 5, 5, 0, 2].map((n) => [n, n]));
  });
});

it('makes a temporary table anew whose columns are others, and one that reads itself', async () => {
  await kept.transaction(async (tx) => {
    await temporary(tx, 'few', sql`SELECT id FROM thing WHERE id < 3`);
    await temporary(tx, 'few', sql`SELECT name, id FROM thing WHERE id < 3`);
    expect(await tx.query(sql`SELECT * FROM few WHERE id = 2`)).toEqual([{ name: 'n2', id: 2 }]);
    for (const left of [2, 1]) {
      expect(await temporary(tx, 'few', sql`SELECT f.name, f.id FROM few f WHERE f.id < ${left}`)).toBe(left);
    }
    for (const value of [5, 5.5, 'abc', true]) {
      await temporary(tx, 'few', sql`SELECT ${value} AS v`);
      expect(await tx.query(sql`SELECT * FROM few`)).toEqual([{ v: value }]);
    }
    await temporary(tx, 'few', sql`SELECT 3 AS id`);
    for (const rows of [sql`SELECT id + 1 AS id FROM temp.few`, sql`SELECT id + 1 AS id FROM FEW`])
      await temporary(tx, 'few', rows);
    expect(await tx.query(sql`SELECT * FROM few`)).toEqual([{ id: 5 }]);
    for (const text of ['a', 'b', 'b']) await temporary(tx, 'few', sql`SELECT ${text} AS word`);
    expect(await tx.query(sql`SELECT * FROM few`)).toEqual([{ word: 'b' }]);
  });
});

it('makes a temporary table again that a failed transaction has taken along', async () => {
  const make = (tx: typeof kept) => temporary(tx, 'gone', sql`SELECT id FROM thing WHERE id < 3`);
  const failing = kept.transaction(async (tx) => {
    await make(tx as typeof kept);
    throw new Error('over');
  });
  await expect(failing).rejects.toThrow('over');
  await kept.transaction(async (tx) => {
    expect(await make(tx as typeof kept)).toBe(3);
    expect(await make(tx as typeof kept)).toBe(3);
  });
  await expect(
    kept.transaction((tx) => temporary(tx, 'gone', sql`SELECT 1 / (id - id) AS id, error('no') FROM thing`)),
  ).rejects.toThrow();
  await kept.transaction(async (tx) => expect(await make(tx as typeof kept)).toBe(3));
});
