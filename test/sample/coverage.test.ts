import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import sql from 'sql-template-tag';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compile } from '../../engine/compile/compile.ts';
import { drawCustomers } from '../../engine/dry-run/sample/draw.ts';
import { kept } from '../../engine/dry-run/sample/tallies.ts';
import { DuckDb } from '../../engine/store/duckdb.ts';
import { casesOf, extent, withoutSize } from '../extent.ts';
import { coverage, kinds, tallyAll, tallyFiles, tallyOf } from './coverage.ts';
import { changedShop, sampledShop, writeShop } from './shop.ts';

const customers = 3_000;
const [applied, desired] = [compile(sampledShop({ ranked: false })), compile(changedShop({ ranked: false }))];
let root = '';

beforeAll(async () => {
  root = await writeShop(customers);
  const { before, after } = tallyFiles(root);
  await Promise.all([tallyAll(applied, root, before), tallyAll(desired, root, after)]);
}, 120_000);
afterAll(() => rm(root, { recursive: true }));

it.runIf(withoutSize)(
  'a simulation of a sample leads to the same for its customers as one of everybody',
  async () => {
    const folder = join(root, 'drawn');
    await mkdir(folder);
    const drawn = tallyFiles(folder).after;
    const { after: all } = tallyFiles(root);
    const draw = await tallyOf(desired, root, drawn, (db) => drawCustomers(db, desired, { size: 300 }));
    expect(draw.customers / 300, 'shared addresses stay together').toBeCloseTo(1, 1);
    expect(draw.of).toBe(customers + customers / 50);
    const db = await DuckDb.open(':memory:');
    const theirs = sql`(SELECT t.* FROM ${kept(all)} t WHERE t.unit IN (SELECT unit FROM ${kept(`${drawn}.units`)} u))`;
    const [found] = await db.query<{ rows: number; differ: number }>(sql`
    SELECT (SELECT count(*) FROM ${theirs} x) AS "rows", (SELECT count(*) FROM (
      (SELECT * FROM ${theirs} x EXCEPT ALL SELECT * FROM ${kept(drawn)} y) UNION ALL
      (SELECT * FROM ${kept(drawn)} y EXCEPT ALL SELECT * FROM ${theirs} x)) d) AS differ`);
    await db.close();
    expect(found?.rows).toBeGreaterThan(500);
    expect(found?.differ).toBe(0);
  },
  60_000,
);

it.each(casesOf([10, 2], 1))(
  'of 200 samples of one in %i customers 85 to 95 of a hundred intervals have the exact number',
  async (part) => {
    const size = customers / part;
    const found = await coverage({ ...tallyFiles(root), draws: 200, size, expected: [10, Infinity] });
    for (const kind of kinds) {
      const { inside, of } = found.get(kind) ?? { inside: 0, of: 0 };
      expect(of, kind).toBeGreaterThan(2_000);
      expect(inside / of, kind).toBeGreaterThanOrEqual(0.85);
      expect(inside / of, kind).toBeLessThanOrEqual(0.95);
    }
  },
  60_000,
);

it.runIf(extent === 'full')(
  'of what hardly happens in a sample at least 85 % of the intervals have the exact number',
  async () => {
    const found = await coverage({ ...tallyFiles(root), draws: 200, size: customers / 10, expected: [0, 10] });
    for (const [kind, { inside, of }] of found) expect(inside / of, kind).toBeGreaterThanOrEqual(0.85);
  },
  60_000,
);
