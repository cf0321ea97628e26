import sql, { join } from 'sql-template-tag';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { ident } from '../store/dialect.ts';
import { addressAttributes, hashOf } from './mailboxes.ts';
import { listSuppressed, type Suppressed } from './suppressions.ts';

/** Returns the customers, by the shop's ids, who have one of these addresses, in whichever attribute. */
export async function holdersOf(db: Database, program: Program, hashes: string[]): Promise<string[]> {
  if (hashes.length === 0) return [];
  const holders = addressAttributes(program).map(
    (field) => sql`SELECT c.id FROM customer c WHERE c.${ident(field.name)} IS NOT NULL
      AND ${hashOf(db, program, field)} IN (${join(hashes)})`,
  );
  if (holders.length === 0) return [];
  const rows = await db.query<{ id: string }>(sql`SELECT id FROM (${join(holders, ' UNION ')}) h ORDER BY id`);
  return rows.map((row) => row.id);
}

/** Returns what the ledger says of the others who have an address of these customers', all by the shop's ids. */
export async function suppressedSharers(db: Database, program: Program, customers: string[]): Promise<Suppressed[]> {
  if (customers.length === 0) return [];
  const ids = join(customers);
  const rows = await db.query<{ id: string }>(sql`
    SELECT DISTINCT c.id FROM customer k JOIN mailbox a ON a.customer = k.customer
    JOIN mailbox b ON b.address = a.address JOIN customer c ON c.customer = b.customer
    WHERE k.id IN (${ids}) AND c.id NOT IN (${ids})`);
  return listSuppressed(
    db,
    program,
    rows.map((row) => row.id),
  );
}
