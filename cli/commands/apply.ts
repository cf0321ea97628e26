import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { compile } from '../../engine/compile/compile.ts';
import { heldFiles, refuseUnreadableFiles } from '../../engine/data/intake/unreadable.ts';
import { type Applied, applyPlan } from '../../engine/plan/apply-plan.ts';
import { breaking, ofAnother, type Refusal, readDocumentOf, readPlan } from '../../engine/plan/check-plan.ts';
import type { Plan } from '../../engine/plan/plan.ts';
import { UserError } from '../../engine/user-error.ts';
import { loadProject } from '../../spec/load.ts';
import type { Model } from '../../spec/model/model.ts';
import { t } from '../../spec/words/t.ts';
import { type ActorOptions, actorOf } from '../actor.ts';
import { confirm } from '../confirm.ts';
import { planProject } from '../create-plan.ts';
import { exit } from '../exit.ts';
import type { Io } from '../io.ts';
import { environmentOf, type Loaded, load, type ProjectOptions } from '../load.ts';
import { findRoot, readProject } from '../project.ts';
import { say } from '../say.ts';
import { storeExists, storePath, withStore } from '../store.ts';
import { renderPlan } from '../views/plan.ts';

export interface ApplyOptions extends ProjectOptions, ActorOptions {
  autoApprove?: boolean;
  allowBadData?: boolean;
  allow?: string[];
}

/** Executes a plan file; without one, plans, shows the plan, asks for approval and executes it. */
export async function apply(io: Io, file: string | undefined, options: ApplyOptions, ask = confirm): Promise<number> {
  return file === undefined ? applyProject(io, options, ask) : applyFile(io, file, options);
}

async function applyFile(io: Io, file: string, options: ApplyOptions): Promise<number> {
  const root = await findRoot(io.cwd, options.project);
  const path = await storePath(io, root, options);
  const read = readPlan(await readText(resolve(io.cwd, file)));
  if ('reason' in read) throw refusalError(read);
  const { model } = loadProject(await readProject(root), environmentOf(io, options));
  if (!model)
    throw new UserError(
      'project-invalid',
      t`The project has errors, so nobody can tell whether the plan is of it.`,
      t`Run \`crm validate\`.`,
    );
  const planned = readDocumentOf(read);
  if ('reason' in planned) throw refusalError(planned);
  const foreign = ofAnother(planned, model.project.name);
  if (foreign) throw refusalError(foreign);
  if (!options.allowBadData)
    await refuseUnreadableFiles(compile(planned), root, io.now(), await findHeldFiles(io, path));
  return execute(io, root, path, { plan: read, model: planned }, options);
}

/** Returns the files that have held rows before. */
async function findHeldFiles(io: Io, path: string): Promise<Set<string>> {
  return (await storeExists(path)) ? withStore(io, path, { who: 'crm apply' }, heldFiles) : new Set();
}

async function applyProject(io: Io, options: ApplyOptions, ask: typeof confirm): Promise<number> {
  refuseWithoutTerminal(io, options);
  const project = await load(io, options);
  const path = await storePath(io, project.root, options);
  const plan = await planProject(io, project, path, { who: 'crm apply', allowBadData: options.allowBadData });
  return showAndExecute(io, path, plan, project, options, ask);
}

/** Throws UserError if the command would have to ask and cannot. */
export function refuseWithoutTerminal(io: Io, options: ApplyOptions): void {
  const mayAsk = io.terminal.stdin && io.terminal.stdout && !options.json;
  if (!options.autoApprove && !mayAsk)
    throw new UserError(
      'nobody-to-ask',
      t`There is nobody to ask whether to apply.`,
      t`Apply a plan file (\`crm plan --out plan.json\`, then \`crm apply plan.json\`), or add --auto-approve.`,
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
  const refused = breaking(plan, options.allow ?? []);
  if (refused) throw refusalError(refused);
  const asks = !options.autoApprove && plan.changes.length > 0;
  if (asks && !(await ask(t`Apply this plan?`))) {
    await say(io, t`Nothing was applied.`);
    return exit.error;
  }
  return execute(io, project.root, path, { plan, model: project.model }, options);
}

/** Executes a plan. The store may have changed since the plan was made: `applyPlan` refuses a stale plan. */
async function execute(
  io: Io,
  root: string,
  path: string,
  { plan, model }: { plan: Plan; model: Model },
  options: ApplyOptions,
): Promise<number> {
  const context = {
    at: io.now(),
    lineage: randomUUID(),
    who: await actorOf(io, root, options),
    model,
    allow: options.allow ?? [],
  };
  const applied = await withStore(io, path, { who: 'crm apply' }, (db) => applyPlan(db, plan, context));
  if (applied.status === 'refused') throw refusalError(applied.refusal);
  await (options.json
    ? io.out(`${JSON.stringify({ format: 1, type: 'applied', ...applied })}\n`)
    : say(io, appliedWords(applied)));
  return exit.fine;
}

function appliedWords({ status, serial }: Exclude<Applied, { status: 'refused' }>): string {
  return status === 'applied'
    ? t`Applied as deployment ${String(serial)}. \`crm run\` executes it; one that is running takes it up within a second.`
    : t`Nothing to do: deployment ${String(serial)} is what the plan wants.`;
}

function refusalError({ reason, message, help }: Refusal): UserError {
  return new UserError(`plan-${reason}`, message, help);
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw new UserError(
      'plan-unreadable',
      t`The plan ${path} cannot be read (${code}).`,
      t`Make one by \`crm plan --out plan.json\`.`,
    );
  }
}
