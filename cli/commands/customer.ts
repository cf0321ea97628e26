import { knownOf } from '../../engine/inspect/customer.ts';
import { findCustomers } from '../../engine/inspect/find-customers.ts';
import { exit } from '../exit.ts';
import { noneMeant } from '../find-customer.ts';
import type { Io } from '../io.ts';
import type { ProjectOptions } from '../load.ts';
import { look } from '../look.ts';
import { hitLines, knownJson, knownText } from '../views/customer.ts';

/** Shows everything that is known about a customer, or a list if the text matches several customers. */
export function customer(io: Io, whom: string, options: ProjectOptions): Promise<number> {
  return look(io, options, 'crm customer', async ({ db, program, basis, now }) => {
    const { hits, more } = await findCustomers(db, program, whom);
    const [first] = hits;
    if (!first) throw await noneMeant(db, program, whom);
    if (hits.length > 1) {
      const customers = hits.map(({ id, told }) => ({ id, told }));
      const facts = { format: 1, type: 'customers', basis, customers, more };
      await io.out(options.json ? `${JSON.stringify(facts)}\n` : hitLines(whom, { hits, more }, io.view));
      return exit.fine;
    }
    const known = await knownOf(db, program, first, now);
    await io.out(
      options.json
        ? `${JSON.stringify(knownJson(known, basis))}\n`
        : knownText(known, program.project, { view: io.view, now }),
    );
    return exit.fine;
  });
}
