import { findCustomers, type Hit } from '../engine/inspect/find-customers.ts';
import type { Program } from '../engine/program/program.ts';
import type { Database } from '../engine/store/database.ts';
import { UserError } from '../engine/user-error.ts';
import { t } from '../spec/words/t.ts';
import { noCustomer } from './no-customer.ts';

/** Returns the error of a text that means no customer. */
export function noneMeant(db: Database, program: Program, text: string): Promise<UserError> {
  const help = t`Name a customer by the id in the shop’s data, an e-mail address, a phone number, or a part of the name.`;
  return noCustomer(db, program, text, help);
}

/** Returns the one customer that a text means. Throws UserError if it means none or several. */
export async function findOne(db: Database, program: Program, text: string): Promise<Hit> {
  const { hits, more } = await findCustomers(db, program, text);
  const [first] = hits;
  if (!first) throw await noneMeant(db, program, text);
  if (hits.length === 1) return first;
  // Ids of others are personal: only their number is shown.
  throw new UserError(
    'several-customers',
    more ? t`"${text}" means more than ${hits.length} customers.` : t`"${text}" means ${hits.length} customers.`,
    t`Name one by the id: \`crm customer\` lists who is meant.`,
  );
}
