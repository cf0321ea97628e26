import { join, relative, resolve } from 'node:path';
import { writePlan } from '../../engine/plan/check-plan.ts';
import type { Plan } from '../../engine/plan/plan.ts';
import { UserError } from '../../engine/user-error.ts';
import { t } from '../../spec/words/t.ts';
import { readBase } from '../base.ts';
import { annotated } from '../commands/plan.ts';
import { planProject } from '../create-plan.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { type Loaded, load, type ProjectOptions } from '../load.ts';
import { writePrivate } from '../private-file.ts';
import { remark } from '../say.ts';
import { storePath } from '../store.ts';
import { renderPlan } from '../views/plan.ts';
import { planPage } from '../views/plan-html.ts';
import { planJson } from '../views/plan-json.ts';
import { renderMarkdown } from '../views/plan-markdown.ts';
import { asVariables, outputsOf, writeOutputs, writeSummary } from './report.ts';
import { forgeOf, targetOf } from './surroundings.ts';

export interface CiPlanOptions extends ProjectOptions {
  base?: string;
  live?: boolean;
  out?: string;
  budget?: number;
  annotate?: boolean;
  sample?: number;
  allowBadData?: boolean;
  detailedExitcode?: boolean;
}

/** The folder of a plan's files. */
export const FOLDER = 'plan';

/**
 * Plans what a pull request changes, and leaves the plan where the next steps and the reviewers find it: as files, in the job's summary, and
 * as outputs.
 */
export async function ciPlan(io: Io, options: CiPlanOptions): Promise<number> {
  const project = await load(io, options);
  const against = options.live ? undefined : await readBase(io, project, await baseOf(io, project, options));
  const plan = await planProject(io, project, against ? undefined : await storePath(io, project.root, options), {
    who: 'crm ci plan',
    allowBadData: options.allowBadData,
    sample: options.sample,
    against,
  });
  const folder = resolve(io.cwd, options.out ?? FOLDER);
  const outputs = outputsOf(plan);
  const markdown = (budget?: number) => renderMarkdown(plan, project, budget);
  await writePrivate(join(folder, 'plan.json'), writePlan(plan));
  await writePrivate(join(folder, 'plan.md'), markdown(options.budget));
  await writePrivate(join(folder, 'plan.html'), planPage(plan, project.model));
  if (forgeOf(io.env) === 'gitlab') await writePrivate(join(folder, 'plan.env'), asVariables(outputs));
  await writeSummary(io, markdown);
  await writeOutputs(io, outputs);
  await io.out(options.json ? `${JSON.stringify(planJson(plan))}\n` : renderPlan(plan, project, io.view));
  if (options.annotate) await annotate(io, plan, project, folder);
  remark(
    io,
    t`The plan is in ${relative(io.cwd, join(folder, 'plan.json'))}; beside it, ${'plan.html'} is its page, and ${'plan.md'} the text of the comment.`,
  );
  return options.detailedExitcode && plan.changes.length > 0 ? exit.changes : exit.fine;
}

/** Says beside the lines of the files what the plan does to them: to GitHub's runner, or in a report for GitLab. */
async function annotate(io: Io, plan: Plan, project: Loaded, folder: string): Promise<void> {
  const forge = forgeOf(io.env);
  if (forge === 'github') await io.out(await annotated(io, plan, project, forge));
  else if (forge === 'gitlab')
    await writePrivate(join(folder, 'annotations.json'), await annotated(io, plan, project, forge));
  else
    remark(
      io,
      t`Nothing was annotated: this is no job of GitHub or GitLab. \`crm plan --base main --format github\` prints the annotations anywhere.`,
    );
}

async function baseOf(io: Io, { root }: Loaded, { base }: CiPlanOptions): Promise<string> {
  const found = base ?? (await targetOf(root, io.env));
  if (found !== undefined) return found;
  throw new UserError(
    'wrong-call',
    t`There is nothing to compare with: this job is of no pull request.`,
    t`Name a commit: \`crm ci plan --base main\`; or compare with what is applied: \`crm ci plan --live\`.`,
  );
}
