import { type Erasure, erase as eraseCustomer, forecastErasure } from '../../engine/consent/erase.ts';
import { erasedAt } from '../../engine/data/intake/erased.ts';
import { currentDeployment } from '../../engine/deploy/apply.ts';
import { runnable } from '../../engine/deploy/runnable.ts';
import type { Program } from '../../engine/program/program.ts';
import { noteAct } from '../../engine/store/audit.ts';
import type { Database } from '../../engine/store/database.ts';
import { UserError } from '../../engine/user-error.ts';
import { t } from '../../spec/words/t.ts';
import { type ActorOptions, actorOf } from '../actor.ts';
import { confirm, hasNobodyToAsk } from '../confirm.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import type { ProjectOptions } from '../load.ts';
import { noCustomer } from '../no-customer.ts';
import { findRoot } from '../project.ts';
import { removeFromRecalls } from '../recall-lists.ts';
import { say } from '../say.ts';
import { storePath, withExistingStore } from '../store.ts';
import { erasedWords, eraseWords } from '../views/erase.ts';
import { clockFormat } from '../views/format.ts';
import { wrapped } from '../views/wrap.ts';

export interface EraseOptions extends ProjectOptions, ActorOptions {
  autoApprove?: boolean;
}

/** Shows the customer's enrolments and messages, asks for approval, and removes the customer from the store for good. */
export async function erase(io: Io, id: string, options: EraseOptions, ask = confirm): Promise<number> {
  if (hasNobodyToAsk(io, options))
    throw new UserError(
      'nobody-to-ask',
      t`There is nobody to ask whether to erase the customer.`,
      t`Add --auto-approve.`,
    );
  const root = await findRoot(io.cwd, options.project);
  const path = await storePath(io, root, options);
  const who = await actorOf(io, root, options);
  const inStore = <T>(work: (db: Database, program: Program) => Promise<T>) =>
    withExistingStore(io, path, { who: 'crm erase' }, async (db) =>
      work(db, runnable(await currentDeployment(db)).program),
    );
  const { zone, ...found } = await inStore((db, program) => forecast(db, program, id));
  const print = async (changed: boolean, at: number, ended: Erasure) => {
    const recalls = await removeFromRecalls(root, id);
    const when = new Date(at).toISOString();
    const facts = { format: 1, type: 'erasure', customer: id, at: when, changed, ...ended, recalls };
    await io.out(
      options.json
        ? `${JSON.stringify(facts)}\n`
        : wrapped(
            erasedWords(id, { others: ended.others, recalls }, changed ? undefined : clockFormat(zone)(at)),
            io.view.width,
          ),
    );
    return exit.fine;
  };
  const printErased = (at: number) => print(false, at, none);
  if (found.erased !== undefined) return printErased(found.erased);
  if (!options.json) await io.out(wrapped(eraseWords(id, found), io.view.width));
  if (!options.autoApprove && !(await ask(t`Erase the customer?`))) {
    await say(io, t`Nothing was erased.`);
    return exit.error;
  }
  const at = io.now();
  const { ended, before } = await inStore(async (db, program) => {
    const ended = await db.transaction(async (tx) => {
      const done = await eraseCustomer(tx, program, id, at);
      if (done) {
        const { enrolments, messages, others } = done;
        await noteAct(tx, { at, who, what: 'erase', facts: { enrolments, messages, others: others.length } });
      }
      return done;
    });
    // Another command may have erased the customer in the meantime.
    return { ended, before: ended ? undefined : await erasedAt(db, id) };
  });
  if (ended) return print(true, at, ended);
  if (before !== undefined) return printErased(before);
  throw await inStore((db, program) => noCustomer(db, program, id));
}

const none: Erasure = { enrolments: 0, messages: 0, others: [] };

/** Throws UserError for an id that no customer has or had. */
async function forecast(db: Database, program: Program, id: string) {
  const ending = await forecastErasure(db, program, id);
  const erased = ending ? undefined : await erasedAt(db, id);
  if (!ending && erased === undefined) throw await noCustomer(db, program, id);
  return { zone: program.project.timezone, erased, ...(ending ?? none) };
}
