import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { compile } from '../../engine/compile/compile.ts';
import { heldFiles, refuseUnreadableFiles } from '../../engine/data/intake/unreadable.ts';
import { type Applied, applyPlan } from '../../engine/plan/apply-plan.ts';
import { ofAnother, readDocumentOf, readPlan, usedAlready } from '../../engine/plan/check-plan.ts';
import { forbiddenYet } from '../../engine/plan/permission.ts';
import type { Plan } from '../../engine/plan/plan.ts';
import { armoured } from '../../engine/plan/signature.ts';
import { UserError } from '../../engine/user-error.ts';
import { loadProject } from '../../spec/load.ts';
import type { Model } from '../../spec/model/model.ts';
import { t } from '../../spec/words/t.ts';
import { type ActorOptions, actorOf } from '../actor.ts';
import { confirm, hasNobodyToAsk } from '../confirm.ts';
import { planProject } from '../create-plan.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { environmentOf, type Loaded, load, type ProjectOptions } from '../load.ts';
import { approvalsBeside, noteUse, readBeside, readPlanText, refusalError, usedAs } from '../plan-file.ts';
import { findRoot, readProject } from '../project.ts';
import { remark, say } from '../say.ts';
import { storeExists, storePath, withStore } from '../store.ts';
import { renderPlan } from '../views/plan.ts';

export interface ApplyOptions extends ProjectOptions, ActorOptions {
  autoApprove?: boolean;
  allowBadData?: boolean;
  allow?: string[];
  /** Addresses of what alone is applied. */
  target?: string[];
}

/** Executes a plan file; without one, plans, shows the plan, asks for approval and executes it. */
export async function apply(io: Io, file: string | undefined, options: ApplyOptions, ask = confirm): Promise<number> {
  if (file === undefined) return applyProject(io, options, ask);
  if (options.target && options.target.length > 0)
    throw new UserError(
      'wrong-call',
      t`--target is of no use here: a plan file is applied as it is, or not.`,
      t`Leave it out, or make a plan with it: \`crm plan --target campaign.welcome --out plan.json\`.`,
    );
  return tell(io, await carryOut(io, await readPrepared(io, file, options), options), options);
}

/** A plan, the Model of its document, the folder of its project and the path of its store. */
export interface Prepared {
  root: string;
  path: string;
  plan: Plan;
  model: Model;
  /** The file of the plan, and the approvals beside it. */
  file?: string;
  signatures?: string[];
  /** The deployment as which the file says that it was applied. */
  used?: number;
}

/** Reads a plan file of the project at hand. Throws UserError for one that cannot be applied to it, whatever its store has. */
export async function readPrepared(io: Io, file: string, options: ApplyOptions): Promise<Prepared> {
  const root = await findRoot(io.cwd, options.project);
  const path = await storePath(io, root, options);
  const at = resolve(io.cwd, file);
  const read = readPlan(await readPlanText(at));
  if ('reason' in read) throw refusalError(read);
  const used = await usedAs(at, read.planHash);
  // A store that is not there has no audit log for the refusal.
  if (used !== undefined && !(await storeExists(path))) throw refusalError(usedAlready(used));
  const environment = environmentOf(io, options);
  const { model } = loadProject(await readProject(root), environment);
  if (!model)
    throw new UserError(
      'project-invalid',
      t`The project has errors, so nobody can tell whether the plan is of it.`,
      t`Run \`crm validate\`.`,
    );
  const planned = readDocumentOf(read);
  if ('reason' in planned) throw refusalError(planned);
  const foreign = ofAnother(read, planned, { project: model.project.name, environment });
  if (foreign) throw refusalError(foreign);
  if (!options.allowBadData)
    await refuseUnreadableFiles(compile(planned), root, io.now(), await findHeldFiles(io, path));
  const signatures = armoured(await readBeside(approvalsBeside(at)));
  return { root, path, plan: read, model: planned, file: at, signatures, ...(used !== undefined && { used }) };
}

/** Returns the files that have held rows before. */
async function findHeldFiles(io: Io, path: string): Promise<Set<string>> {
  return (await storeExists(path)) ? withStore(io, path, { who: 'crm apply' }, heldFiles) : new Set();
}

async function applyProject(io: Io, options: ApplyOptions, ask: typeof confirm): Promise<number> {
  refuseWithoutTerminal(io, options);
  const project = await load(io, options);
  const path = await storePath(io, project.root, options);
  const { allowBadData, target: targets } = options;
  const plan = await planProject(io, project, path, { who: 'crm apply', allowBadData, targets });
  const model = plan.part ? readDocumentOf(plan) : project.model;
  if ('reason' in model) throw refusalError(model);
  return showAndExecute(io, path, plan, { ...project, model }, options, ask);
}

/** Throws UserError if the command would have to ask and cannot. `planning`: the command that writes such a plan to a file. */
export function refuseWithoutTerminal(io: Io, options: ApplyOptions, planning = 'crm plan --out plan.json'): void {
  if (hasNobodyToAsk(io, options))
    throw new UserError(
      'nobody-to-ask',
      t`There is nobody to ask whether to apply.`,
      t`Apply a plan file (\`${planning}\`, then \`crm apply plan.json\`), or add --auto-approve.`,
    );
}

/** Shows a plan, asks for approval and executes the plan. */
export async function showAndExecute(
  io: Io,
  path: string,
  plan: Plan,
  project: Loaded,
  options: ApplyOptions,
  ask: typeof confirm,
): Promise<number> {
  if (!options.json) await io.out(`${renderPlan(plan, project, io.view)}\n`);
  const refused = forbiddenYet(plan, options.allow ?? []);
  if (refused) throw refusalError(refused);
  const asks = !options.autoApprove && plan.changes.length > 0;
  if (asks && !(await ask(t`Apply this plan?`))) {
    await say(io, t`Nothing was applied.`);
    return exit.error;
  }
  const { root, model } = project;
  return tell(io, await carryOut(io, { root, path, plan, model }, options), options);
}

type Done = Exclude<Applied, { status: 'refused' }>;

/** Executes a plan. The store may have changed since the plan was made. Throws UserError for a plan that is refused. */
export async function carryOut(io: Io, prepared: Prepared, options: ApplyOptions): Promise<Done> {
  const { root, path, plan, model, file, signatures = [], used } = prepared;
  const context = {
    at: io.now(),
    lineage: randomUUID(),
    who: await actorOf(io, root, options),
    model,
    allow: options.allow ?? [],
    signatures,
    ...(used !== undefined && { used }),
  };
  const applied = await withStore(io, path, { who: 'crm apply' }, (db) => applyPlan(db, plan, context));
  if (applied.status === 'refused') throw refusalError(applied.refusal);
  remarkIdle(io, plan, options);
  if (applied.status === 'applied' && file !== undefined)
    await noteUse(io, file, { planHash: plan.planHash, deployment: applied.serial });
  return applied;
}

/** Says which words of `--allow` had nothing to let pass. The hours and the audience are those of the apply, so the plan does not know. */
function remarkIdle(io: Io, { allow }: Plan, options: ApplyOptions): void {
  const known = [...allow, 'no_apply', 'max_audience_growth'];
  const idle = (options.allow ?? []).filter((word) => !known.includes(word));
  if (idle.length > 0)
    remark(io, t`--allow ${idle.join(', ')} was not needed: the plan has nothing that it lets pass.`);
}

/** Prints what an apply has done. */
export async function tell(io: Io, done: Done, { json }: ApplyOptions): Promise<number> {
  await (json ? io.out(`${JSON.stringify({ format: 1, type: 'applied', ...done })}\n`) : say(io, appliedWords(done)));
  return exit.fine;
}

function appliedWords(done: Done): string {
  const serial = String(done.serial);
  if (done.status === 'nothing') return unchangedWords(done);
  return done.madeAgainst === undefined
    ? t`Applied as deployment ${serial}. \`crm run\` executes it; one that is running takes it up within a second.`
    : t`Applied as deployment ${serial}. The plan was made against deployment ${String(done.madeAgainst)}; what others have applied since stays.`;
}

/** Returns the words for an apply that changed nothing of what runs. */
export function unchangedWords({ serial, documented }: Extract<Done, { status: 'nothing' }>): string {
  return documented
    ? t`What runs stays as it is, deployment ${String(serial)}. The files say more or something else beside it, and that is kept now.`
    : t`Nothing to do: deployment ${String(serial)} is what the plan wants.`;
}
