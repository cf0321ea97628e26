import sql, { join, type Sql } from 'sql-template-tag';
import { addressAttributes } from '../../consent/mailboxes.ts';
import { unknownIds } from '../../data/intake/unknown-customers.ts';
import type { Program } from '../../program/program.ts';
import type { Database } from '../../store/database.ts';
import { ident } from '../../store/dialect.ts';
import { temporary } from '../../store/statements.ts';
import { formTeams } from '../simulate/teams.ts';
import { leaveOut } from './leave-out.ts';

/**
 * A simple random sample of units. Customers who share an address, directly or through others, are one unit, since one of them
 * may not be messaged because of another; everybody else is a unit alone.
 */
export interface Draw {
  /** The number of customers in the sample, and of all. */
  customers: number;
  of: number;
  units: number;
  ofUnits: number;
  /** The sample has the units whose hash, as a fraction of 1, is less. */
  bound: number;
  /** The number of customers that was asked for; absent where the bound was. */
  asked?: number;
}

export type Wish = {
  /** The text before the id that is hashed. */
  salt?: string;
} & (
  | {
      /** About how many customers, at least 1. */
      size: number;
    }
  | { bound: number }
);

/**
 * Draws customers by the hashes of their ids, and leaves all others out of the store: to be called when the data files have been
 * read, and nobody has been ticked yet. Always draws the same ones; a larger sample has those of a smaller one. Fills
 * `drawn` (customer, unit), a unit being the smallest id in it.
 */
export async function drawCustomers(db: Database, program: Program, wish: Wish): Promise<Draw> {
  await fillPeople(db, program, wish.salt ?? 'sample');
  const [all] = await db.query<{ of: number; ofUnits: number }>(
    sql`SELECT count(*) AS "of", count(DISTINCT unit) AS "ofUnits" FROM people`,
  );
  const { of, ofUnits } = all ?? { of: 0, ofUnits: 0 };
  const bound =
    'bound' in wish ? wish.bound : await boundOf(db, Math.round(Math.min(1, wish.size / Math.max(1, of)) * ofUnits));
  await db.run(sql`CREATE OR REPLACE TABLE drawn AS SELECT customer, unit FROM people WHERE place < ${bound}`);
  const [drawn] = await db.query<{ customers: number; units: number }>(
    sql`SELECT count(*) AS customers, count(DISTINCT unit) AS units FROM drawn`,
  );
  const { customers, units } = drawn ?? { customers: 0, units: 0 };
  if (customers < of) await leaveOut(db, program, sql`SELECT customer, id FROM people WHERE place >= ${bound}`);
  return { customers, of, units, ofUnits, bound, ...('size' in wish && { asked: wish.size }) };
}

/** Fills `people` (customer, id, unit, place) with everybody who is a customer or becomes one by the files. */
async function fillPeople(db: Database, program: Program, salt: string): Promise<void> {
  await formTeams(db, sharedAddresses(program));
  const units = sql`
    SELECT i.customer, i.id, coalesce(u.unit, i.id) AS unit FROM identity i LEFT JOIN (
      SELECT t.customer, min(j.id) OVER (PARTITION BY t.team) AS unit FROM team t JOIN identity j ON j.customer = t.customer) u
    ON u.customer = i.customer WHERE i.id NOT IN (${unknownIds(program.data)})`;
  const place = db.dialect.bucket(sql`concat(${salt}::text, '/', p.unit)`);
  await temporary(db, 'people', sql`SELECT p.*, ${place} AS place FROM (${units}) p`);
}

/** Addresses that several customers have or had until these files (kind, link, customer); some spellings that differ count as one. */
function sharedAddresses(program: Program): Sql {
  const parts = addressAttributes(program).map(({ name }) => {
    const link = sql`lower(a.${ident(name)})`;
    return sql`
      SELECT ${name}::text AS kind, ${link} AS link, a.customer FROM customer a WHERE a.${ident(name)} IS NOT NULL UNION
      SELECT ${name}::text, ${link}, i.customer FROM inbox_customer a JOIN identity i ON i.id = a.id WHERE a.${ident(name)} IS NOT NULL`;
  });
  if (parts.length === 0) return sql`SELECT ''::text AS kind, ''::text AS link, 0::bigint AS customer WHERE FALSE`;
  return sql`
    SELECT kind, link, customer FROM (
      SELECT *, count(*) OVER (PARTITION BY kind, link) AS sharers FROM (${join(parts, ' UNION ALL ')}) a) b
    WHERE sharers > 1`;
}

/** Returns the hash at which so many units are below it; at least one is. */
async function boundOf(db: Database, units: number): Promise<number> {
  const [next] = await db.query<{ place: number }>(sql`
    SELECT place FROM (SELECT DISTINCT unit, place FROM people) p ORDER BY place LIMIT 1 OFFSET ${Math.max(1, units)}::bigint`);
  return next?.place ?? 1;
}
