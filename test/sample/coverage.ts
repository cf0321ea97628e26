import { join } from 'node:path';
import sql, { raw, type Sql } from 'sql-template-tag';
import { type Draw, drawCustomers } from '../../engine/dry-run/sample/draw.ts';
import { difference, type Estimate, estimate } from '../../engine/dry-run/sample/estimate.ts';
import { kept, readSpreads, spreadsOf } from '../../engine/dry-run/sample/tallies.ts';
import { measure } from '../../engine/plan/measure.ts';
import type { Program } from '../../engine/program/program.ts';
import type { Database } from '../../engine/store/database.ts';
import { DuckDb } from '../../engine/store/duckdb.ts';
import { day } from '../world.ts';
import { start } from './shop.ts';

/** Simulates everybody, and writes what each unit contributes to `path`, and the units beside it. */
export async function tallyAll(program: Program, root: string, path: string): Promise<void> {
  await tallyOf(program, root, path, (db) => drawCustomers(db, program, { size: 1e9 }));
}

/** The same of those who are drawn. */
export async function tallyOf(
  program: Program,
  root: string,
  path: string,
  drawing: (db: Database) => Promise<Draw>,
): Promise<Draw> {
  const { engagement } = program.project.simulation;
  const drawn = Promise.withResolvers<Draw>();
  await measure(program, {
    from: start,
    appliedAt: start,
    day: start + day,
    to: start + 7 * day,
    tz: 'test',
    root,
    seed: 'test',
    engagement,
    sample: {
      path,
      leaveOut: async (db) => {
        drawn.resolve(await drawing(db));
        await db.run(sql`COPY (SELECT DISTINCT unit FROM drawn) TO ${raw(`'${path}.units'`)} (FORMAT parquet)`);
      },
    },
  });
  return drawn.promise;
}

/** How often the truth is in the interval, of so many numbers. */
export interface Coverage {
  inside: number;
  of: number;
}

/** What is estimated: numbers to which each customer contributes at most one, other numbers, costs, differences of the two programs. */
export const kinds = ['of customers', 'of occurrences', 'costs', 'differences'] as const;
type Kind = (typeof kinds)[number];

export interface Drawing {
  before: string;
  after: string;
  /** The number of draws, and of units in each. */
  draws: number;
  size: number;
  /** Only numbers to which the sample is expected to have so many contributing units, within these limits. */
  expected: [number, number];
}

/** Draws units of those that `tallyAll` wrote, and compares the intervals of their estimates with the exact numbers. */
export async function coverage({
  before,
  after,
  draws,
  size,
  expected: [least, most],
}: Drawing): Promise<Map<Kind, Coverage>> {
  const db = await DuckDb.open(':memory:');
  try {
    await db.run(sql`CREATE TABLE b AS ${kept(before)}`);
    await db.run(sql`CREATE TABLE a AS ${kept(after)}`);
    await db.run(sql`CREATE TABLE units AS SELECT unit FROM ${kept(`${after}.units`)} u`);
    const [all] = await db.query<{ n: number }>(sql`SELECT count(*) AS n FROM units`);
    const ofUnits = all?.n ?? 0;
    const draw = { customers: size, of: ofUnits, units: size, ofUnits, bound: 0 };
    const truth = await readSpreads(db, sql`a`, sql`b`);
    const found = new Map<Kind, Coverage>();
    const count = (kind: Kind, { low, high }: Estimate, real: number) => {
      const { inside, of } = found.get(kind) ?? { inside: 0, of: 0 };
      found.set(kind, { inside: inside + (low <= real + 1e-6 && real - 1e-6 <= high ? 1 : 0), of: of + 1 });
    };
    const judged = (units: number) => (units * size) / ofUnits >= least && (units * size) / ofUnits < most;
    for (let i = 0; i < draws; i++) {
      const place = db.dialect.bucket(sql`concat(${`draw ${i}`}::text, '/', unit)`);
      await db.run(
        sql`CREATE OR REPLACE TABLE chosen AS SELECT unit FROM units ORDER BY ${place} LIMIT ${size}::bigint`,
      );
      const only = (table: Sql) => sql`(SELECT t.* FROM ${table} t WHERE t.unit IN (SELECT unit FROM chosen))`;
      const spreads = await readSpreads(db, only(sql`a`), only(sql`b`));
      for (const real of truth.values()) {
        const seen = spreadsOf(spreads, real.figure, real.name, real.channel);
        const cost = real.figure.endsWith('Cost');
        const amount = cost
          ? Math.min(...[real.before, real.after].flatMap((one) => (one.units > 0 ? [one.least] : [])))
          : 1;
        for (const side of ['before', 'after'] as const) {
          const kind = cost ? 'costs' : real[side].most === 1 ? 'of customers' : 'of occurrences';
          if (judged(real[side].units)) count(kind, estimate(seen[side], draw, amount), real[side].total);
        }
        if (judged(real.gain.units + real.loss.units))
          count('differences', difference(seen.gain, seen.loss, draw, amount), real.gain.total - real.loss.total);
      }
    }
    return found;
  } finally {
    await db.close();
  }
}

/** The files of the tallies in a folder. */
export const tallyFiles = (root: string) => ({
  before: join(root, 'before.parquet'),
  after: join(root, 'after.parquet'),
});
