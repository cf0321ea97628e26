import sql, { join } from 'sql-template-tag';
import { toCustomers } from '../program/facts.ts';
import type { Program } from '../program/program.ts';
import type { Database } from '../store/database.ts';
import { words } from './suppressions.ts';

/** A customer, by the shop's id, and a channel that is not consented to since a withdrawal of the customer or the address. */
export interface Withdrawal {
  customer: string;
  channel: string;
}

/** Returns the withdrawals of consent by these customers (the shop's ids) that are in force. */
export async function withdrawals(db: Database, program: Program, customers: string[]): Promise<Withdrawal[]> {
  const channels = program.channels.filter(toCustomers).map(({ name }) => name);
  if (customers.length === 0 || channels.length === 0) return [];
  return db.query<{ [K in keyof Withdrawal]: Withdrawal[K] }>(sql`
    SELECT DISTINCT c.id AS customer, w.channel FROM customer c
    JOIN consent k ON k.granted IS NOT TRUE AND ((k.address IS NULL AND k.customer = c.customer)
      OR k.address IN (SELECT m.address FROM mailbox m WHERE m.customer = c.customer))
    JOIN ${words(program)} ON w.word = k.channel
    WHERE c.id IN (${join(customers)}) AND w.channel IN (${join(channels)})
      AND NOT EXISTS (SELECT 1 FROM subscription s WHERE s.customer = c.customer AND s.channel = w.channel)
    ORDER BY c.id, w.channel`);
}
