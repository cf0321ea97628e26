import { UserError } from '../../engine/user-error.ts';
import { loadProject } from '../../spec/load.ts';
import { t } from '../../spec/words/t.ts';
import type { Io } from '../io.ts';
import { environmentOf, type ProjectOptions } from '../load.ts';
import { findRoot, readProject } from '../project.ts';
import { COMMENT } from '../views/plan-markdown.ts';
import type { Result } from './comment.ts';
import { type Closed, markOf, type Subject, withHead } from './comment-text.ts';
import { hasMovedOn, isRefusal, type Job } from './job.ts';
import { stick } from './sticky.ts';

/** Says at the head of a comment that is there what became of the pull request, or that its newest commit has no plan. */
export async function sayAtHead(io: Io, job: Job, head: Closed | 'failed', options: ProjectOptions): Promise<Result> {
  const mark = markOf(await subjectOf(io, options));
  try {
    const pull = await job.open();
    if (!pull) return 'none';
    if (head === 'failed' && (await hasMovedOn(pull, job))) return 'outdated';
    return await stick(pull, mark, (most, earlier) => earlier && withHead(earlier, head, mark, most), COMMENT + 1000);
  } catch (error) {
    if (!job.fork || !isRefusal(error)) throw error;
    return 'refused';
  }
}

/** The project may have errors: then there is no plan, but perhaps a comment. */
async function subjectOf(io: Io, options: ProjectOptions): Promise<Subject> {
  const environment = environmentOf(io, options);
  const { contents } = loadProject(await readProject(await findRoot(io.cwd, options.project)), environment);
  const project = contents.project?.value?.name;
  if (typeof project === 'string') return { project, environment };
  throw new UserError(
    'project-invalid',
    t`The project has no name that can be read, so nobody can tell which comment is its own.`,
    t`Run \`crm validate\`.`,
  );
}
