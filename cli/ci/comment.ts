import { dirname, join, relative, resolve } from 'node:path';
import { UserError } from '../../engine/user-error.ts';
import { t } from '../../spec/words/t.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { environmentOf, load, type ProjectOptions } from '../load.ts';
import { writePrivate } from '../private-file.ts';
import { say } from '../say.ts';
import { COMMENT } from '../views/plan-markdown.ts';
import { type Closed, closedText, marked, markOf, statusName } from './comment-text.ts';
import type { Pull } from './forge.ts';
import { type Job, jobOf } from './job.ts';
import { FOLDER } from './plan.ts';
import { type Received, receive } from './received.ts';
import { type Outcome, stick, type Text } from './sticky.ts';

export interface CiCommentOptions extends ProjectOptions {
  pull?: number;
  closed?: Closed;
  status?: boolean;
  budget?: number;
}

/** What became of the comment; `outdated`: the pull request has moved on; `refused`: a fork may not write; `no-pull`: there is none. */
export type Result = Outcome | 'outdated' | 'refused' | 'no-pull';

/** Shows a plan under its pull request, in the one comment of the project and environment; or closes that comment. */
export async function ciComment(io: Io, file: string | undefined, options: CiCommentOptions): Promise<number> {
  const { closed } = options;
  const job = await jobOf(io, { number: options.pull, merged: closed && true });
  if (closed) return tellComment(io, await close(io, job, closed, options), options);
  const path = resolve(io.cwd, file ?? join(FOLDER, 'plan.json'));
  const received = await receive(path);
  const place = join(dirname(path), 'plan.md');
  try {
    return await tellComment(io, await write(job, received, options), options);
  } catch (error) {
    if (!job.fork || !isRefusal(error)) throw error;
    await writePrivate(place, received.text(options.budget));
    return tellComment(io, 'refused', options, relative(io.cwd, place));
  }
}

async function write(job: Job, received: Received, { budget = COMMENT, status }: CiCommentOptions): Promise<Result> {
  const pull = await job.open();
  if (!pull || (await hasMovedOn(pull, job))) return 'outdated';
  const { project, plan } = received;
  const mark = markOf({ project, environment: plan.environment });
  const outcome = await stick(pull, mark, (most) => marked(received.text(most - mark.length - 2), mark), budget);
  if (status) await report(pull, received, job);
  return outcome;
}

async function close(io: Io, job: Job, closed: Closed, options: CiCommentOptions): Promise<Result> {
  const { model } = await load(io, options);
  const mark = markOf({ project: model.project.name, environment: environmentOf(io, options) });
  const pull = await job.open();
  const text: Text = (most, earlier) => earlier && closedText(earlier, closed, mark, most);
  return pull ? stick(pull, mark, text, COMMENT + 1000) : 'none';
}

/** A job that began before the newest commit must not write over the plan of that one. */
async function hasMovedOn(pull: Pull, { commit }: Job): Promise<boolean> {
  return commit !== undefined && (await pull.state()).head !== commit;
}

async function report(pull: Pull, { plan, project, sentence }: Received, { commit }: Job): Promise<void> {
  const blocked = plan.notices.some(({ level }) => level === 'blocked');
  const at = commit ?? (await pull.state()).head;
  const name = statusName({ project, environment: plan.environment });
  await pull.report(at, name, blocked ? 'failure' : 'success', sentence);
}

function isRefusal(error: unknown): boolean {
  return error instanceof UserError && (error.code === 'secret-missing' || error.code === 'forge-refused');
}

/** Prints what became of the comment. */
export async function tellComment(io: Io, result: Result, { json }: ProjectOptions, place = ''): Promise<number> {
  const words: Record<Result, string> = {
    created: t`The comment is written.`,
    updated: t`The comment has the new text.`,
    unchanged: t`The comment has this text already; nothing was written.`,
    none: t`There is no comment of this project and environment to close.`,
    outdated: t`The pull request has a newer commit, or is closed: nothing is written for this one.`,
    'no-pull': t`No pull request has brought this commit, so there is no comment.`,
    refused: t`This job is of a fork, which may not write a comment. Its text is in ${place}.`,
  };
  await (json
    ? io.out(`${JSON.stringify({ format: 1, type: 'comment', result, ...(place !== '' && { text: place }) })}\n`)
    : say(io, words[result]));
  return exit.fine;
}
