import { erasedAt } from '../../engine/data/intake/erased.ts';
import { currentDeployment } from '../../engine/deploy/apply.ts';
import { runnable } from '../../engine/deploy/runnable.ts';
import { explain as tellStory } from '../../engine/report/explain.ts';
import { t } from '../../spec/words/t.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import type { ProjectOptions } from '../load.ts';
import { noCustomer } from '../no-customer.ts';
import { findRoot } from '../project.ts';
import { storePath, withExistingStore } from '../store.ts';
import { erasedStory } from '../views/erase.ts';
import { renderStory, storyJson } from '../views/explain.ts';
import { clockFormat } from '../views/format.ts';
import { wrapped } from '../views/wrap.ts';

const byAddress = () =>
  t`\`crm explain\` takes ids as the customers’ file has them. \`crm customer\` takes addresses too, and shows the id.`;

/** Returns true if a text looks like an e-mail address or a phone number. */
function isAddress(text: string): boolean {
  return /@|^\+\d/.test(text);
}

/** Shows the story of one customer from the store. */
export async function explain(io: Io, customer: string, options: ProjectOptions): Promise<number> {
  const root = await findRoot(io.cwd, options.project);
  const path = await storePath(io, root, options);
  return withExistingStore(io, path, { who: 'crm explain' }, async (db) => {
    const { program } = runnable(await currentDeployment(db));
    const story = await tellStory(db, customer);
    const erased = story ? undefined : await erasedAt(db, customer);
    if (erased !== undefined) {
      const at = new Date(erased).toISOString();
      const facts = { format: 1, type: 'erased', customer, at };
      const clock = clockFormat(program.project.timezone, program.project.tick);
      const words = wrapped(erasedStory(customer, clock(erased)), io.view.width);
      await io.out(options.json ? `${JSON.stringify(facts)}\n` : words);
      return exit.fine;
    }
    if (!story) throw await noCustomer(db, program, customer, isAddress(customer) ? byAddress() : undefined);
    await io.out(
      options.json
        ? `${JSON.stringify(storyJson(story))}\n`
        : renderStory(story, program.project, { view: io.view, now: io.now() }),
    );
    return exit.fine;
  });
}
