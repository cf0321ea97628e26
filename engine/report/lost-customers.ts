import sql, { join } from 'sql-template-tag';
import { feedsRead } from '../data/intake/feeds-of-files.ts';
import { type FileLoss, fileLosses } from '../data/intake/losses.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';

/** Returns the files of customers of which rows were lost, or that could not be read at all. */
export async function lostCustomers(db: Database, program: Program): Promise<FileLoss[]> {
  const paths = new Set(
    (await feedsRead(db, program)).flatMap(({ name, inbox }) => (inbox === 'inbox_customer' ? [name] : [])),
  );
  return (await fileLosses(db, program)).filter(({ path, lost }) => paths.has(path) && lost > 0);
}

/**
 * Returns true if a customer has no attributes, so that no file of customers has more than the id: the customer is known
 * by events or lists. False where the project has no attributes.
 */
export async function hasNoAttributes(db: Database, { data }: Program, customer: number): Promise<boolean> {
  const { attributes } = data.customers;
  if (attributes.length === 0) return false;
  const empty = join(
    attributes.map((attribute) => sql`${ident(attribute.name)} IS NULL`),
    ' AND ',
  );
  const rows = await db.query(sql`SELECT 1 AS n FROM customer WHERE customer = ${customer}::bigint AND ${empty}`);
  return rows.length > 0;
}
