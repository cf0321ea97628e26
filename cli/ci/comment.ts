import { dirname, join, relative, resolve } from 'node:path';
import { t } from '../../spec/words/t.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import type { ProjectOptions } from '../load.ts';
import { writePrivate } from '../private-file.ts';
import { say } from '../say.ts';
import { COMMENT } from '../views/plan-markdown.ts';
import { type Closed, marked, markOf, statusName } from './comment-text.ts';
import type { Pull } from './forge.ts';
import { sayAtHead } from './head.ts';
import { hasMovedOn, isRefusal, type Job, jobOf } from './job.ts';
import { FOLDER } from './plan.ts';
import { type Received, receive } from './received.ts';
import { type Outcome, stick } from './sticky.ts';

export interface CiCommentOptions extends ProjectOptions {
  pull?: number;
  closed?: Closed;
  failed?: boolean;
  status?: boolean;
  budget?: number;
}

/** The outcome for the comment; `outdated`: the pull request has moved on; `refused`: a fork may not write; `no-pull`: there is none. */
export type Result = Outcome | 'outdated' | 'refused' | 'no-pull';

/** Shows a plan under its pull request, in the one comment of the project and environment; or changes the head of that comment. */
export async function ciComment(io: Io, file: string | undefined, options: CiCommentOptions): Promise<number> {
  const { closed, failed } = options;
  const job = await jobOf(io, { number: options.pull, merged: closed && true });
  const head = failed ? 'failed' : closed;
  if (head) return tellComment(io, await sayAtHead(io, job, head, options), options);
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

async function report(pull: Pull, { plan, project, sentence }: Received, { commit }: Job): Promise<void> {
  const blocked = plan.notices.some(({ level }) => level === 'blocked');
  const at = commit ?? (await pull.state()).head;
  const name = statusName({ project, environment: plan.environment });
  await pull.report(at, name, blocked ? 'failure' : 'success', sentence);
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
    refused:
      place === ''
        ? t`This job is of a fork, which may not write a comment.`
        : t`This job is of a fork, which may not write a comment. Its text is in ${place}.`,
  };
  await (json
    ? io.out(`${JSON.stringify({ format: 1, type: 'comment', result, ...(place !== '' && { text: place }) })}\n`)
    : say(io, words[result]));
  return exit.fine;
}
