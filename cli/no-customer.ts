import { erasedAt } from '../engine/data/intake/erased.ts';
import type { Program } from '../engine/program/program.ts';
import { hasCustomers } from '../engine/report/explain.ts';
import { lostCustomers } from '../engine/report/lost-customers.ts';
import type { Database } from '../engine/store/database.ts';
import { UserError } from '../engine/user-error.ts';
import { t } from '../spec/words/t.ts';
import { clockFormat } from './views/format.ts';
import { lostWords } from './views/losses.ts';

/** Returns the error of an id that no customer has. Ids of others are personal, so none is shown. `help`: the remedy where it is no customer's. */
export async function noCustomer(
  db: Database,
  program: Program,
  id: string,
  help = t`Look for a slip: ids are those of the customers’ file, letter by letter.`,
): Promise<UserError> {
  const { timezone, tick } = program.project;
  const erased = await erasedAt(db, id);
  if (erased !== undefined)
    return new UserError(
      'erased-customer',
      t`Customer "${id}" was erased ${clockFormat(timezone, tick)(erased)}.`,
      t`Nothing is kept of the customer. The addresses are suppressed: \`crm suppression lift <address>\` ends that.`,
    );
  const lost = await lostCustomers(db, program);
  const perhaps =
    lost.length === 0 ? help : `${lostWords(lost)} ${t`The customer may be in one of them. Otherwise: ${help}`}`;
  if (await hasCustomers(db)) return new UserError('unknown-customer', t`There is no customer "${id}".`, perhaps);
  return new UserError(
    'unknown-customer',
    t`There is no customer "${id}": the store has no customers yet.`,
    lost.length === 0 ? t`\`crm tick\` or \`crm run\` reads them from the data files.` : lostWords(lost),
  );
}
