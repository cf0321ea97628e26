import { resolve } from 'node:path';
import type { Plan } from '../../engine/plan/plan.ts';
import { UserError } from '../../engine/user-error.ts';
import { placeOfField } from '../../spec/field-place.ts';
import { t } from '../../spec/words/t.ts';
import { readBase } from '../base.ts';
import { refuseBudget } from '../budget.ts';
import { planProject } from '../create-plan.ts';
import { recipientsFile } from '../customers-file.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { type Loaded, load, type ProjectOptions } from '../load.ts';
import { say } from '../say.ts';
import { storePath } from '../store.ts';
import { renderPlan } from '../views/plan.ts';
import { planJson } from '../views/plan-json.ts';
import { annotate, repositoryOf } from '../views/report.ts';
import { writtenWords } from '../views/way-past.ts';
import { writePlanFile } from '../write-plan.ts';

export interface PlanOptions extends ProjectOptions {
  out?: string;
  detailedExitcode?: boolean;
  allowBadData?: boolean;
  sample?: number;
  base?: string;
  /** Addresses of what alone is planned. */
  target?: string[];
  format?: 'text' | 'json' | 'markdown' | 'html' | 'github' | 'gitlab';
  budget?: number;
  /** The CSV file that lists who would get what. */
  customers?: string;
}

/** Shows what an apply would change. Creates no store. */
export async function plan(io: Io, options: PlanOptions): Promise<number> {
  const project = await load(io, options);
  const { base, out, format, customers } = options;
  refuseBudget(options);
  if (base !== undefined && out !== undefined)
    throw new UserError(
      'wrong-call',
      t`--out writes a plan for \`crm apply\`, and a plan with --base is of no store, so it cannot be applied.`,
      t`Leave out one of them; \`--json\` prints the plan for other programs.`,
    );
  if (customers !== undefined && options.sample !== undefined)
    throw new UserError(
      'wrong-call',
      t`--customers names everybody who would get a message, and with --sample only some are simulated.`,
      t`Leave out one of them.`,
    );
  const recipients = customers === undefined ? undefined : recipientsFile();
  const against = base === undefined ? undefined : await readBase(io, project, base);
  const path = against ? undefined : await storePath(io, project.root, options);
  const made = await planProject(io, project, path, {
    who: 'crm plan',
    allowBadData: options.allowBadData,
    sample: options.sample,
    targets: options.target,
    against,
    ...(recipients && { onRecipients: (page) => recipients.add(page) }),
  });
  if (customers !== undefined) await recipients?.write(io, customers);
  if (options.out !== undefined) await writePlanFile(resolve(io.cwd, options.out), made);
  await io.out(await rendered(io, made, project, options));
  if (options.out !== undefined && (format ?? 'text') === 'text' && !options.json)
    await say(io, `\n${writtenWords(made, options.out)}`);
  return options.detailedExitcode && made.changes.length > 0 ? exit.changes : exit.fine;
}

async function rendered(io: Io, made: Plan, project: Loaded, { json, format, budget }: PlanOptions): Promise<string> {
  if (json || format === 'json') return `${JSON.stringify(planJson(made))}\n`;
  if (format === 'html') return (await import('../views/plan-html.ts')).planPage(made, project.model);
  if (format === 'github' || format === 'gitlab') return annotated(io, made, project, format);
  if (format !== 'markdown') return renderPlan(made, project, io.view);
  const { renderMarkdown } = await import('../views/plan-markdown.ts');
  return renderMarkdown(made, project, budget);
}

/** Returns what a plan says beside lines of the files: commands for GitHub's runner, or GitLab's report of code quality. */
export async function annotated(
  io: Io,
  made: Plan,
  { model, root, files, ...written }: Loaded,
  format: 'github' | 'gitlab',
): Promise<string> {
  const { mostAnnotations, planAnnotations } = await import('../views/plan-annotations.ts');
  const annotations = planAnnotations(made, model.project, (address, path) => placeOfField(written, address, path));
  return annotate(format, format === 'github' ? mostAnnotations(annotations) : annotations, {
    files,
    root,
    base: repositoryOf(io),
  });
}
