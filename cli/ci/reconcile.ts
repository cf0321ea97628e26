import { UserError } from '../../engine/user-error.ts';
import { t } from '../../spec/words/t.ts';
import { type Comparison, compare } from '../commands/reconcile.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { environmentOf, type ProjectOptions } from '../load.ts';
import { say } from '../say.ts';
import { fence } from '../views/markdown.ts';
import { COMMENT } from '../views/plan-markdown.ts';
import { renderReconcile } from '../views/reconcile.ts';
import { tellComment } from './comment.ts';
import { markOf, withSince } from './comment-text.ts';
import { jobOf } from './job.ts';
import { writeSummary } from './report.ts';
import { stick } from './sticky.ts';

export interface CiReconcileOptions extends ProjectOptions {
  pull?: number;
}

/**
 * Writes under the pull request of a deployment what came of its forecast, so that a job that runs every day keeps it up to date. While
 * nothing can be compared yet, it says so and writes nothing.
 */
export async function ciReconcile(io: Io, word: string | undefined, options: CiReconcileOptions): Promise<number> {
  let found: Comparison;
  try {
    found = await compare(io, serialOf(word), options);
  } catch (error) {
    if (!(error instanceof UserError) || !['nothing-to-do', 'not-kept'].includes(error.code)) throw error;
    await say(io, error.message);
    return exit.fine;
  }
  const { compared, commit, project } = found;
  const [title = '', ...lines] = renderReconcile(compared, project.timezone, { color: false, width: 100 })
    .trimEnd()
    .split('\n');
  await writeSummary(io, () => `${fence([title, ...lines])}\n`);
  const mark = markOf({ project: project.name, environment: environmentOf(io, options) });
  const merged = commit?.replace(/-dirty$/, '');
  const pull = await (await jobOf(io, { number: options.pull, merged: merged ?? true })).open();
  const outcome = pull
    ? await stick(pull, mark, (most, earlier) => withSince(earlier ?? '', title, lines, mark, most), COMMENT + 3000)
    : 'no-pull';
  return tellComment(io, outcome, options);
}

function serialOf(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  if (/^[1-9]\d*$/.test(word)) return Number(word);
  throw new UserError('wrong-call', t`"${word}" is no number of a deployment.`, t`\`crm history\` lists them.`);
}
