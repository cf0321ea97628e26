import type { Program } from '../engine/compile/program.ts';
import { erasedAt } from '../engine/erase/erased.ts';
import { hasCustomers } from '../engine/report/explain.ts';
import type { Database } from '../engine/store/database.ts';
import { UserError } from '../engine/user-error.ts';
import { clockFormat } from './views/format.ts';

/** Returns the error of an id that no customer has. Ids of others are personal, so none is shown. `help`: the remedy where it is no customer's. */
export async function noCustomer(
  db: Database,
  { project: { timezone, tick } }: Program,
  id: string,
  help = 'Look for a slip: ids are those of the customers’ file, letter by letter.',
): Promise<UserError> {
  const erased = await erasedAt(db, id);
  if (erased !== undefined)
    return new UserError(
      `Customer "${id}" was erased ${clockFormat(timezone, tick)(erased)}.`,
      'Nothing is kept of the customer. The addresses are suppressed: `crm suppression lift <address>` ends that.',
    );
  if (await hasCustomers(db)) return new UserError(`There is no customer "${id}".`, help);
  return new UserError(
    `There is no customer "${id}": the store has no customers yet.`,
    '`crm tick` or `crm run` reads them from the data files.',
  );
}
