import type { Program } from '../engine/compile/program.ts';
import { erasedAt } from '../engine/erase/erased.ts';
import { hasCustomers } from '../engine/report/explain.ts';
import { lostCustomers } from '../engine/report/unheard.ts';
import type { Database } from '../engine/store/database.ts';
import { UserError } from '../engine/user-error.ts';
import { clockFormat } from './views/format.ts';
import { lostWords } from './views/losses.ts';

/** Returns the error of an id that no customer has. Ids of others are personal, so none is shown. `help`: the remedy where it is no customer's. */
export async function noCustomer(
  db: Database,
  program: Program,
  id: string,
  help = 'Look for a slip: ids are those of the customers’ file, letter by letter.',
): Promise<UserError> {
  const { timezone, tick } = program.project;
  const erased = await erasedAt(db, id);
  if (erased !== undefined)
    return new UserError(
      `Customer "${id}" was erased ${clockFormat(timezone, tick)(erased)}.`,
      'Nothing is kept of the customer. The addresses are suppressed: `crm suppression lift <address>` ends that.',
    );
  const lost = await lostCustomers(db, program);
  const perhaps = lost.length === 0 ? '' : `${lostWords(lost)} The customer may be in one of them. Otherwise: `;
  if (await hasCustomers(db)) return new UserError(`There is no customer "${id}".`, `${perhaps}${help}`);
  return new UserError(
    `There is no customer "${id}": the store has no customers yet.`,
    lost.length === 0 ? '`crm tick` or `crm run` reads them from the data files.' : lostWords(lost),
  );
}
