import { currentDeployment } from '../../engine/apply/apply.ts';
import { runnable } from '../../engine/apply/runnable.ts';
import { hasCustomers, explain as tellStory } from '../../engine/report/explain.ts';
import { UserError } from '../../engine/user-error.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import type { ProjectOptions } from '../load.ts';
import { findRoot } from '../project.ts';
import { storePath, withExistingStore } from '../store.ts';
import { renderStory, unknownCustomer } from '../views/explain.ts';

/** One customer's story out of the store. */
export async function explain(io: Io, customer: string, options: ProjectOptions): Promise<number> {
  const root = await findRoot(io.cwd, options.project);
  const path = await storePath(io, root, options);
  return withExistingStore(io, path, { who: 'crm explain' }, async (db) => {
    runnable(await currentDeployment(db));
    const story = await tellStory(db, customer);
    if (!story) throw new UserError(unknownCustomer(customer, await hasCustomers(db)));
    await io.out(
      options.json ? `${JSON.stringify({ format: 1, type: 'story', ...story })}\n` : renderStory(story, io.view),
    );
    return exit.fine;
  });
}
