import { join, resolve } from 'node:path';
import type { Plan } from '../../engine/plan/plan.ts';
import { UserError } from '../../engine/user-error.ts';
import { t } from '../../spec/words/t.ts';
import { type ApplyOptions, carryOut, type Prepared, readPrepared, tell, unchangedWords } from '../commands/apply.ts';
import { planProject } from '../create-plan.ts';
import type { Io } from '../io.ts';
import { load } from '../load.ts';
import { remark } from '../say.ts';
import { storePath } from '../store.ts';
import { clockFormat } from '../views/format.ts';
import { line } from '../views/markdown.ts';
import { COMMENT } from '../views/plan-markdown.ts';
import { headed, marked, markOf } from './comment-text.ts';
import { jobOf } from './job.ts';
import { FOLDER } from './plan.ts';
import { type Received, receive } from './received.ts';
import { writeOutputs, writeSummary } from './report.ts';
import { refuseUnreviewed } from './reviewed.ts';
import { stick } from './sticky.ts';
import { forgeOf } from './surroundings.ts';

export interface CiApplyOptions extends ApplyOptions {
  reviewed?: string;
  pull?: number;
}

/**
 * Applies a reviewed plan, at most once, and says in the job's summary and in the comment under the pull request what came of it. Nothing of
 * an apply is tried again; a comment that cannot be written does not make it fail.
 */
export async function ciApply(io: Io, file: string | undefined, options: CiApplyOptions): Promise<number> {
  const { env } = io;
  const as = options.as ?? (env.CRM_ACTOR || env.GITHUB_ACTOR || env.GITLAB_USER_LOGIN);
  const path = resolve(io.cwd, file ?? join(FOLDER, 'plan.json'));
  const received = await receive(path);
  refuseOther(received.plan, options.reviewed);
  const clock = clockFormat(received.timezone);
  try {
    const prepared = await prepare(io, path, received.plan, options);
    const done = await carryOut(io, prepared, { ...options, ...(as && { as }) });
    const serial = String(done.serial);
    await writeOutputs(io, { applied: String(done.status === 'applied'), deployment: serial });
    const words =
      done.status === 'applied' ? t`Applied as deployment ${serial} at ${clock(io.now())}.` : unchangedWords(done);
    await publish(io, received, words, options);
    return await tell(io, done, options);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    await writeOutputs(io, { applied: 'false' });
    await publish(io, received, t`Not applied: ${error.message}`, options);
    throw error;
  }
}

/** Refuses another plan than the one whose hash was reviewed. */
function refuseOther({ planHash }: Plan, reviewed: string | undefined): void {
  if (reviewed === undefined || reviewed === planHash) return;
  throw new UserError(
    'plan-unreviewed',
    t`The plan has the hash ${planHash}, and the reviewed one has ${reviewed}.`,
    t`Apply the file of the reviewed plan.`,
  );
}

/** Returns the plan itself if it is of what is applied; else a new one, which must not go beyond the reviewed one. */
async function prepare(io: Io, file: string, reviewed: Plan, options: CiApplyOptions): Promise<Prepared> {
  if (!reviewed.against) {
    const prepared = await readPrepared(io, file, options);
    refuseOther(prepared.plan, reviewed.planHash);
    return prepared;
  }
  const project = await load(io, options);
  const path = await storePath(io, project.root, options);
  const plan = await planProject(io, project, path, { who: 'crm ci apply', allowBadData: options.allowBadData });
  refuseUnreviewed(reviewed, plan);
  return { root: project.root, path, plan, model: project.model };
}

/** Writes what came of an apply where reviewers look. */
async function publish(io: Io, received: Received, words: string, options: CiApplyOptions): Promise<void> {
  const said = line(words);
  await writeSummary(io, () => `**${said}**\n`);
  if (forgeOf(io.env) === undefined) return;
  const { plan, project } = received;
  const mark = markOf({ project, environment: plan.environment });
  try {
    const job = await jobOf(io, { number: options.pull, merged: true });
    const pull = await job.open();
    if (!pull) return;
    await stick(
      pull,
      mark,
      (most, earlier) => headed(earlier ?? marked(received.text(COMMENT), mark), 'applied', said, mark, most),
      COMMENT + 1000,
    );
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    remark(io, t`The comment does not say so: ${error.message}`);
  }
}
